/** Whether this person speaks, from the loudness of the own microphone. */
import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import type { Clock, Undo } from "./ports.ts";
import { listen, SILENT } from "./speaking.ts";

const LISTEN_EVERY_MS = 200;

export class Voice {
  readonly #clock: Clock;
  readonly #loudness: ReadonlySignal<number | null>;
  readonly #heard = signal(SILENT);
  #stop: Undo = () => {};

  readonly speaking: ReadonlySignal<boolean> = computed(() => this.#heard.value.on);

  constructor(clock: Clock, loudness: ReadonlySignal<number | null>) {
    this.#clock = clock;
    this.#loudness = loudness;
  }

  start(): void {
    this.stop();
    this.#stop = this.#clock.every(LISTEN_EVERY_MS, () => {
      this.#heard.value = listen(this.#heard.peek(), this.#loudness.peek() ?? 0, this.#clock.now());
    });
  }

  stop(): void {
    this.#stop();
    this.#heard.value = SILENT;
  }
}
