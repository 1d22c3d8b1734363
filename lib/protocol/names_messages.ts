/**
 * Names and calls by name on the wire: what comes beside `messages.ts` on the same socket. Apart,
 * because a page that only opens links needs none of it. docs/protocol.md tells the story.
 */
import type { CallId, EventNumber, RoomId } from "./ids.ts";

/** Whether somebody may be called: free, in a call, or not to be disturbed. */
export const REACHES = ["free", "busy", "dnd"] as const;
export type Reach = typeof REACHES[number];

/** `watch`: the caller only sees, the one called only shows (a doorbell, a baby monitor). */
export const CALL_KINDS = ["talk", "watch"] as const;
export type CallKind = typeof CALL_KINDS[number];

/** How ringing ends: every call has exactly one of these. */
export const CALL_ENDINGS = [
  "accepted",
  "declined",
  "busy", // in another call, or not to be disturbed
  "cancelled",
  "unanswered",
  "caller-gone",
  "callee-gone",
  "interrupted", // the server has restarted since and does not know it
] as const;
export type CallEnding = typeof CALL_ENDINGS[number];

/** Why what somebody asked for by name is not done. */
export const NAMES_FAULTS = [
  "bad-name",
  "name-taken", // comes with a suggestion
  "bad-proof", // of the key, or of another session, origin or purpose, or too late
  "no-name", // whoever calls has a name
  "not-there", // nobody of that name is online
  "own-name",
  "too-many-calls",
  "in-call", // who calls is in a call already
  "bad-call", // another call has that id
  "no-call", // no call has that id
  "call-over",
  "not-called", // the call is for somebody else
] as const;
export type NamesFault = typeof NAMES_FAULTS[number];

/** Somebody online, as the others see them; `gone` takes them off the list. */
export interface PersonNews {
  readonly name: string;
  readonly reach: Reach | "gone";
}

interface OfCall {
  readonly call: CallId;
}

// ---- client → server -----------------------------------------------------------------------------

export type NamesClientBody =
  /** Asks for a name; answered with `challenge`. */
  | {
    readonly type: "register";
    readonly name: string;
    /** The public key, ECDSA P-256, raw, in base64url. */
    readonly key: string;
    /** What the last `registered` brought. */
    readonly claim?: string;
    readonly listed: boolean;
    readonly dnd: boolean;
  }
  /** The challenge signed: ECDSA with SHA-256 over `proofText`, in base64url. */
  | { readonly type: "prove"; readonly signature: string }
  /** Gives the name back for good. */
  | { readonly type: "forget" }
  /** In the list or not; to be disturbed or not. */
  | { readonly type: "reach"; readonly listed: boolean; readonly dnd: boolean }
  /** Asks who is there, now and from now on; false: no more. */
  | { readonly type: "who"; readonly on: boolean }
  | (OfCall & {
    readonly type: "call";
    readonly to: string;
    readonly kind: CallKind;
    /** Of the caller's page for this call: docs/protocol.md, "The secret of their room". */
    readonly key: string;
  })
  | (OfCall & {
    readonly type: "accept";
    readonly key: string;
    /** False: answered without camera. */
    readonly camera: boolean;
  })
  | (OfCall & { readonly type: "cancel" | "decline" | "hangup" })
  /** How does it stand? */
  | (OfCall & {
    readonly type: "call?";
    /** With which this page, or what it was before it was loaded anew, placed or answered it. */
    readonly key?: string;
    /** How it ended, as this page was told before the server restarted. */
    readonly known?: CallEnding;
  });

export type NamesClientType = NamesClientBody["type"];

// ---- server → client -----------------------------------------------------------------------------

/** Both are to go into this room, and have agreed on its secret by the two keys. */
export interface CallAccepted extends OfCall {
  readonly type: "accepted";
  /** The id it goes on by: two people who call each other have one call. */
  readonly as: CallId;
  readonly role: "caller" | "callee";
  readonly with: string;
  readonly kind: CallKind;
  readonly room: RoomId;
  /** The other page's, for this call. */
  readonly key: string;
  /** Whether the other one comes with camera. */
  readonly camera: boolean;
}

export interface NamesError {
  readonly type: "names-error";
  readonly code: NamesFault;
  /** English, for developers. */
  readonly message: string;
  readonly re: NamesClientType;
  readonly call?: CallId;
  /** A free name like the one asked for. */
  readonly suggestion?: string;
}

export type NamesServerBody =
  | { readonly type: "challenge"; readonly nonce: string }
  /** The name is held. `claim` is to be kept and shown at the next `register`. */
  | { readonly type: "registered"; readonly name: string; readonly claim: string }
  /** It is held no more: given back by a tab of its owner, or claimed by an earlier one. */
  | { readonly type: "unnamed"; readonly why: "forgotten" | "claimed" }
  /** Who is there; `all`: whoever is not in it, or in those that follow, is not. */
  | { readonly type: "people"; readonly all: boolean; readonly people: readonly PersonNews[] }
  /** Somebody calls. Also said to a tab that comes while it rings. */
  | (OfCall & {
    readonly type: "ring";
    readonly from: string;
    readonly kind: CallKind;
    readonly key: string;
  })
  /** It rings at the other's. */
  | (OfCall & { readonly type: "ringing" })
  | CallAccepted
  | (OfCall & { readonly type: "ended"; readonly why: CallEnding })
  /** Somebody called while this one was not to be reached. */
  | (OfCall & { readonly type: "missed"; readonly from: string; readonly kind: CallKind })
  /** The other one has ended an accepted call. */
  | (OfCall & { readonly type: "hungup" })
  | NamesError;

/** As every server frame, it may tell what is settled. */
export type NamesServerMessage = NamesServerBody & { readonly settled?: EventNumber };
export type NamesServerType = NamesServerBody["type"];
