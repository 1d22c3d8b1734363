/** Runs asynchronous tasks one after the other, in the order they were given. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;
  readonly #failed: (error: unknown) => void;

  /** @param failed told of every task that throws; the next one runs all the same */
  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  /** Settles, never rejecting, once the task has run or was skipped because the queue closed. */
  add(task: () => Promise<void> | void): Promise<void> {
    const run = this.#last.then(async () => {
      if (!this.#closed) await task();
    }).catch((error) => {
      if (!this.#closed) this.#failed(error);
    });
    this.#last = run;
    return run;
  }

  /** Tasks not yet begun are skipped, errors of the one under way are no longer told. */
  close(): void {
    this.#closed = true;
  }
}
