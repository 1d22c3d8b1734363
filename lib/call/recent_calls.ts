/** Calls of before, in this browser only. Its tabs share them: each call is there once. */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import * as v from "valibot";
import { callEnding, callId, callKind } from "../protocol/names_schema.ts";
import { bool, oneOf, personName, time } from "../protocol/schema.ts";
import type { CallEnding } from "../protocol/names_messages.ts";
import type { RecentCall } from "./names_model.ts";
import type { Memory } from "./ports.ts";

export const RECENT_KEPT = 50;
const KEY = "tertulia.calls";
const SEEN = "tertulia.calls.seen";

/** As it is kept. */
export interface KeptCall extends RecentCall {
  /** The server has not confirmed how it ended. */
  readonly open?: boolean;
}

const recent: v.GenericSchema<unknown, KeptCall> = v.object({
  call: callId,
  name: personName,
  at: time,
  incoming: bool,
  kind: callKind,
  end: v.union([callEnding, oneOf("not-there")]),
  missed: bool,
  open: v.optional(bool),
});

/** A call nobody answered; one that was declined, or answered in another tab, is none. */
export function isMissed(end: CallEnding): boolean {
  return end !== "accepted" && end !== "declined";
}

export class RecentCalls {
  readonly #memory: Memory;
  readonly #all;
  readonly #missed = signal(0);

  readonly all: ReadonlySignal<readonly RecentCall[]>;
  /** How many missed ones were not looked at. */
  readonly missed: ReadonlySignal<number> = this.#missed;

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#all = signal<readonly KeptCall[]>(this.#read());
    this.all = this.#all;
    this.#count();
  }

  /**
   * Notes how a call ended; what another tab noted of it gives way.
   *
   * @param open the server has not confirmed it: then what it has confirmed stays
   */
  note(call: RecentCall, open = false): void {
    const all = this.#read();
    if (open && all.some((each) => each.call === call.call && !each.open)) return;
    const others = all.filter((each) => each.call !== call.call);
    const kept = open ? { ...call, open } : call;
    this.#write([kept, ...others].toSorted((a, b) => b.at - a.at).slice(0, RECENT_KEPT));
  }

  /** Those after `at`, of all tabs. */
  since(at: number): readonly KeptCall[] {
    return this.#read().filter((each) => each.at > at);
  }

  /** Up to the latest they were looked at. */
  seen(): void {
    this.#memory.set(SEEN, String(this.#all.peek()[0]?.at ?? 0));
    this.#count();
  }

  clear(): void {
    this.#write([]);
  }

  #read(): readonly KeptCall[] {
    try {
      const kept = v.safeParse(v.array(recent), JSON.parse(this.#memory.get(KEY) ?? "[]"));
      return kept.success ? kept.output : [];
    } catch {
      return [];
    }
  }

  #write(calls: readonly KeptCall[]): void {
    this.#memory.set(KEY, calls.length === 0 ? null : JSON.stringify(calls));
    this.#all.value = calls;
    this.#count();
  }

  #count(): void {
    const seenAt = Number(this.#memory.get(SEEN) ?? 0);
    this.#missed.value = this.#all.peek().filter(({ missed, at }) => missed && at > seenAt).length;
  }
}
