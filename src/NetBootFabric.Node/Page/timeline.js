// The storm's phases over time, stacked: who is up lies at the bottom, who failed on top with a hatching.

import { byId, fill, say, table } from "./dom.js";
import { clock, count } from "./format.js";
import { BOOTED, FAILED, STATES, colours } from "./phases.js";

const ORDER = [BOOTED, 7, 6, 5, 4, 3, 2, 1, 0, FAILED], LEFT = 50, BOTTOM = 18, TOP = 6, ROWS = 30;

export class Timeline {
  constructor() {
    this.canvas = byId("timeline");
    this.restyle();
    new ResizeObserver(() => this.draw()).observe(byId("line"));
    this.canvas.addEventListener("pointermove", event => this.#hover(event));
    this.canvas.addEventListener("pointerleave", () => byId("line-tip").hidden = true);
    byId("line-details").addEventListener("toggle", () => this.#drawTable());
  }

  restyle() {
    this.palette = colours();
    this.draw();
  }

  show(line) {
    this.line = line;
    byId("line").hidden = byId("line-details").hidden = !line;
    if (!line) return;
    this.draw();
    this.#drawTable();
  }

  draw() {
    if (!this.line) return;
    const { canvas, palette } = this, width = canvas.clientWidth, height = canvas.clientHeight;
    if (width === 0) return;
    const ratio = Math.max(1, devicePixelRatio), context = canvas.getContext("2d");
    [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    context.scale(ratio, ratio);
    const counts = this.line.counts, steps = counts[0].length, highest = Math.max(1, ...counts[0].map((_, step) => counts.reduce((sum, phase) => sum + phase[step], 0)));
    const x = step => LEFT + (width - LEFT - 4) * (steps === 1 ? 1 : step / (steps - 1)), y = value => height - BOTTOM - (height - BOTTOM - TOP) * value / highest;
    this.x = x;
    this.#grid(context, width, height, highest, y);
    const below = new Array(steps).fill(0);
    for (const phase of ORDER) {
      if (!counts[phase].some(value => value > 0)) continue;
      context.beginPath();
      context.moveTo(x(0), y(below[0]));
      for (let step = 0; step < steps; step++) context.lineTo(x(step), y(below[step] + counts[phase][step]));
      for (let step = steps - 1; step >= 0; step--) context.lineTo(x(step), y(below[step]));
      context.closePath();
      context.fillStyle = phase === FAILED ? hatching(context, palette) : palette.states[phase];
      context.fill();
      context.strokeStyle = palette.card;
      context.lineWidth = .5;
      context.stroke();
      for (let step = 0; step < steps; step++) below[step] += counts[phase][step];
    }
    this.#times(context, width, height, steps);
  }

  #grid(context, width, height, highest, y) {
    context.font = `11px ${getComputedStyle(document.body).fontFamily}`;
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const value of [0, highest / 2, highest]) {
      context.fillStyle = this.palette.edge;
      context.fillRect(LEFT, Math.round(y(value)), width - LEFT - 4, 1);
      context.fillStyle = this.palette.quiet;
      context.fillText(count(Math.round(value)), LEFT - 6, Math.min(height - BOTTOM, Math.max(TOP + 4, y(value))));
    }
  }

  #times(context, width, height, steps) {
    const from = Date.parse(this.line.from);
    context.textBaseline = "alphabetic";
    context.fillStyle = this.palette.quiet;
    context.textAlign = "left";
    context.fillText(clock(from), LEFT, height - 4);
    if (steps < 3) return;
    context.textAlign = "right";
    context.fillText(clock(from + (steps - 1) * this.line.stepSeconds * 1000), width - 4, height - 4);
  }

  #hover(event) {
    const tip = byId("line-tip");
    if (!this.line || !this.x) return;
    const box = this.canvas.getBoundingClientRect(), steps = this.line.counts[0].length, share = (event.clientX - box.left - LEFT) / (box.width - LEFT - 4);
    const step = Math.min(steps - 1, Math.max(0, Math.round(share * (steps - 1))));
    const lines = ORDER.toReversed().filter(phase => this.line.counts[phase][step] > 0).map(phase => `${STATES[phase].name}  ${count(this.line.counts[phase][step])}`);
    say(tip, [clock(Date.parse(this.line.from) + step * this.line.stepSeconds * 1000), ...lines].join("\n"));
    tip.hidden = false;
    tip.style.transform = `translate(${Math.max(0, Math.min(this.x(step) + 10, box.width - tip.offsetWidth - 4))}px, 8px)`;
  }

  // Not while it is closed: nobody reads it.
  #drawTable() {
    if (!this.line || !byId("line-details").open) return;
    const { counts, phases, from, stepSeconds } = this.line, steps = counts[0].length, every = Math.max(1, Math.ceil(steps / ROWS));
    const rows = [];
    for (let step = steps - 1; step >= 0; step -= every) rows.push([clock(Date.parse(from) + step * stepSeconds * 1000), ...counts.map(phase => count(phase[step]))]);
    fill(byId("line-table"), table([{ title: "At" }, ...phases.map(title => ({ title, class: "number" }))], rows));
  }
}

function hatching(context, palette) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 6;
  const drawn = tile.getContext("2d");
  drawn.fillStyle = palette.states[FAILED];
  drawn.fillRect(0, 0, 6, 6);
  drawn.strokeStyle = palette.card;
  drawn.globalAlpha = .55;
  drawn.beginPath();
  for (const start of [-6, 0, 6]) {
    drawn.moveTo(start, 6);
    drawn.lineTo(start + 6, 0);
  }
  drawn.stroke();
  return context.createPattern(tile, "repeat");
}

