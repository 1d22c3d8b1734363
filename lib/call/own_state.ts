/**
 * What this page says of itself (name, media, hand): of the class *state*, the latest wins, and it
 * is said again wherever the server may not have it.
 */
import type { MediaState, OwnState } from "../protocol/messages.ts";

export class OwnStateSaid {
  #state: OwnState = {};
  /** What the server was told on this socket; compared by identity. */
  #said: OwnState | null = null;

  merge(state: OwnState): void {
    this.#state = { ...this.#state, ...state };
  }

  /** What rides on a `resume` of a session that may have a seat; undefined when there is nothing. */
  inResume(): OwnState | undefined {
    this.#said = this.#state;
    return Object.keys(this.#state).length > 0 ? this.#state : undefined;
  }

  /** Name and media for a `join` that makes a seat; a raised hand is news after it. */
  inJoin(asked: { readonly name: string; readonly media: MediaState }): typeof asked {
    const { name = asked.name, media = asked.media, hand } = this.#state;
    this.#said = hand ? null : this.#state;
    return { name, media };
  }

  /** What the server does not have, which is taken for said from now on; null: it has all. */
  takeNews(): OwnState | null {
    if (this.#said === this.#state || Object.keys(this.#state).length === 0) return null;
    this.#said = this.#state;
    return this.#state;
  }

  /** The server may have none of it: all is news. */
  unsay(): void {
    this.#said = null;
  }
}
