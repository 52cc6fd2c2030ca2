import { byId, say } from "./dom.js";

const KEY = "netboot-fabric.theme", CHOICES = ["auto", "light", "dark"];
const system = matchMedia("(prefers-color-scheme: dark)");
let chosen = CHOICES.includes(localStorage.getItem(KEY)) ? localStorage.getItem(KEY) : "auto";
let changed = () => {};

function apply() {
  if (chosen === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  say(byId("theme"), `Theme: ${chosen}`);
  changed();
}

export function startTheme(onChange) {
  apply();
  changed = onChange;
  system.addEventListener("change", apply);
  byId("theme").addEventListener("click", () => {
    chosen = CHOICES[(CHOICES.indexOf(chosen) + 1) % CHOICES.length];
    localStorage.setItem(KEY, chosen);
    apply();
  });
}
