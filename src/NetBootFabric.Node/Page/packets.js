// A client's last packets, as the head nodes remember them.

import { el, table } from "./dom.js";
import { plural } from "./format.js";

const ARROWS = { received: "→", sent: "←", note: "·" };

export function packetTable(view, mac, choose) {
  if (!view) return null;
  const packets = view.packets ?? [];
  const rows = packets.map(each => [time(each.at), el("span", { title: each.kind }, `${ARROWS[each.kind] ?? ""} ${each.protocol.toUpperCase()}`), text(each), el("span", { class: "quiet" }, each.from ? `${each.from} → ${each.to ?? ""}` : each.node)]);
  return el("div", { class: "scroll" },
    el("h3", {}, view.boot === "failed" ? `Packets of boot ${view.failedBoot}, which failed` : "Last packets"),
    el("div", { class: "actions" }, el("a", { href: `/api/v1/clients/${encodeURIComponent(mac)}/packets.pcap?boot=${view.boot}`, download: `${mac.replaceAll(":", "-")}.pcap` }, "Capture for Wireshark"),
      view.boot === "failed" ? button("Packets of the boot of now", () => choose("current")) : view.failedBoot ? button(`Packets of boot ${view.failedBoot}, which failed`, () => choose("failed")) : null),
    packets.length ? table([{ title: "At" }, { title: "What" }, { title: "Says" }, { title: "Between", class: "wide" }], rows) : el("p", { class: "quiet" }, "None are remembered."));
}

const button = (title, act) => el("button", { type: "button", onclick: act }, title);

function text(packet) {
  const said = `${packet.text}${packet.again ? " (again)" : ""}`;
  if (!packet.details?.length) return said;
  return el("details", { title: packet.octets ? plural(packet.octets, "octet") : "" }, el("summary", {}, said), packet.details.map(line => el("div", {}, el("code", {}, line))));
}

function time(at) {
  const date = new Date(at);
  return `${date.toLocaleTimeString("en-GB")}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
