/** What of calls was said or heard, and the server may not know: said again on the next socket. */
import type { CallId } from "../protocol/ids.ts";
import { ENDING_KEPT_MS } from "../protocol/names_limits.ts";
import type { CallEnding, NamesClientBody } from "../protocol/names_messages.ts";
import type { Clock } from "./ports.ts";
import type { RecentCalls } from "./recent_calls.ts";

export type Parting = "cancel" | "decline" | "hangup";

/** How a call ended, if it was parted from in time. */
const ENDING_OF: Readonly<Record<Parting, CallEnding>> = {
  cancel: "cancelled",
  decline: "declined",
  hangup: "accepted",
};

export class Unconfirmed {
  readonly #clock: Clock;
  readonly #recent: RecentCalls;
  readonly #say: (body: NamesClientBody) => void;
  readonly #partings = new Map<CallId, Parting>();
  readonly #ends = new Map<CallId, { readonly why: CallEnding; readonly at: number }>();

  constructor(clock: Clock, recent: RecentCalls, say: (body: NamesClientBody) => void) {
    this.#clock = clock;
    this.#recent = recent;
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

  /** The other one had parted before. */
  parted(call: CallId): void {
    this.#partings.delete(call);
  }

  /** There was nothing to part from; a server that was started anew is told how it ended. */
  refused(call: CallId, isUnknown: boolean): void {
    const parting = this.#partings.get(call);
    this.#partings.delete(call);
    if (isUnknown && parting) this.#say({ type: "call?", call, known: ENDING_OF[parting] });
  }

  /** How a call ended, or that it was accepted. */
  ended(call: CallId, why: CallEnding): void {
    this.#partings.delete(call);
    this.#ends.set(call, { why, at: this.#clock.now() });
  }

  /** @param isNew the server was started anew since: the other one may not have heard an ending */
  sayAgain(isNew: boolean): void {
    const now = this.#clock.now();
    for (const [call, type] of this.#partings) this.#say({ type, call });
    for (const { call, end } of this.#recent.unconfirmed(now - ENDING_KEPT_MS)) {
      const isKnown = end !== "interrupted" && end !== "not-there";
      this.#say({ type: "call?", call, ...isKnown ? { known: end } : {} });
    }
    for (const [call, { why, at }] of this.#ends) {
      if (now - at > ENDING_KEPT_MS) this.#ends.delete(call);
      else if (isNew) this.#say({ type: "call?", call, known: why });
    }
  }
}
