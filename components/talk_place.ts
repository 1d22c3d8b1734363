import type { CallKind } from "../lib/protocol/names_messages.ts";
import type { Talk } from "../lib/call/names_model.ts";

/** A call by name as its room knows it; kept in the history's entry, for a reload. */
export interface TalkPlace {
  /** The other one's name. */
  readonly with: string;
  readonly kind: CallKind;
  /** False for who only watches. */
  readonly sends: boolean;
}

/** What of a talk is the room's. */
export function talkPlace({ with: name, kind, sends }: Talk): TalkPlace {
  return { with: name, kind, sends };
}

/** A call by name in its room, while it is on and after it. */
export interface TalkHere extends TalkPlace {
  /** Who ended it; null: it is on. */
  readonly over: "mine" | "theirs" | null;
  /** Ends it for both. */
  readonly hangUp: () => void;
  /** Calls the other one once more; null: that cannot be done from this page. */
  readonly again: (() => void) | null;
}
