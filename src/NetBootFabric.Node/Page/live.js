// The stream of a head node: everything once, then what changed, each second. When the head node goes away it is asked again until it, or its successor, answers.

import { get } from "./api.js";

const AGAIN = 1500, SILENT = 8000;

export class Live {
  constructor(handlers) {
    this.handlers = handlers;
    this.id = null;
    this.heard = 0;
    setInterval(() => this.#look(), 2000);
  }

  async start() {
    try {
      const room = await get("/room");
      this.id = room.id;
      this.handlers.room(room);
      this.#open();
    } catch {
      this.#lost();
      setTimeout(() => this.start(), AGAIN);
    }
  }

  #open() {
    this.source?.close();
    this.heard = performance.now();
    const source = this.source = new EventSource(`/api/v1/room/stream?after=${encodeURIComponent(this.id)}`);
    const on = (name, take) => source.addEventListener(name, event => {
      this.heard = performance.now();
      take(JSON.parse(event.data));
    });
    on("room", room => this.handlers.room(room));
    on("storm", storm => this.handlers.storm(storm));
    on("cluster", cluster => this.handlers.cluster(cluster));
    on("delta", delta => {
      this.handlers.state("live");
      this.handlers.delta(delta);
    });
    source.onerror = () => {
      this.#lost();
      // The browser tries again by itself unless it was refused.
      if (source.readyState === EventSource.CLOSED && this.source === source) setTimeout(() => this.start(), AGAIN);
    };
  }

  // A link that broke without a word: nothing came for as long as several seconds.
  #look() {
    if (this.source?.readyState !== EventSource.OPEN || performance.now() - this.heard < SILENT) return;
    this.source.close();
    this.source = null;
    this.#lost();
    this.start();
  }

  #lost() {
    this.handlers.state("lost");
  }
}
