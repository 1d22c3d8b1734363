/** A page's events and memory, moved by hand. Satisfies `PageEvents` and `Memory` of lib/call. */
import type { Memory, PageEvents, Undo } from "../../lib/call/ports.ts";

type Happening = "online" | "visible" | "hide" | "show" | "network";

export class FakePage implements PageEvents {
  online = true;
  visible = true;
  readonly #listeners = new Map<Happening, Set<() => void>>();

  onOnline(task: () => void): Undo {
    return this.#on("online", task);
  }
  onVisible(task: () => void): Undo {
    return this.#on("visible", task);
  }
  onHide(task: () => void): Undo {
    return this.#on("hide", task);
  }
  onShow(task: () => void): Undo {
    return this.#on("show", task);
  }
  onNetworkChange(task: () => void): Undo {
    return this.#on("network", task);
  }

  /** Tells everybody who listens. */
  happen(what: Happening): void {
    for (const task of [...this.#listeners.get(what) ?? []]) task();
  }

  /** How many listen; 0 after everything was disposed. */
  get listening(): number {
    let count = 0;
    for (const tasks of this.#listeners.values()) count += tasks.size;
    return count;
  }

  #on(what: Happening, task: () => void): Undo {
    const tasks = this.#listeners.get(what) ?? new Set();
    this.#listeners.set(what, tasks.add(task));
    return () => void tasks.delete(task);
  }
}

/** What a tab remembers; `copy` is what a duplicated tab gets. */
export class TabMemory implements Memory {
  readonly #kept: Map<string, string>;

  constructor(kept: ReadonlyMap<string, string> = new Map()) {
    this.#kept = new Map(kept);
  }

  get(key: string): string | null {
    return this.#kept.get(key) ?? null;
  }

  set(key: string, value: string | null): void {
    if (value === null) this.#kept.delete(key);
    else this.#kept.set(key, value);
  }

  copy(): TabMemory {
    return new TabMemory(this.#kept);
  }
}
