/** A clock that stands still until told to move. Satisfies the Clock port of both sides. */

interface Task {
  at: number;
  /** Tasks due at the same time run in the order they were set. */
  readonly order: number;
  readonly periodMs: number | null;
  readonly run: () => void;
}

/** Manual time: `advance` runs what falls due, in order of time, each at its own time. */
export class FakeClock {
  #now: number;
  #order = 0;
  readonly #tasks = new Set<Task>();

  /** @param startMs the first `now()`; any value, by default a date well above zero */
  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#now = startMs;
  }

  /** Ms since 1970. */
  now(): number {
    return this.#now;
  }

  /** As `now`: nothing sets this one apart from that. */
  date(): number {
    return this.#now;
  }

  /** Runs `task` once, `delayMs` from now; the returned function undoes it. */
  after(delayMs: number, task: () => void): () => void {
    return this.#add(delayMs, null, task);
  }

  /** Runs `task` every `periodMs`, first after one period; the returned function ends it. */
  every(periodMs: number, task: () => void): () => void {
    if (!(periodMs > 0)) throw new RangeError("a period must be above 0 ms");
    return this.#add(periodMs, periodMs, task);
  }

  /** Resolves `delayMs` from now, when the clock is advanced so far. */
  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.after(delayMs, resolve));
  }

  /** Moves time on, running what falls due on the way, tasks set meanwhile included. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#first(end); next !== null; next = this.#first(end)) {
      this.#now = Math.max(this.#now, next.at);
      if (next.periodMs === null) this.#tasks.delete(next);
      else next.at += next.periodMs;
      next.run();
    }
    this.#now = end;
  }

  /** Sets the wall clock as a computer's owner would: nothing falls due by it. */
  jump(ms: number): void {
    this.#now += ms;
    for (const task of this.#tasks) task.at += ms;
  }

  /** How many tasks are set; 0 after everything was disposed. */
  get waiting(): number {
    return this.#tasks.size;
  }

  /** When the next task falls due, ms since 1970, or null. */
  get nextAt(): number | null {
    return this.#first(Infinity)?.at ?? null;
  }

  #add(delayMs: number, periodMs: number | null, run: () => void): () => void {
    const at = this.#now + Math.max(0, delayMs);
    const task: Task = { at, order: this.#order++, periodMs, run };
    this.#tasks.add(task);
    return () => void this.#tasks.delete(task);
  }

  #first(end: number): Task | null {
    let first: Task | null = null;
    for (const task of this.#tasks) {
      if (task.at > end) continue;
      if (
        first === null || task.at < first.at || (task.at === first.at && task.order < first.order)
      ) {
        first = task;
      }
    }
    return first;
  }
}
