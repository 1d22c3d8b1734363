/** A full room is tried again and again, until somebody gets up. */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { Clock, Undo } from "./ports.ts";

/** How often. */
export const FULL_RETRY_MS = 10_000;

export class FullRetry {
  readonly #clock: Clock;
  readonly #at = signal<number | null>(null);
  #cancel: Undo = () => {};

  /** When the next try is, ms since 1970; null while none is. */
  readonly at: ReadonlySignal<number | null> = this.#at;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  wait(attempt: () => void): void {
    this.stop();
    this.#at.value = this.#clock.now() + FULL_RETRY_MS;
    this.#cancel = this.#clock.after(FULL_RETRY_MS, attempt);
  }

  stop(): void {
    this.#cancel();
    this.#at.value = null;
  }
}
