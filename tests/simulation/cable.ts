/**
 * The network under one socket: frames take their time, stay in order, and may be lost with the
 * connection. Moved by the fake clock alone.
 */
import type { ClientSocket, SocketHandlers } from "../../lib/call/ports.ts";
import type { ServerSocket } from "../../lib/signaling/ports.ts";
import type { FakeClock } from "../support/clock.ts";
import type { Seeded } from "../support/random.ts";
import { type Ears, SocketPair } from "../support/sockets.ts";

type Direction = "toServer" | "toClient";

/** What passes by, and may be changed on its way to the server. */
export interface Tap {
  toServer(frame: string): string;
  toClient(frame: string): void;
  /** A frame is on its way for so long. */
  delayed(ms: number): void;
}

/** The longest a frame may take each way, in ms. */
export interface Slowest {
  readonly toServer: number;
  readonly toClient: number;
}

/** What a cut did to the frames that were under way. */
export interface Cut {
  /** Some were lost. */
  readonly lost: boolean;
  /** Of those going one way, some arrived and some were lost. */
  readonly split: boolean;
}

/** Who hears of the end of a connection at once; the other side is left to find out. */
export type Heard = "both" | "client" | "server" | "nobody";

export class Cable {
  readonly #clock: FakeClock;
  readonly #random: Seeded;
  readonly #slowest: Slowest;
  readonly #tap: Tap;
  readonly #pair = new SocketPair();
  readonly #scheduled = { toServer: 0, toClient: 0 };
  readonly #lastArrival = { toServer: 0, toClient: 0 };
  /** When the server last heard anything of it, ms since 1970. */
  heardAt: number;
  /** Neither end and nothing between them has broken. */
  whole = true;

  /** @param slowest the longest a frame may take, in ms, both ways or each */
  constructor(clock: FakeClock, random: Seeded, slowest: number | Slowest, tap: Tap) {
    this.#clock = clock;
    this.#random = random;
    this.#slowest = typeof slowest === "number"
      ? { toServer: slowest, toClient: slowest }
      : slowest;
    this.#tap = tap;
    this.heardAt = clock.now();
  }

  /** True when frames arrive within a tenth of a second, both ways. */
  get quick(): boolean {
    return this.whole && Math.max(this.#slowest.toServer, this.#slowest.toClient) <= 100;
  }

  /** The page's end, before anything is connected. */
  get client(): ClientSocket {
    const half = this.#pair.client;
    return {
      send: (frame) => {
        half.send(this.#tap.toServer(frame));
        this.#schedule();
      },
      close: (code, reason) => {
        half.close(code, reason);
        this.#schedule();
      },
      get buffered() {
        return half.buffered;
      },
    };
  }

  get server(): ServerSocket {
    const half = this.#pair.server;
    return {
      send: (frame) => {
        half.send(frame);
        this.#schedule();
      },
      close: (code, reason) => {
        half.close(code, reason);
        this.#schedule();
      },
      get buffered() {
        return half.buffered;
      },
    };
  }

  /** Both ends hear from now on; without a server the socket opens and nobody is there. */
  connect(handlers: SocketHandlers, server: Ears | null): void {
    if (server !== null) this.#pair.listenServer(server);
    this.#pair.listenClient({
      open: () => handlers.open(),
      message: (frame) => {
        this.#tap.toClient(frame as string);
        handlers.message(frame);
      },
      close: (code, reason) => handlers.close(code, reason),
    });
    this.#schedule();
  }

  /** A frame made up by the test arrives from the page. */
  inject(frame: string): void {
    this.#pair.client.send(frame);
    this.#schedule();
  }

  /** A frame made up by the test arrives from the server. */
  injectToClient(frame: string): void {
    this.#pair.server.send(frame);
    this.#schedule();
  }

  /**
   * Breaks the connection in the midst of what is under way: of the frames on the wire, the first
   * ones arrive and the rest is lost.
   */
  cut(heard: Heard): Cut {
    const went = [
      this.#pair.toServer(this.#random.below(this.#pair.waitingToServer + 1)),
      this.#pair.toClient(this.#random.below(this.#pair.waitingToClient + 1)),
    ];
    const left = [this.#pair.waitingToServer, this.#pair.waitingToClient];
    const lost = left[0] + left[1] > 0;
    const split = left.some((count, way) => count > 0 && went[way] > 0);
    this.whole = false;
    if (heard === "both") this.#pair.cut();
    else if (heard === "client") this.#pair.dropClient();
    else if (heard === "server") this.#pair.dropServer();
    else this.#pair.halfOpen();
    return { lost, split };
  }

  #schedule(): void {
    this.#scheduleOne("toServer", this.#pair.waitingToServer);
    this.#scheduleOne("toClient", this.#pair.waitingToClient);
  }

  #scheduleOne(direction: Direction, waiting: number): void {
    const now = this.#clock.now();
    while (this.#scheduled[direction] < waiting) {
      this.#scheduled[direction]++;
      const delayMs = 1 + this.#random.below(this.#slowest[direction]);
      const at = Math.max(this.#lastArrival[direction], now + delayMs);
      this.#lastArrival[direction] = at;
      this.#tap.delayed(at - now);
      this.#clock.after(at - now, () => {
        this.#scheduled[direction]--;
        this.#pair[direction](1);
        this.#schedule();
      });
    }
  }
}
