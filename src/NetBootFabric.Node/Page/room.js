// The room as a picture: thousands of cells would be too much for as many elements. What the picture shows is also told: the cell under the keyboard's mark is an option of a list box.

import { byId, el, say } from "./dom.js";
import { count, plural } from "./format.js";
import { FAILED, STATES, STEP_NAMES, UNSEEN, colours, drawMark } from "./phases.js";
import { cellAt, layOut, nearestBeyond } from "./layout.js";

const FAINT = .13, PAGE = 10;

export class RoomView {
  constructor(room, open) {
    this.room = room;
    this.open = open;
    this.box = byId("grid");
    this.canvas = byId("cells");
    this.context = this.canvas.getContext("2d");
    this.cursor = el("div", { class: "cursor", "aria-hidden": "true", hidden: true });
    this.box.append(this.cursor);
    this.at = null;
    this.restyle();
    new ResizeObserver(() => this.#resized()).observe(this.box);
    this.box.addEventListener("keydown", event => this.#key(event));
    this.box.addEventListener("focus", () => this.#moveTo(this.at ?? this.#first()));
    this.box.addEventListener("blur", () => this.cursor.hidden = true);
    this.canvas.addEventListener("pointermove", event => this.#hover(this.#under(event), event));
    this.canvas.addEventListener("pointerleave", () => this.#hover(null));
    this.canvas.addEventListener("click", event => this.#click(this.#under(event)));
  }

  restyle() {
    this.palette = colours();
    this.font = getComputedStyle(document.body).fontFamily;
    this.sprites = new Map();
    if (this.layout) this.draw();
  }

  // All cells anew: some came or went, the width changed.
  arrange() {
    const width = this.box.clientWidth;
    if (width === 0) return;
    this.width = width;
    // As high as what is left of the window, so that all is seen at a glance, if it can be.
    const top = this.box.getBoundingClientRect().top + scrollY, height = Math.max(240, innerHeight - top - 40);
    this.layout = layOut(this.room.blocks, width, height);
    this.sprites = new Map();
    this.ratio = Math.max(1, devicePixelRatio);
    this.canvas.width = Math.round(width * this.ratio);
    this.canvas.height = Math.round(Math.max(1, this.layout.height) * this.ratio);
    this.canvas.style.height = `${Math.max(1, this.layout.height)}px`;
    if (this.at) this.at = this.room.cells.get(this.at.mac) ?? null;
    this.draw();
    this.#moveCursor();
  }

  draw() {
    if (!this.layout) return;
    const { context } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.#drawHeaders(true);
    for (const cell of this.room.order) this.#drawCell(cell);
  }

  redraw(cells) {
    if (!this.layout) return;
    for (const cell of cells) this.#drawCell(cell);
    this.#drawHeaders(false);
    if (this.at) this.#tell();
  }

  // Text is dear: only where the number of failures is another one.
  #drawHeaders(all) {
    if (!this.layout.header) return;
    const { context, palette, font } = this;
    context.globalAlpha = 1;
    context.textBaseline = "alphabetic";
    for (const { block, x, y, width } of this.layout.blocks) {
      let failed = 0;
      for (const cell of block.cells) if (cell.state === FAILED) failed++;
      if (!all && failed === block.failed) continue;
      block.failed = failed;
      context.clearRect(x, y, width + 8, this.layout.header - 1);
      context.font = `11px ${font}`;
      context.fillStyle = failed ? palette.ink : palette.quiet;
      const note = failed ? ` ×${failed}` : "", room = width - (note ? context.measureText(note).width : 0);
      const name = fit(context, block.name, room);
      context.fillText(name, x, y + 11);
      if (!note) continue;
      const after = x + context.measureText(name).width;
      context.fillStyle = palette.states[FAILED];
      context.font = `600 11px ${font}`;
      context.fillText(note, after, y + 11);
    }
  }

  #drawCell(cell) {
    const { context, layout } = this;
    context.clearRect(cell.x, cell.y, layout.width, layout.cellHeight);
    context.globalAlpha = cell.shown ? 1 : FAINT;
    if (layout.labels) this.#drawLabel(cell);
    else context.drawImage(this.#sprite(cell.state), cell.x, cell.y, layout.width, layout.cellHeight);
    context.globalAlpha = 1;
  }

  #sprite(state) {
    let sprite = this.sprites.get(state);
    if (sprite) return sprite;
    const { width, cellHeight } = this.layout;
    sprite = document.createElement("canvas");
    sprite.width = Math.round(width * this.ratio);
    sprite.height = Math.round(cellHeight * this.ratio);
    const context = sprite.getContext("2d");
    context.scale(sprite.width / width, sprite.height / cellHeight);
    drawMark(context, state, width, cellHeight, this.palette);
    this.sprites.set(state, sprite);
    return sprite;
  }

  #drawLabel(cell) {
    const { context, layout, palette } = this, { x, y } = cell, high = layout.cellHeight;
    context.save();
    context.translate(x, y);
    context.fillStyle = palette.track;
    context.fillRect(0, 0, layout.width, high);
    context.save();
    context.translate(3, 3);
    drawMark(context, cell.state, high - 6, high - 6, palette);
    context.restore();
    context.fillStyle = cell.state === UNSEEN ? palette.quiet : palette.ink;
    context.font = `12px ${this.font}`;
    context.textBaseline = "middle";
    context.fillText(fit(context, cell.name, layout.width - high - 5), high + 1, high / 2 + .5);
    if (cell.state === FAILED) {
      context.strokeStyle = palette.states[FAILED];
      context.strokeRect(.5, .5, layout.width - 1, high - 1);
    }
    context.restore();
  }

  #resized() {
    if (this.box.clientWidth !== this.width) this.arrange();
  }

  #under(event) {
    const box = this.canvas.getBoundingClientRect();
    return this.layout ? cellAt(this.layout, event.clientX - box.left, event.clientY - box.top) : null;
  }

  #hover(cell) {
    const tip = byId("tip");
    tip.hidden = !cell;
    if (!cell) return;
    say(tip, `${cell.name}${cell.name.toLowerCase() === cell.mac ? "" : `\n${cell.mac}`}\n${describe(cell)}${place(cell)}`);
    const left = Math.min(cell.x + this.layout.width + 8, this.width - tip.offsetWidth - 4);
    const top = cell.y + this.layout.cellHeight + 8;
    tip.style.transform = `translate(${Math.max(0, left)}px, ${top}px)`;
  }

