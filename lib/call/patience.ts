/** Waits for what may never come, but no longer than people would. */
import type { Clock, Undo } from "./ports.ts";

export class Patience {
  readonly #clock: Clock;
  readonly #waits = new Set<Undo>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Settles with `work`, or after `patienceMs`. */
  async within(work: Promise<void>, patienceMs: number): Promise<void> {
    let cancel: Undo = () => {};
    const patience = new Promise<void>((done) => cancel = this.#clock.after(patienceMs, done));
    this.#waits.add(cancel);
    await Promise.race([work, patience]);
    cancel();
    this.#waits.delete(cancel);
  }

  dispose(): void {
    for (const cancel of this.#waits) cancel();
  }
}
