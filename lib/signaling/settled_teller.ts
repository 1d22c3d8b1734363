/** Tells `settled` alone where no other frame took it along, by one timer for all sockets. */
import { ACK_AFTER_MS } from "../protocol/limits.ts";
import type { Outbox } from "./outbox.ts";
import type { Clock, Undo } from "./ports.ts";

/** Who is due within so long of another is told with them: fewer timers, and none is told late. */
const TOGETHER_MS = 50;

interface Waiting {
  readonly outbox: Outbox;
  /** When something to tell came up, ms since 1970. */
  readonly since: number;
}

export class SettledTeller {
  /** In the order in which they came. */
  #waiting: Waiting[] = [];
  #undo: Undo | null = null;

  constructor(private readonly clock: Clock) {}

  /** An outbox has something to tell; it is given once until it was told. */
  add(outbox: Outbox): void {
    this.#waiting.push({ outbox, since: this.clock.now() });
    this.#undo ??= this.clock.after(ACK_AFTER_MS, () => this.#tell());
  }

  dispose(): void {
    this.#undo?.();
    this.#undo = null;
    this.#waiting = [];
  }

  /** Tells those who are due, or soon will be; a clock that went back makes everybody due. */
  #tell(): void {
    this.#undo = null;
    const now = this.clock.now();
    const due = ({ since }: Waiting) => now - since >= ACK_AFTER_MS - TOGETHER_MS || now < since;
    const first = this.#waiting.findIndex((each) => !due(each));
    const told = this.#waiting.splice(0, first < 0 ? this.#waiting.length : first);
    for (const { outbox } of told) outbox.flushSettled();
    const next = this.#waiting.at(0);
    if (next === undefined) return;
    this.#undo = this.clock.after(next.since + ACK_AFTER_MS - now, () => this.#tell());
  }
}
