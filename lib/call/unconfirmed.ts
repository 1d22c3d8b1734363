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

  /** How it ended is known. */
  parted(call: CallId): void {
    this.#partings.delete(call);
  }

  /** There was nothing to part from; a server that was started anew is told how it ended. */
  refused(call: CallId, isUnknown: boolean): void {
    const parting = this.#partings.get(call);
    this.#partings.delete(call);
    if (isUnknown && parting) this.#say({ type: "call?", call, known: ENDING_OF[parting] });
  }

  /**
   * Says again what was said, and asks about what was not confirmed.
   *
   * @param isNew this page was loaded, or the server started, since: the server may have forgotten
   * the latest endings, and the other one may not have heard them
   */
  sayAgain(isNew: boolean): void {
    for (const [call, type] of this.#partings) this.#say({ type, call });
    for (const { call, end, open } of this.#recent.since(this.#clock.now() - ENDING_KEPT_MS)) {
      if (end === "not-there" || !(open || isNew)) continue;
      const isGuess = open && end === "interrupted";
      this.#say({ type: "call?", call, ...isGuess ? {} : { known: end } });
    }
  }
}
