/**
 * One tab, one session. A duplicated tab gets a copy of the first one's memory, session and all;
 * a Web Lock held for as long as the page lives tells the two apart.
 */
import { mintId } from "../protocol/ids.ts";
import type { Env, Undo } from "./ports.ts";

const KEY = "tertulia.tab";
/** A page that is being left gives its lock up only once it is gone. */
const RELOAD_WAITS_MS = [0, 100, 300, 600] as const;

export class TabLock {
  readonly #env: Env;
  readonly #lost: () => void;
  #release: Undo | null = null;
  #disposed = false;

  /** @param lost told when another tab takes the session over */
  constructor(env: Env, lost: () => void) {
    this.#env = env;
    this.#lost = lost;
  }

  /** False when another tab has the session. */
  async hold(): Promise<boolean> {
    const known = this.#env.tab.get(KEY) !== null;
    const name = this.#name();
    for (const waitMs of known ? RELOAD_WAITS_MS : [0]) {
      if (waitMs > 0) await new Promise<void>((done) => this.#env.clock.after(waitMs, done));
      const release = await this.#env.locks.hold(name, this.#lost);
      if (release) {
        this.#keep(release);
        return true;
      }
    }
    return false;
  }

  /** Takes the session from the tab that has it. */
  async steal(): Promise<void> {
    this.#keep(await this.#env.locks.steal(this.#name(), this.#lost));
  }

  dispose(): void {
    this.#disposed = true;
    this.#release?.();
  }

  #keep(release: Undo): void {
    this.#release = release;
    if (this.#disposed) release();
  }

  #name(): string {
    const { tab, random } = this.#env;
    const id = tab.get(KEY) ?? mintId(random);
    tab.set(KEY, id);
    return `${KEY}.${id}`;
  }
}
