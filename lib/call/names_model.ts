/**
 * What the views may know of one's name and of calls by name: read-only signals and actions.
 * `names.ts` implements it; it comes as a part of its own, once somebody has or takes a name.
 */
import type { ReadonlySignal } from "@preact/signals-core";
import type { CallId, RoomId } from "../protocol/ids.ts";
import type { NameFault } from "../protocol/names.ts";
import type { CallEnding, CallKind, Reach } from "../protocol/names_messages.ts";

/** How one's own name stands. */
export type OwnName =
  | { readonly is: "none" }
  /** Asked for; or ours, and the server does not answer at the moment. */
  | { readonly is: "asking"; readonly name: string }
  /** Ours, and one may be called. */
  | { readonly is: "held"; readonly name: string }
  | {
    readonly is: "refused";
    readonly name: string;
    /** `taken`: another key holds it. `unsupported`: this page cannot keep a key (plain http). */
    readonly why: NameFault | "taken" | "unsupported";
    /** A free one like it. */
    readonly suggestion: string | null;
  };

/** Somebody who is there. */
export interface PersonHere {
  readonly name: string;
  readonly reach: Reach;
}

/** Why a call one has placed came to nothing. */
export type NoCall =
  | Exclude<CallEnding, "accepted">
  | "not-there"
  | "own-name"
  | "too-many-calls"
  | "in-call"
  | "failed";

/** The call one has placed. */
export interface OutgoingCall {
  readonly call: CallId;
  readonly to: string;
  readonly kind: CallKind;
  /** Devices are asked for; the server is asked; it rings; it came to nothing. */
  readonly stage:
    | { readonly is: "asking" }
    | { readonly is: "calling" }
    | { readonly is: "ringing" }
    | { readonly is: "over"; readonly why: NoCall };
}

/** Somebody calls, and this tab rings. */
export interface IncomingCall {
  readonly call: CallId;
  readonly from: string;
  /** `watch`: they only want to see; one is not going to see or hear them. */
  readonly kind: CallKind;
  /** Accepted here, and on its way into the room. */
  readonly answering: boolean;
}

/** Two who are to be in a room of their own: show it, in this document. */
export interface Talk {
  readonly call: CallId;
  readonly with: string;
  readonly room: RoomId;
  /** For the address bar: path and secret of the room. */
  readonly address: string;
  readonly kind: CallKind;
  /** False for who only watches: nothing of theirs is asked for or sent. */
  readonly sends: boolean;
  /** False for who answered without camera. */
  readonly camera: boolean;
  /** False where the other one answered without camera. */
  readonly theirCamera: boolean;
  /** The other one has hung up or is gone, and nobody else is inside: the room may be left. */
  readonly over: boolean;
}

/** A call of before, in this browser only; the latest first. */
export interface RecentCall {
  readonly call: CallId;
  readonly name: string;
  /** Ms since 1970. */
  readonly at: number;
  readonly incoming: boolean;
  readonly kind: CallKind;
  readonly end: CallEnding | "not-there";
  /** Somebody called and was not answered by any tab. */
  readonly missed: boolean;
}

export interface NamesModel {
  readonly me: ReadonlySignal<OwnName>;
  /** False: reachable by those who know the name, and in nobody's list. */
  readonly listed: ReadonlySignal<boolean>;
  /** Do not disturb: calls do not ring, and are among the missed ones. */
  readonly dnd: ReadonlySignal<boolean>;
  /** Who is there, oneself left out, by name; null until it was told. */
  readonly people: ReadonlySignal<readonly PersonHere[] | null>;
  readonly outgoing: ReadonlySignal<OutgoingCall | null>;
  readonly incoming: ReadonlySignal<IncomingCall | null>;
  readonly talk: ReadonlySignal<Talk | null>;
  readonly recent: ReadonlySignal<readonly RecentCall[]>;
  /** How many missed calls were not looked at. */
  readonly missed: ReadonlySignal<number>;
  /** Takes a name, and keeps it: see `me` for how that went. */
  take(name: string): Promise<void>;
  /** Gives the name back for good, key and all. */
  forget(): Promise<void>;
  setListed(on: boolean): void;
  setDnd(on: boolean): void;
  /** Asks for the devices (not for who only watches), then calls. */
  call(name: string, kind?: CallKind): Promise<void>;
  cancel(): void;
  /** Takes what came of the last call from the screen. */
  dismiss(): void;
  /** Answers the call that rings; false: without camera. Devices are asked for first. */
  accept(camera?: boolean): Promise<void>;
  decline(): void;
  /** Ends the talk for both; the room is left by who shows it. */
  hangUp(): void;
  /** The missed calls were looked at. */
  seen(): void;
  clearRecent(): void;
  dispose(): void;
}
