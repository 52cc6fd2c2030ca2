// One client's own page, over the room. Its address is in the address line, so that it can be sent to a colleague.

import { get } from "./api.js";
import { byId, el, fill, say, table } from "./dom.js";
import { bytes, clock, duration, moment, plural } from "./format.js";
import { actions } from "./actions.js";
import { packetTable } from "./packets.js";
import { colours, STATES, STEP_NAMES } from "./phases.js";
import { words } from "./panels.js";

const FRESH = 5000;
const PREFIX = "#/client/";
const WRONG = ["Failed", "Stuck", "Slow"];

export class ClientPage {
  constructor() {
    this.dialog = byId("client");
    this.dialog.addEventListener("close", () => this.#closed());
    this.dialog.addEventListener("click", event => event.target === this.dialog && this.dialog.close());
    addEventListener("hashchange", () => this.follow());
    setInterval(() => this.mac && document.visibilityState === "visible" && this.#load(), FRESH);
  }

  // Opens what the address line names.
  follow() {
    const who = location.hash.startsWith(PREFIX) ? decodeURIComponent(location.hash.slice(PREFIX.length)) : null;
    if (who === this.mac) return;
    if (who === null) return this.dialog.close();
    this.mac = who;
    this.detail = this.why = this.packets = null;
    this.#frame(who);
    if (!this.dialog.open) this.dialog.showModal();
    this.#load();
  }

  open = mac => location.hash = PREFIX + encodeURIComponent(mac);

  // It entered a phase.
  changed(cells) {
    if (this.mac && cells.some(cell => cell.mac === this.mac)) this.#load();
  }

  #choose(boot) {
    this.boot = boot;
    this.#load();
  }

  #closed() {
    this.mac = null;
    if (location.hash.startsWith(PREFIX)) history.pushState(null, "", location.pathname + location.search);
  }

  #frame(who) {
    this.title = el("h2", { id: "client-title" }, who);
    this.body = el("div", {}, el("p", { class: "quiet" }, "Loading …"));
    this.parts = { why: el("div"), actions: el("div"), main: el("div"), packets: el("div") };
    this.key = this.acting = null;
    this.boot = "current";
    fill(this.dialog, el("div", { class: "head" }, this.title, el("span", { class: "spring" }), el("button", { type: "button", onclick: () => this.dialog.close() }, "Close")), this.body);
  }

  async #load() {
    const who = this.mac, path = `/clients/${encodeURIComponent(who)}`;
    if (this.loading) return;
    this.loading = true;
    const optional = async more => {
      try {
        return await get(path + more);
      } catch {
        return null;
      }
    };
    try {
      const [detail, why, packets] = await Promise.all([get(path), optional("/why"), optional(`/packets?boot=${this.boot}`)]);
      if (who === this.mac) this.#show(detail, why, packets);
    } catch (wrong) {
      if (who === this.mac) fill(this.body, el("p", { class: "bad", role: "alert" }, wrong.message));
    } finally {
      this.loading = false;
      if (this.mac && who !== this.mac) this.#load();
    }
  }

  #show(detail, why, packets) {
    const { summary, current } = detail;
    say(this.title, summary.name);
    const key = JSON.stringify([detail, why, packets]);
    if (this.key === key && this.body.childElementCount > 1) return;
    this.key = key;
    fill(this.parts.why, reason(current, why));
    fill(this.parts.main, facts(detail), current ? boot(current) : el("p", { class: "quiet" }, "No DHCP packet of it was seen yet."), current?.downloads?.length ? downloads(current) : null, detail.history?.length ? history_(detail.history) : null);
    fill(this.parts.packets, packetTable(packets, summary.mac, boot => this.#choose(boot)));
    if (this.acting !== summary.mac) {
      this.acting = summary.mac;
      fill(this.parts.actions, actions(summary));
    }
    if (this.parts.why.parentElement !== this.body) fill(this.body, this.parts.why, this.parts.actions, this.parts.main, this.parts.packets);
  }
}

