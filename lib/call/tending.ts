/** Care for the call from joining to leaving: fetched once the first pictures had time to come. */
import type { Cared } from "./care.ts";
import type { Undo } from "./ports.ts";

export type LoadCare = () => Promise<Pick<typeof import("./care.ts"), "care">>;

/** What is fetched and set up in the first second would delay the first picture. */
export const CARE_AFTER_MS = 1_500;

export class Tending {
  readonly #cared: Cared;
  readonly #load: LoadCare;
  #stop: Undo | null = null;

  constructor(cared: Cared, load: LoadCare) {
    this.#cared = cared;
    this.#load = load;
  }

  start(): void {
    this.stop();
    const { clock, log } = this.#cared.env;
    let over = false;
    let undo = clock.after(CARE_AFTER_MS, async () => {
      try {
        const { care } = await this.#load();
        if (!over) undo = care(this.#cared);
      } catch (error) {
        log("warn", `the call goes on without care: ${error}`);
      }
    });
    this.#stop = () => {
      over = true;
      undo();
    };
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }
}
