/** The end of a server that means to go: everybody is told, nobody is waited for in vain. */
import { CLOSE_RETRY } from "../protocol/limits.ts";
import { write } from "../protocol/frame.ts";
import type { Connection } from "./connection.ts";
import type { Clock } from "./ports.ts";

/** A reader that has stalled never answers a close; so long is waited for those that do. */
export const DRAIN_MS = 500;

export class Drain {
  readonly #left: Set<Connection>;
  #done: () => void = () => {};

  /** Tells all connections that the server goes, then closes them. */
  constructor(connections: Iterable<Connection>, private readonly clock: Clock) {
    this.#left = new Set(connections);
    const frame = write({ type: "draining" });
    for (const { outbox } of this.#left) {
      outbox.frame(frame);
      outbox.close(CLOSE_RETRY, "draining");
    }
    // After all are closed: nobody is to see the others become absent.
    for (const connection of this.#left) connection.end(CLOSE_RETRY, "draining");
  }

  /** The other side has answered the close. */
  closed(connection: Connection): void {
    this.#left.delete(connection);
    if (this.#left.size === 0) this.#done();
  }

  /** Resolves when all have answered, or after {@link DRAIN_MS}. */
  finished(): Promise<void> {
    return new Promise((resolve) => {
      const undo = this.clock.after(DRAIN_MS, resolve);
      this.#done = () => {
        undo();
        resolve();
      };
      if (this.#left.size === 0) this.#done();
    });
  }
}
