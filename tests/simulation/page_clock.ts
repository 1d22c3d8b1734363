/**
 * A page's own time: its computer's clock may be set, and the page may be frozen, as browsers freeze
 * hidden tabs and lids close. What falls due or comes in meanwhile waits for the thaw.
 */
import type { Clock, Undo } from "../../lib/call/ports.ts";
import type { FakeClock } from "../support/clock.ts";

/** In which order a page that thaws does what has waited: browsers promise none. */
export type ThawOrder = "as it came" | "timers first" | "frames first";

interface Held {
  readonly kind: "timer" | "frame";
  readonly run: () => void;
}

export class PageClock implements Clock {
  readonly #base: FakeClock;
  #aheadMs = 0;
  #held: Held[] | null = null;

  constructor(base: FakeClock) {
    this.#base = base;
  }

  get frozen(): boolean {
    return this.#held !== null;
  }

  now(): number {
    return this.#base.now() + this.#aheadMs;
  }

  after(delayMs: number, task: () => void): Undo {
    let live = true;
    const undo = this.#base.after(delayMs, () => this.#hold("timer", () => live && task()));
    return () => {
      live = false;
      undo();
    };
  }

  /** Of a frozen page's interval one turn waits, however many were due. */
  every(periodMs: number, task: () => void): Undo {
    let live = true;
    let waits = false;
    const undo = this.#base.every(periodMs, () => {
      if (waits) return;
      waits = this.frozen;
      this.#hold("timer", () => {
        waits = false;
        if (live) task();
      });
    });
    return () => {
      live = false;
      undo();
    };
  }

  /** Something came from the network: now, or once the page thaws. */
  arrived(task: () => void): void {
    this.#hold("frame", task);
  }

  /** The computer's clock is set. */
  jump(ms: number): void {
    this.#aheadMs += ms;
  }

  freeze(): void {
    this.#held ??= [];
  }

  thaw(order: ThawOrder): void {
    const held = this.#held ?? [];
    this.#held = null;
    const first = order === "timers first" ? "timer" : "frame";
    const rank = ({ kind }: Held) => kind === first ? 0 : 1;
    if (order !== "as it came") held.sort((a, b) => rank(a) - rank(b));
    for (const { run } of held) run();
  }

  #hold(kind: Held["kind"], run: () => void): void {
    if (this.#held === null) run();
    else this.#held.push({ kind, run });
  }
}
