// The same clients as a table: for who does not see the picture, and for copying.

import { byId, el, fill, table } from "./dom.js";
import { count, duration } from "./format.js";
import { STEP_NAMES, STATES, colours, markOf } from "./phases.js";

const PAGE = 100;

export class ClientTable {
  constructor(room, open) {
    this.room = room;
    this.open = open;
    this.box = byId("table");
    this.shows = PAGE;
  }

  get isOpen() {
    return !this.box.hidden;
  }

  draw() {
    if (!this.isOpen) return;
    const focused = this.box.contains(document.activeElement) ? document.activeElement.dataset.mac ?? "more" : null;
    const shown = this.room.order.filter(cell => cell.shown), palette = colours(), now = Date.now() / 1000;
    const columns = [{ title: "Name" }, { title: "MAC", class: "wide" }, { title: "Rack" }, { title: "Group", class: "wide" }, { title: "Phase" }, { title: "For", class: "number" }, { title: "Failed at" }];
    const rows = shown.slice(0, this.shows).map(cell => [
      el("button", { type: "button", class: "plain", "data-mac": cell.mac, onclick: () => this.open(cell.mac) }, cell.name),
      el("code", {}, cell.mac), cell.rack, cell.group, phase(cell.state, palette), cell.since ? duration(now - cell.since) : "–", cell.step ? STEP_NAMES[cell.step] : "",
    ]);
    fill(this.box, table(columns, rows), shown.length > this.shows && el("button", { type: "button", "data-mac": "more", onclick: () => this.#more() }, `Show more (${count(shown.length - this.shows)})`));
    if (focused) [...this.box.querySelectorAll("[data-mac]")].find(each => each.dataset.mac === focused)?.focus();
  }

  #more() {
    this.shows += PAGE * 5;
    this.draw();
  }
}

export function phase(state, palette) {
  return el("span", { class: "phase" }, markOf(state, palette, 12), STATES[state].name);
}
