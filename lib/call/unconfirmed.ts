/** What of calls was said or heard, and the server may not know: said again on the next socket. */
import type { CallId } from "../protocol/ids.ts";
import type { CallEnding, NamesClientBody } from "../protocol/names_messages.ts";
import type { Clock } from "./ports.ts";

/** A server that was started anew is told of endings for so long, for the other one's sake. */
const ENDING_TOLD_MS = 60_000;

export type Parting = "cancel" | "decline" | "hangup";

export class Unconfirmed {
  readonly #clock: Clock;
  readonly #say: (body: NamesClientBody) => void;
  readonly #partings = new Map<CallId, Parting>();
  /** Given up here before the server said how they ended. */
  readonly #unsure = new Set<CallId>();
  readonly #ends = new Map<CallId, { readonly why: CallEnding; readonly at: number }>();

  constructor(clock: Clock, say: (body: NamesClientBody) => void) {
    this.#clock = clock;
    this.#say = say;
  }

  /** Ends a call from this side. */
  part(call: CallId, type: Parting): void {
    this.#partings.set(call, type);
    this.#say({ type, call });
  }

  isParting(call: CallId): boolean {
    return this.#partings.has(call);
  }

  /** The server has answered, if only that there is nothing to part from. */
  parted(call: CallId): void {
    this.#partings.delete(call);
  }

  giveUp(call: CallId): void {
    this.#unsure.add(call);
  }

  /** How a call ended, or that it was accepted. */
  ended(call: CallId, why: CallEnding): void {
    this.#partings.delete(call);
    this.#unsure.delete(call);
    this.#ends.set(call, { why, at: this.#clock.now() });
  }

  /** @param isNew the server was started anew since: the other one may not have heard an ending */
  sayAgain(isNew: boolean): void {
    for (const [call, type] of this.#partings) this.#say({ type, call });
    for (const call of this.#unsure) this.#say({ type: "call?", call });
    const now = this.#clock.now();
    for (const [call, { why, at }] of this.#ends) {
      if (now - at > ENDING_TOLD_MS) this.#ends.delete(call);
      else if (isNew) this.#say({ type: "call?", call, known: why });
    }
  }
}
