/**
 * What this tab remembers of its session, so that a reload keeps the seat: the signed token, the
 * room card, and the room it sat in. Kept in the tab's own memory, never the browser's: another tab
 * is another session.
 */
import * as v from "valibot";
import type { RoomId } from "../protocol/ids.ts";
import { card, roomId, token } from "../protocol/schema.ts";
import type { Memory } from "./ports.ts";

export interface Remembered {
  readonly token: string;
  /** The last room card had, to be sent back in a resume. */
  readonly card: string | null;
  /** The room this session sits in; null when it sits in none, or was told to leave it. */
  readonly room: RoomId | null;
}

const KEY = "tertulia.session";
const remembered: v.GenericSchema<unknown, Remembered> = v.object({
  token,
  card: v.nullable(card),
  room: v.nullable(roomId),
});

/** Reads what was kept; null when there is nothing, or nothing that can be read. */
export function recall(tab: Memory): Remembered | null {
  const text = tab.get(KEY);
  if (text === null) return null;
  try {
    const result = v.safeParse(remembered, JSON.parse(text));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}

/** Keeps `session` in the place of what was kept; null forgets. */
export function remember(tab: Memory, session: Remembered | null): void {
  tab.set(KEY, session === null ? null : JSON.stringify(session));
}
