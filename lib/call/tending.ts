/**
 * Care for the call from joining to leaving, and what people do together in it: fetched once the
 * first pictures had time to come.
 */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { Cared, Caring } from "./care.ts";
import type { TogetherLater, TogetherModel } from "./model.ts";
import type { Undo } from "./ports.ts";

export type LoadCare = () => Promise<{ readonly care: (cared: Cared) => Caring }>;

/** What is fetched and set up in the first second would delay the first picture. */
export const CARE_AFTER_MS = 1_500;

export class Tending implements TogetherLater {
  readonly #cared: Cared;
  readonly #load: LoadCare;
  readonly #model = signal<TogetherModel | null>(null);
  #begin: (() => Promise<void>) | null = null;
  #stop: Undo | null = null;

  readonly model: ReadonlySignal<TogetherModel | null> = this.#model;

  constructor(cared: Cared, load: LoadCare) {
    this.#cared = cared;
    this.#load = load;
  }

  get canShare(): boolean {
    return this.#cared.env.media.canShare;
  }

  start(): void {
    this.stop();
    const { clock, log } = this.#cared.env;
    let over = false;
    let end: Undo = () => {};
    let begun: Promise<void> | null = null;
    const begin = async () => {
      try {
        const { care } = await this.#load();
        if (over) return;
        const caring = care(this.#cared);
        end = caring.end;
        this.#model.value = caring.together;
      } catch (error) {
        begun = null;
        log("warn", `the call goes on without care: ${error}`);
      }
    };
    this.#begin = () => begun ??= begin();
    const cancel = clock.after(CARE_AFTER_MS, this.#begin);
    this.#stop = () => {
      over = true;
      cancel();
      this.#model.value = null;
      end();
    };
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
    this.#begin = null;
  }

  async bring(): Promise<TogetherModel | null> {
    await this.#begin?.();
    return this.#model.peek();
  }
}
