/** How long the server has not answered, in the steps people are told of it. */
import { effect, type ReadonlySignal, signal } from "@preact/signals-core";
import type { SignalingLink } from "./link.ts";
import type { Clock, Undo } from "./ports.ts";

/** Shorter gaps (a reconnect takes 0.3 s) are nobody's business. */
export const TELL_AFTER_MS = 2_000;
/** Who is not inside yet is told that it does not work; trying goes on. */
export const GIVE_UP_AFTER_MS = 10_000;

export class Reach {
  readonly #since = signal<number | null>(null);
  readonly #lost = signal(false);
  readonly #stop: Undo;

  /** Since when, in ms since 1970, once it is worth telling; null otherwise. */
  readonly unreachableSince: ReadonlySignal<number | null> = this.#since;
  /** True once somebody who waits to get in should be told that it does not work. */
  readonly lost: ReadonlySignal<boolean> = this.#lost;

  constructor(clock: Clock, link: SignalingLink) {
    this.#stop = effect(() => {
      const status = link.status.value;
      if (status.is !== "connecting") {
        this.#since.value = null;
        this.#lost.value = false;
        return;
      }
      const { sinceMs } = status;
      const lastedMs = Math.max(0, clock.now() - sinceMs); // a clock set back delays no word of it
      const undo = [
        clock.after(Math.max(0, TELL_AFTER_MS - lastedMs), () => this.#since.value = sinceMs),
        clock.after(Math.max(0, GIVE_UP_AFTER_MS - lastedMs), () => this.#lost.value = true),
      ];
      return () => undo.forEach((cancel) => cancel());
    });
  }

  dispose(): void {
    this.#stop();
  }
}
