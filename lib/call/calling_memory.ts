/** The call a tab is in the midst of placing or answering, for that tab loaded anew. */
import * as v from "valibot";
import type { CallId } from "../protocol/ids.ts";
import type { CallKind } from "../protocol/names_messages.ts";
import { callId, callKind } from "../protocol/names_schema.ts";
import { bool, personName, text, time } from "../protocol/schema.ts";
import type { Memory } from "./ports.ts";

export interface CallingMemory {
  readonly call: CallId;
  /** The other one's name. */
  readonly with: string;
  readonly kind: CallKind;
  /** Since when, ms since 1970. */
  readonly at: number;
  readonly incoming: boolean;
  readonly camera: boolean;
  /** What its agreement saved. */
  readonly saved: string;
}

const KEY = "tertulia.calling";
const calling: v.GenericSchema<unknown, CallingMemory> = v.object({
  call: callId,
  with: personName,
  kind: callKind,
  at: time,
  incoming: bool,
  camera: bool,
  saved: text(2048),
});

export function recallCalling(tab: Memory): CallingMemory | null {
  try {
    const kept = v.safeParse(calling, JSON.parse(tab.get(KEY) ?? "null"));
    return kept.success ? kept.output : null;
  } catch {
    return null;
  }
}

/** Keeps the call in the place of what was kept; null forgets. */
export function rememberCalling(tab: Memory, kept: CallingMemory | null): void {
  tab.set(KEY, kept === null ? null : JSON.stringify(kept));
}
