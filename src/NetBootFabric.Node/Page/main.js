import { get, change } from "./api.js";
import { ClientPage } from "./client.js";
import { ClientTable } from "./clienttable.js";
import { byId, el, say } from "./dom.js";
import { count, duration, plural } from "./format.js";
import { Live } from "./live.js";
import { Room } from "./model.js";
import { Failures, Legend, showFigures, showHeads, showStorm, showStragglers, showWarnings } from "./panels.js";
import { RoomView, shownOf } from "./room.js";
import { takeToken } from "./signin.js";
import { startTheme } from "./theme.js";
import { Timeline } from "./timeline.js";

const SPOKEN = 5000, ASKED = 5000;

const page = new ClientPage(), room = new Room();
const view = new RoomView(room, page.open), list = new ClientTable(room, page.open), timeline = new Timeline();
const legend = new Legend(room, state => filter({ state: room.filter.state === state ? null : state }));
const failures = new Failures(room, step => filter({ step: room.filter.step === step ? null : step }));
let storm = null, cluster = null, status = null, spokenAt = 0;

function showCounts() {
  showFigures(room, storm);
  legend.show();
  failures.show(storm);
  say(byId("shown"), shownOf(room));
}

function speak() {
  if (performance.now() - spokenAt < SPOKEN) return;
  spokenAt = performance.now();
  const left = storm?.state === "running" && storm.secondsLeft !== undefined ? ` About ${duration(Math.round(storm.secondsLeft))} left.` : "";
  say(byId("spoken"), `${count(room.booted)} of ${plural(room.cells.size, "client")} booted, ${count(room.booting)} booting, ${count(room.failed)} failed.${left}`);
}

function redrawAll() {
  view.arrange();
  list.draw();
  showCounts();
  const empty = room.cells.size === 0;
  byId("grid").querySelector(".empty")?.remove();
  if (empty) byId("grid").append(el("p", { class: "empty" }, "No clients yet. They appear with their first DHCP packet, or when a node entry names them."));
}

function filter(changes) {
  room.setFilter(changes);
  view.draw();
  list.draw();
  showCounts();
}

const live = new Live({
  room({ cells }) {
    room.replace(cells);
    if (!room.chosen) chooseGrouping();
    redrawAll();
    performance.mark("room-drawn");
  },
  delta(delta) {
    const changed = room.apply(delta);
    if (changed === null) redrawAll();
    else if (changed.length > 0) {
      view.redraw(changed);
      page.changed(changed);
    }
    list.draw();
    showCounts();
    speak();
  },
  storm(now) {
    storm = now;
    showStorm(storm);
    timeline.show(storm.timeline);
    showStragglers(storm, page.open);
  },
  cluster(now) {
    cluster = now;
    showHeads(cluster, status);
    showWarnings([...new Set([...(cluster.warnings ?? []), ...(status?.warnings ?? [])])]);
  },
  state(state) {
    byId("link").dataset.state = state;
    say(byId("link"), state === "live" ? "live" : "no head node answers, trying again");
  },
});

// Racks if the room has some, else groups.
function chooseGrouping() {
  room.by = room.hasSeveral("rack") ? "rack" : room.hasSeveral("group") ? "group" : "none";
  byId("group-by").value = room.by;
  room.arrange();
}

async function ask() {
  try {
    status = await get("/status");
    showHeads(cluster, status);
  } catch {
    // The stream says that it is away.
  }
}

async function showWho() {
  try {
    const session = await get("/session");
    if (!session) return;
    byId("sign-out").hidden = false;
    byId("sign-out").title = `${session.name}: ${session.role}`;
  } catch {
    // No tokens here.
  }
}

byId("search").addEventListener("input", event => filter({ text: event.target.value.trim().toLowerCase() }));
byId("group-by").addEventListener("change", event => {
  room.by = event.target.value;
  room.chosen = true;
  room.arrange();
  redrawAll();
});
byId("sign-out").addEventListener("click", async () => {
  await change("DELETE", "/session").catch(() => {});
  location.reload();
});
for (const [id, shows] of [["as-grid", "grid"], ["as-table", "table"]]) {
  byId(id).addEventListener("click", () => {
    byId("grid").hidden = shows !== "grid";
    byId("table").hidden = shows !== "table";
    byId("as-grid").setAttribute("aria-pressed", String(shows === "grid"));
    byId("as-table").setAttribute("aria-pressed", String(shows === "table"));
    redrawAll();
  });
}
addEventListener("keydown", event => {
  if (event.key !== "/" || event.target.closest("input, select, dialog")) return;
  event.preventDefault();
  byId("search").focus();
});
addEventListener("resize", () => view.arrange());

legend.show();
startTheme(() => {
  view.restyle();
  legend.restyle();
  timeline.restyle();
  list.draw();
});
await takeToken();
await live.start();
page.follow();
ask();
showWho();
setInterval(() => document.visibilityState === "visible" && ask(), ASKED);
