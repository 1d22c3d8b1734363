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

const recent: v.GenericSchema<unknown, RecentCall> = v.object({
  call: callId,
  name: personName,
  at: time,
  incoming: bool,
  kind: callKind,
  end: v.union([callEnding, oneOf("not-there")]),
  missed: bool,
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
    this.#all = signal<readonly RecentCall[]>(this.#read());
    this.all = this.#all;
    this.#count();
  }

  /** Notes how a call ended; what another tab noted of it gives way. */
  note(call: RecentCall): void {
    const others = this.#read().filter((each) => each.call !== call.call);
    this.#write([call, ...others].toSorted((a, b) => b.at - a.at).slice(0, RECENT_KEPT));
  }

  /** Up to the latest they were looked at. */
  seen(): void {
    this.#memory.set(SEEN, String(this.#all.peek()[0]?.at ?? 0));
    this.#count();
  }

  clear(): void {
    this.#write([]);
  }

  #read(): readonly RecentCall[] {
    try {
      const kept = v.safeParse(v.array(recent), JSON.parse(this.#memory.get(KEY) ?? "[]"));
      return kept.success ? kept.output : [];
    } catch {
      return [];
    }
  }

  #write(calls: readonly RecentCall[]): void {
    this.#memory.set(KEY, calls.length === 0 ? null : JSON.stringify(calls));
    this.#all.value = calls;
    this.#count();
  }

  #count(): void {
    const seenAt = Number(this.#memory.get(SEEN) ?? 0);
    this.#missed.value = this.#all.peek().filter(({ missed, at }) => missed && at > seenAt).length;
  }
}
