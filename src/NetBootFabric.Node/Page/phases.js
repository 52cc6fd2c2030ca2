// What a cell can show: the phases of a boot in their order, then what is no boot. Each has a colour and a mark of its own: how full the cell is, a cross, a dot, an outline.

export const STATES = [
  { name: "Discovering", says: "asked for an address" },
  { name: "Offered", says: "was offered an address" },
  { name: "Bound", says: "has its address" },
  { name: "Resolved", says: "found its boot server" },
  { name: "Loader", says: "loads its loader" },
  { name: "Script", says: "reads its script" },
  { name: "Kernel", says: "loads its kernel" },
  { name: "Initrd", says: "loads its initrd" },
  { name: "Booted", says: "is up" },
  { name: "Failed", says: "failed" },
  { name: "Not seen", says: "was never heard of" },
  { name: "From disk", says: "starts from its disk" },
  { name: "Lease only", says: "wants an address only" },
  { name: "Held", says: "waits to be let go on" },
  { name: "Waiting", says: "waits for its turn to load" },
];
export const [BOOTED, FAILED, UNSEEN, DISK, LEASE, HELD, TURN] = [8, 9, 10, 11, 12, 13, 14];
export const STEPS = ["Dhcp", "Arp", "Tftp", "Http", "Kernel"];
export const STEP_NAMES = { Dhcp: "DHCP", Arp: "ARP", Tftp: "TFTP", Http: "HTTP", Kernel: "Kernel" };

const NOTES = { disk: DISK, lease: LEASE, held: HELD, turn: TURN };

export function stateOf(phase, note) {
  if (note && NOTES[note] !== undefined) return NOTES[note];
  return phase >= 0 && phase <= FAILED ? phase : UNSEEN;
}

export const isBooting = state => state < BOOTED;

// As the style sheet has them for the theme of now: a probe makes real colours of its names.
export function colours() {
  const probe = document.createElement("i");
  document.body.append(probe);
  const of = name => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  try {
    return read(of);
  } finally {
    probe.remove();
  }
}

function read(of) {
  return {
    states: [...Array(10).keys()].map(i => of(`--p${i}`)).concat([of("--outline"), of("--other"), of("--other"), of("--accent"), of("--accent")]),
    track: of("--track"), outline: of("--outline"), mark: of("--mark"), ink: of("--ink"), quiet: of("--quiet"), card: of("--card"), edge: of("--edge"), ring: of("--ring"), accent: of("--accent"),
  };
}

// One cell at the origin, in units of the context.
export function drawMark(context, state, width, height, palette) {
  const small = Math.min(width, height) < 5;
  if (state === UNSEEN) {
    context.strokeStyle = palette.outline;
    context.lineWidth = 1;
    context.strokeRect(.5, .5, width - 1, height - 1);
    return;
  }
  context.fillStyle = palette.track;
  context.fillRect(0, 0, width, height);
  context.fillStyle = palette.states[state];
  if (state < BOOTED && !small) {
    const high = Math.max(1, Math.round(height * (state + 1.5) / 10));
    context.fillRect(0, height - high, width, high);
  } else if (state === DISK || state === LEASE) {
    const dot = Math.max(2, Math.min(width, height) * .4);
    context.fillRect((width - dot) / 2, (height - dot) / 2, dot, dot);
  } else if (state === HELD) {
    const bar = Math.max(1, Math.round(width * .22));
    context.fillRect(Math.round(width * .2), 0, bar, height);
    context.fillRect(Math.round(width * .8) - bar, 0, bar, height);
  } else if (state === TURN) {
    const bar = Math.max(1, Math.round(height * .3));
    context.fillRect(0, Math.round((height - bar) / 2), width, bar);
  } else {
    context.fillRect(0, 0, width, height);
  }
  if (state === FAILED && !small) drawCross(context, width, height, palette);
}

function drawCross(context, width, height, palette) {
  const size = Math.min(width, height) * .3, x = width / 2, y = height / 2;
  context.strokeStyle = palette.mark;
  context.lineWidth = Math.max(1.2, Math.min(width, height) / 7);
  context.beginPath();
  context.moveTo(x - size, y - size);
  context.lineTo(x + size, y + size);
  context.moveTo(x + size, y - size);
  context.lineTo(x - size, y + size);
  context.stroke();
}

// The mark of a state as a picture for text.
export function markOf(state, palette, size = 13) {
  const canvas = document.createElement("canvas"), ratio = Math.max(1, window.devicePixelRatio);
  canvas.width = canvas.height = size * ratio;
  canvas.setAttribute("aria-hidden", "true");
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  drawMark(context, state, size, size, palette);
  return canvas;
}
