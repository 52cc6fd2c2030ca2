// What stands beside the room: figures, legend, failures, who is behind, head nodes.

import { byId, el, fill, say, table } from "./dom.js";
import { bytes, count, duration, plural } from "./format.js";
import { BOOTED, FAILED, STATES, STEPS, STEP_NAMES, UNSEEN, colours, isBooting, markOf } from "./phases.js";

const figures = new Map();

export function showFigures(room, storm) {
  const running = storm?.state === "running";
  figure("Booted", count(room.booted));
  figure("Booting", count(room.booting));
  figure("Failed", count(room.failed), room.failed ? "bad" : "");
  figure("Boots per second", running ? storm.bootsPerSecond.toFixed(1) : "–");
  figure("Time left", running && storm.secondsLeft !== undefined ? `~ ${duration(Math.round(storm.secondsLeft))}` : "–");
}

function figure(title, text, style = "") {
  if (!figures.has(title)) {
    const value = el("dd");
    byId("figures").append(el("div", {}, value, el("dt", {}, title)));
    figures.set(title, value);
  }
  const value = figures.get(title);
  say(value, text);
  value.className = style;
}

// One button for each state: the key to the picture's marks, and a filter.
export class Legend {
  constructor(room, pick) {
    this.room = room;
    this.buttons = STATES.map((state, i) => {
      const number = el("b");
      const button = el("button", { type: "button", "aria-pressed": "false", title: `Clients of which each ${state.says}`, onclick: () => pick(i) }, state.name, " ", number);
      return { button, number };
    });
    fill(byId("legend"), this.buttons.map(each => each.button));
    this.restyle();
  }

  restyle() {
    const palette = colours();
    this.buttons.forEach(({ button }, state) => {
      button.querySelector("canvas")?.remove();
      button.prepend(markOf(state, palette));
    });
  }

  show() {
    this.buttons.forEach(({ button, number }, state) => {
      const clients = this.room.counts[state], always = isBooting(state) || state === BOOTED || state === FAILED || state === UNSEEN;
      say(number, count(clients));
      button.hidden = !always && clients === 0 && this.room.filter.state !== state;
      button.classList.toggle("none", clients === 0);
      button.setAttribute("aria-pressed", String(this.room.filter.state === state));
    });
  }
}

export function showStorm(storm) {
  say(byId("storm-state"), stormText(storm));
  const busy = (storm?.uplinks ?? []).filter(each => each.downloads > 0 || each.waiting > 0 || each.turns > 0);
  byId("uplinks").hidden = busy.length === 0;
  fill(byId("uplinks"), busy.map(each => el("li", {}, uplinkText(each))));
}

function uplinkText(uplink) {
  const left = uplink.secondsLeft === undefined ? "" : ` in ${duration(uplink.secondsLeft)}`;
  const parts = [`${uplink.node}: ${bytes(uplink.octetsPerSecond)}/s`, `${bytes(uplink.backlog)} to go${left}`, plural(uplink.downloads, "download")];
  if (uplink.waiting > 0) parts.push(`${count(uplink.waiting)} wait for room`);
  if (uplink.turns > 0) parts.push(`${plural(uplink.turns, "client")} told their place`);
  return parts.join(", ");
}

function stormText(storm) {
  if (!storm || storm.state === "none") return "No storm: fewer than five clients have begun to boot at once lately.";
  const parts = [`${plural(storm.clients, "client")}: ${count(storm.booted)} booted, ${count(storm.booting)} booting, ${count(storm.failed)} failed.`];
  if (storm.state === "running") parts.unshift(`Running for ${duration(storm.seconds)}.`);
  else parts.unshift(`Ended after ${duration(storm.seconds)}.`);
  if (storm.medianSeconds !== undefined) parts.push(`Half of the boots took at most ${duration(storm.medianSeconds)}, the slowest ${duration(storm.slowestSeconds)}.`);
  if (storm.peakPerSecond > 0) parts.push(`At most ${storm.peakPerSecond.toFixed(0)} a second came up.`);
  if (storm.failedBefore > 0) parts.push(`${plural(storm.failedBefore, "boot")} failed and began anew.`);
  return parts.join(" ");
}

