// All clients of the room, what is shown of them, and in which order.

import { BOOTED, FAILED, STATES, isBooting, stateOf } from "./phases.js";

// n9 before n10: numbers are filled up once, so that ten thousand names are then compared as they are.
const keyOf = name => name.toLowerCase().replace(/\d+/g, digits => digits.padStart(12, "0"));
const byKey = (a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
const NOWHERE = { rack: "no rack", group: "no group", none: "" };

export class Room {
  constructor() {
    this.cells = new Map();
    this.by = "rack";
    this.filter = { text: "", state: null, step: null };
    this.blocks = [];
    this.order = [];
    this.arrange();
  }

  replace(cells) {
    this.cells = new Map(cells.map(cell => [cell[0], read(cell, {})]));
    this.arrange();
  }

  // Returns the cells that look different now, or null when some came, went or moved: then all is arranged anew.
  apply(delta) {
    const changed = [];
    let moved = false;
    for (const mac of delta.gone) moved = this.cells.delete(mac) || moved;
    for (const values of delta.cells) {
      const cell = this.cells.get(values[0]);
      if (!cell) {
        this.cells.set(values[0], read(values, {}));
        moved = true;
        continue;
      }
      moved = moved || cell.name !== values[1] || cell.group !== values[2] || cell.rack !== values[3];
      read(values, cell);
      cell.shown = this.#matches(cell);
      changed.push(cell);
    }
    if (moved) this.arrange();
    else this.#recount();
    return moved ? null : changed;
  }

  setFilter(filter) {
    Object.assign(this.filter, filter);
    for (const cell of this.order) cell.shown = this.#matches(cell);
    this.#recount();
  }

  isFiltered() {
    return this.filter.text !== "" || this.filter.state !== null || this.filter.step !== null;
  }

  arrange() {
    const blocks = new Map();
    for (const cell of this.cells.values()) {
      const name = this.by === "none" ? "" : cell[this.by] ?? NOWHERE[this.by];
      if (!blocks.has(name)) blocks.set(name, { name, key: keyOf(name), cells: [], failed: -1 });
      blocks.get(name).cells.push(cell);
      cell.shown = this.#matches(cell);
    }
    // Those without a place come last.
    this.blocks = [...blocks.values()].sort((a, b) => (a.name === NOWHERE[this.by]) - (b.name === NOWHERE[this.by]) || byKey(a, b));
    for (const block of this.blocks) block.cells.sort(byKey);
    this.order = this.blocks.flatMap(block => block.cells);
    this.order.forEach((cell, i) => cell.place = i);
    this.#recount();
  }

  hasSeveral(key) {
    const first = this.order[0]?.[key];
    return this.order.some(cell => cell[key] !== first);
  }

  #recount() {
    this.counts = new Array(STATES.length).fill(0);
    this.steps = {};
    this.shown = 0;
    for (const cell of this.cells.values()) {
      this.counts[cell.state]++;
      if (cell.step) this.steps[cell.step] = (this.steps[cell.step] ?? 0) + 1;
      if (cell.shown) this.shown++;
    }
    this.booting = this.counts.reduce((sum, number, state) => isBooting(state) ? sum + number : sum, 0);
    this.booted = this.counts[BOOTED];
    this.failed = this.counts[FAILED];
  }

  #matches(cell) {
    const { text, state, step } = this.filter;
    if (state !== null && cell.state !== state) return false;
    if (step !== null && cell.step !== step) return false;
    return text === "" || cell.sought.includes(text) || cell.state === FAILED && cell.step?.toLowerCase() === text;
  }
}

function read([mac, name, group, rack, phase, step, since, note], cell) {
  if (cell.name !== name || cell.group !== group || cell.rack !== rack) {
    cell.key = `${keyOf(name)} ${mac}`;
    cell.sought = `${name} ${mac} ${mac.replaceAll(":", "")} ${rack ?? ""} ${group ?? ""}`.toLowerCase();
  }
  cell.mac = mac;
  cell.name = name;
  cell.group = group;
  cell.rack = rack;
  cell.state = stateOf(phase, note);
  cell.step = step;
  cell.since = since;
  return cell;
}
