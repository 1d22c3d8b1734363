/**
 * What the log of names and calls is made of, and what folding it asks of the world. Everything
 * that is not settled by the state — time, ids, what was verified — is in the command.
 */
import type { CallId, RoomId, SessionId } from "../protocol/ids.ts";
import type {
  CallEnding,
  CallKind,
  NamesServerMessage,
  PersonNews,
} from "../protocol/names_messages.ts";

interface At {
  /** Ms since 1970. */
  readonly at: number;
}
interface BySession extends At {
  readonly session: SessionId;
}
interface OfCall extends BySession {
  readonly call: CallId;
}

/** A name as it outlives the process. */
export interface Reservation {
  readonly name: string;
  readonly keys: readonly string[];
  readonly issuedAt: number;
  readonly usedAt: number;
}

/** All that outlives the process. */
export interface KeptNames {
  readonly names: readonly Reservation[];
  /** Folded names with the time they were given back at, ms since 1970. */
  readonly given: readonly (readonly [folded: string, at: number])[];
}

export interface RegisterCommand extends BySession {
  readonly do: "register";
  /** As typed. */
  readonly name: string;
  readonly folded: string;
  /** The key whose signature was verified. */
  readonly key: string;
  /** When the name was first taken, by a claim that was verified; else null. */
  readonly issuedAt: number | null;
  readonly listed: boolean;
  readonly dnd: boolean;
  /** Where the session has a seat. */
  readonly room: RoomId | null;
}

export interface PlaceCommand extends OfCall {
  readonly do: "call";
  readonly to: string;
  readonly kind: CallKind;
  readonly key: string;
  /** Minted for this call. */
  readonly room: RoomId;
  /** How long it rings. */
  readonly ringMs: number;
}

export interface AskCommand extends OfCall {
  readonly do: "ask";
  /** With which the asking page placed or answered it. */
  readonly key: string | null;
  readonly known?: CallEnding;
  /** Until then others may know how calls of before a restart ended, ms since 1970. */
  readonly recoveringUntil: number;
}

export type PeopleCommand =
  /** What was kept, before anything else. */
  | (At & { readonly do: "load"; readonly kept: KeptNames })
  | RegisterCommand
  | (BySession & { readonly do: "forget" })
  | (BySession & { readonly do: "reach"; readonly listed: boolean; readonly dnd: boolean })
  /** The socket is gone, or the page says that it goes: how long it may take to come back. */
  | (BySession & { readonly do: "detach"; readonly keptMs: number })
  /** The session has a seat in another room, or in none. */
  | (BySession & { readonly do: "seat"; readonly room: RoomId | null })
  | PlaceCommand
  | (OfCall & { readonly do: "accept"; readonly key: string; readonly camera: boolean })
  | (OfCall & { readonly do: "cancel" })
  | (OfCall & { readonly do: "decline" })
  | (OfCall & { readonly do: "hangup" })
  | AskCommand
  | (At & { readonly do: "tick" });

/** What the world is to do. Each process does it for the sockets it holds. */
export type PeopleEffect =
  | {
    readonly do: "tell";
    readonly to: readonly SessionId[];
    readonly message: NamesServerMessage;
  }
  /** The session holds the name: it is to get a claim to it. */
  | { readonly do: "registered"; readonly session: SessionId; readonly reservation: Reservation }
  /** Those who look at who is there are to know. */
  | { readonly do: "news"; readonly news: PersonNews }
  /** The session holds another name than before, or none: its seat's mark may change. */
  | { readonly do: "renamed"; readonly session: SessionId }
  /** The reservations are to be kept. */
  | { readonly do: "save" };
