/** Tells `settled` alone where no other frame took it along, by one timer for all sockets. */
import { ACK_AFTER_MS } from "../protocol/limits.ts";
import type { Outbox } from "./outbox.ts";
import type { Clock, Undo } from "./ports.ts";

export class SettledTeller {
  #waiting: Outbox[] = [];
  #undo: Undo | null = null;

  constructor(private readonly clock: Clock) {}

  /** An outbox has something to tell; it is given once until it was told. */
  add(outbox: Outbox): void {
    this.#waiting.push(outbox);
    this.#undo ??= this.clock.after(ACK_AFTER_MS, () => {
      const told = this.#waiting;
      this.#undo = null;
      this.#waiting = [];
      for (const each of told) each.flushSettled();
    });
  }

  dispose(): void {
    this.#undo?.();
    this.#undo = null;
    this.#waiting = [];
  }
}