  #click(cell) {
    if (!cell) return;
    this.#moveTo(cell);
    this.open(cell.mac);
  }

  #first() {
    return this.room.order.find(cell => cell.shown) ?? null;
  }

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = this.#target(event.key);
    if (next === undefined) return;
    event.preventDefault();
    if (event.key === "Enter" || event.key === " ") {
      if (this.at) this.open(this.at.mac);
    } else if (next) {
      this.#moveTo(next);
    }
  }

  // Undefined: not a key of ours. Cells that the filter leaves out are passed over.
  #target(key) {
    const { order } = this.room, from = this.at?.place ?? -1;
    switch (key) {
      case "ArrowRight": return order.slice(from + 1).find(cell => cell.shown) ?? null;
      case "ArrowLeft": return order.slice(0, Math.max(0, from)).findLast(cell => cell.shown) ?? null;
      case "ArrowDown": return this.at && nearestBeyond(order, this.at, true);
      case "ArrowUp": return this.at && nearestBeyond(order, this.at, false);
      case "PageDown": return order.slice(from + 1).filter(cell => cell.shown)[PAGE - 1] ?? order.findLast(cell => cell.shown);
      case "PageUp": return order.slice(0, Math.max(0, from)).filter(cell => cell.shown).at(-PAGE) ?? this.#first();
      case "Home": return this.#first();
      case "End": return order.findLast(cell => cell.shown);
      case "Enter": case " ": return null;
      default: return undefined;
    }
  }

  #moveTo(cell) {
    this.at = cell;
    this.#tell();
    this.#moveCursor();
  }

  #moveCursor() {
    const focused = document.activeElement === this.box;
    this.cursor.hidden = !this.at || !focused;
    if (!this.at) return;
    const { x, y } = this.at, { width, cellHeight } = this.layout;
    this.cursor.style.transform = `translate(${x - 3}px, ${y - 3}px)`;
    this.cursor.style.width = `${width + 6}px`;
    this.cursor.style.height = `${cellHeight + 6}px`;
    if (focused) this.cursor.scrollIntoView({ block: "nearest" });
  }

  #tell() {
    const now = byId("cell-now");
    if (!this.at) return say(now, "");
    now.setAttribute("aria-posinset", this.at.place + 1);
    now.setAttribute("aria-setsize", this.room.order.length);
    say(now, `${this.at.name}: ${describe(this.at)}${place(this.at).replaceAll("\n", ", ")}`);
  }
}

export function describe(cell) {
  const step = cell.step ? ` at ${STEP_NAMES[cell.step] ?? cell.step}` : "";
  return STATES[cell.state].name + step;
}

const place = cell => [cell.rack && `\nrack ${cell.rack}`, cell.group && `\ngroup ${cell.group}`].filter(Boolean).join("");

function fit(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  let low = 0, high = Math.min(text.length, 60);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? "" : `${text.slice(0, low)}…`;
}

// How many are shown of how many.
export function shownOf(room) {
  const all = room.cells.size;
  return room.isFiltered() ? `${count(room.shown)} of ${plural(all, "client")}` : plural(all, "client");
}