export class Failures {
  constructor(room, pick) {
    this.room = room;
    this.rows = STEPS.map(step => {
      const bar = el("div", { class: "fill" }), number = el("span", { class: "number" }), causes = el("div", { class: "causes", hidden: true });
      const button = el("button", { type: "button", "aria-pressed": "false", onclick: () => pick(step) }, STEP_NAMES[step]);
      return { step, bar, number, causes, button };
    });
    fill(byId("failure-bars"), el("div", { class: "bars" }, this.rows.flatMap(row => [row.button, el("div", { class: "track", "aria-hidden": "true" }, row.bar), row.number, row.causes])));
  }

  show(storm) {
    const most = Math.max(1, ...STEPS.map(step => this.room.steps[step] ?? 0));
    for (const row of this.rows) {
      const clients = this.room.steps[row.step] ?? 0, causes = Object.entries(storm?.failures?.find(each => each.step === row.step)?.causes ?? {});
      row.bar.style.width = `${100 * clients / most}%`;
      say(row.number, count(clients));
      row.button.setAttribute("aria-pressed", String(this.room.filter.step === row.step));
      row.button.setAttribute("aria-label", `${STEP_NAMES[row.step]}: ${plural(clients, "client")} failed. Show them`);
      row.causes.hidden = causes.length === 0;
      say(row.causes, causes.map(([cause, number]) => `${words(cause)} ${count(number)}`).join(", "));
    }
  }
}

// TransferTimedOut → transfer timed out
export const words = name => name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();

export function showStragglers(storm, open) {
  const late = storm?.stragglers ?? [];
  byId("behind").hidden = late.length === 0;
  if (late.length === 0) return;
  const shown = late.slice(0, 8), more = storm.stragglerCount - shown.length;
  const key = JSON.stringify([shown.map(each => [each.mac, Math.round(each.waits)]), more]);
  if (showStragglers.key === key || byId("stragglers").contains(document.activeElement)) return;
  showStragglers.key = key;
  fill(byId("stragglers"), table([{ title: "Client" }, { title: "In" }, { title: "For", class: "number" }, { title: "Others", class: "number" }],
    shown.map(each => [el("button", { type: "button", class: "plain", onclick: () => open(each.mac) }, each.name), each.phase, duration(each.waits), duration(each.usual)])),
  more > 0 && el("p", { class: "quiet" }, `and ${count(more)} more`));
}

let lastHeads = "";

export function showHeads(cluster, status) {
  say(byId("place"), `as ${cluster?.node ?? status?.node ?? "–"} sees it`);
  const rows = cluster && !cluster.alone ? members(cluster) : status ? [alone(status)] : [];
  const columns = [{ title: "Name" }, { title: "Status" }, { title: "Shards", class: "number" }, { title: "Clients", class: "number" }, { title: "Downloads", class: "number" }];
  const key = JSON.stringify(rows);
  if (key === lastHeads) return;
  lastHeads = key;
  const most = Math.max(1, ...rows.map(row => row.transfers ?? 0));
  fill(byId("head-table"), table(columns, rows.map(row => [
    el("span", { title: row.title }, row.name, row.serves ? el("div", { class: "quiet" }, row.serves) : null),
    el("span", { class: row.status === "up" ? "good" : row.status === "unreachable" ? "bad" : "quiet" }, row.status),
    row.shards ?? "–", row.clients === undefined ? "–" : count(row.clients), row.transfers === undefined ? "–" : el("div", {}, count(row.transfers), load(row.transfers / most)),
  ])));
}

const members = cluster => cluster.members.map(each => ({ name: each.name, status: each.status, shards: each.shards, clients: each.clients, transfers: each.transfers, serves: (each.serves ?? []).join(" "), title: `${each.address}, weight ${each.weight}, ${each.version ?? "version not known"}` }));

const alone = status => ({ name: status.node, status: "up", clients: status.clients, serves: (status.interfaces ?? []).map(each => `${each.name} ${each.address}`).join(" "), title: `netbootd ${status.version}, ${bytes(status.memoryBytes)}, ${status.store}` });

function load(share) {
  const bar = el("i");
  bar.style.width = `${100 * share}%`;
  return el("div", { class: "load", "aria-hidden": "true" }, bar);
}

export function showWarnings(texts) {
  const list = byId("warnings"), key = texts.join("\n");
  list.hidden = texts.length === 0;
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  fill(list, texts.map(text => el("li", {}, text)));
}
