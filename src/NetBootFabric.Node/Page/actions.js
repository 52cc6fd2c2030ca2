// What an operator can have a client do at its next start. The head node decides who may.

import { change, get } from "./api.js";
import { el, fill, say } from "./dom.js";

const INTENTS = [["always", "Boot from the network, always"], ["once", "Boot from the network once"], ["local", "Start from its disk"], ["hold", "Hold until released"]];

export function actions(summary) {
  if (summary.new) return null;
  const box = el("div"), said = el("p", { class: "said quiet", role: "status" });
  draw(box, said, summary.mac);
  return box;
}

async function draw(box, said, mac) {
  let node, profiles;
  try {
    [node, profiles] = await Promise.all([get(`/nodes/${encodeURIComponent(mac)}`), get("/profiles")]);
  } catch {
    return;
  }
  const intent = el("select", { "aria-label": "At its next start" }, INTENTS.map(([value, title]) => el("option", { value, selected: value === node.effective.intent }, title)));
  const next = el("select", { "aria-label": "Profile for its next boot alone" }, el("option", { value: "" }, "with profile …"), names(profiles).map(name => el("option", { value: name, selected: name === node.effective.next }, name)));
  const patch = async (body, done) => {
    say(said, "…");
    try {
      await change("PATCH", `/nodes?select=${encodeURIComponent(mac)}`, body);
      said.className = "said good";
      say(said, done);
    } catch (wrong) {
      said.className = "said bad";
      say(said, wrong.message);
    }
  };
  intent.addEventListener("change", () => patch({ intent: intent.value }, "Counts from its next packet on."));
  next.addEventListener("change", () => next.value && patch({ next: next.value }, `Its next boot is ${next.value}, then it is as before.`));
  fill(box, el("h3", {}, "At its next start"), el("div", { class: "actions" }, intent, el("span", { class: "quiet" }, "or once"), next), said);
}

const names = profiles => profiles.map(each => each.spec.name);