function facts({ summary, lease, vendorClass, uuid, clientIdentifiers, relayInformation }) {
  const list = el("dl", { class: "facts" });
  const fact = (name, value) => value && list.append(el("dt", {}, name), el("dd", {}, value));
  fact("MAC", el("code", {}, summary.mac));
  fact("Node entry", summary.new ? "none: nobody named it" : null);
  fact("Rack", summary.rack);
  fact("Group", summary.group);
  fact("Profile", summary.profile);
  fact("Firmware", [summary.architecture, vendorClass].filter(Boolean).join(", "));
  fact("Lease", lease && `${lease.address}${lease.fixed ? " (fixed)" : ""}, ${lease.running ? "until" : "ended"} ${moment(lease.expiresAt)}`);
  fact("UUID", uuid);
  fact("Client ids", (clientIdentifiers ?? []).join(", "));
  fact("Relay", relayInformation);
  return list;
}

// What the head node makes of it; without its explanation, what the boot itself says.
function reason(current, why) {
  const failure = current?.failure ?? current?.trouble;
  if (why) return box(WRONG.includes(why.standing), [`${why.name}: ${why.sentence}.`, why.remedy && `To do: ${why.remedy}`], why.evidence ?? []);
  return failure ? box(true, [`${current.failure ? "Failed" : "Trouble"} at ${STEP_NAMES[failure.step] ?? failure.step}: ${words(failure.cause)}`, failure.detail], []) : null;
}

function box(wrong, lines, evidence) {
  return el("div", { class: wrong ? "why" : "why calm" }, lines.filter(Boolean).map(text => el("p", {}, text)), evidence.map(text => el("p", { class: "quiet" }, text)));
}

function boot(current) {
  const palette = colours(), phases = current.phases ?? [], now = Date.now();
  const end = ["Booted", "Failed"].includes(current.phase) ? Date.parse(phases.at(-1)?.at) : now, longest = Math.max(.001, ...phases.map(each => seconds(each, end)));
  const rows = phases.flatMap(each => {
    const state = STATES.findIndex(known => known.name === each.phase), bar = el("i"), took = seconds(each, end);
    bar.style.width = `${100 * took / longest}%`;
    bar.style.background = palette.states[state] ?? palette.quiet;
    const last = each === phases.at(-1), over = ["Booted", "Failed"].includes(each.phase);
    return [el("span", {}, each.phase), el("span", { class: "quiet at" }, clock(each.at)), el("div", { class: "track", "aria-hidden": "true" }, bar), el("span", { class: "number" }, last && over ? "" : duration(took) + (last ? " so far" : ""))];
  });
  const numbers = [plural(current.exchanges, "DHCP exchange"), `${current.discovers} DISCOVER`, current.retries ? plural(current.retries, "retry").replace("retrys", "retries") : null, current.bytes ? bytes(current.bytes) : null, current.loader, current.transport, current.server && `from ${current.server}`];
  return el("div", {}, el("h3", {}, `Boot ${current.number}: ${current.phase}`), el("div", { class: "steps" }, rows), el("p", { class: "quiet" }, numbers.filter(Boolean).join(" · ")));
}

const seconds = (phase, end) => phase.seconds ?? Math.max(0, (end - Date.parse(phase.at)) / 1000);

function downloads(current) {
  const rows = current.downloads.map(each => [el("code", {}, each.path), each.role, each.protocol, each.length && each.length !== each.bytes ? `${bytes(each.bytes)} of ${bytes(each.length)}` : bytes(each.bytes), each.stage]);
  return el("div", { class: "scroll" }, el("h3", {}, "Downloads"), table([{ title: "File" }, { title: "As" }, { title: "By" }, { title: "Bytes", class: "number" }, { title: "State" }], rows));
}

function history_(boots) {
  const rows = boots.map(each => {
    const [first, last] = [each.phases?.[0]?.at, each.phases?.at(-1)?.at];
    return [each.number, first ? moment(first) : "–", first && last ? duration((Date.parse(last) - Date.parse(first)) / 1000) : "–", each.failure ? `${each.phase} at ${STEP_NAMES[each.failure.step] ?? each.failure.step}: ${words(each.failure.cause)}` : each.phase];
  });
  return el("div", { class: "scroll" }, el("h3", {}, "Earlier boots"), table([{ title: "Boot", class: "number" }, { title: "Began" }, { title: "Took", class: "number" }, { title: "Ended as" }], rows));
}


