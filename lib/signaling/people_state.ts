/** Names, who is there by them, and the calls between them: what folding their log gives. */
import type { CallId, RoomId, SessionId } from "../protocol/ids.ts";
import type { CallEnding, CallKind, Reach } from "../protocol/names_messages.ts";

/** A name somebody holds. */
export interface NameState {
  readonly folded: string;
  /** As its owner writes it. */
  name: string;
  /** The owner: whoever has one of these keys. */
  keys: string[];
  /** When it was first taken, ms since 1970: of two owners the earlier one is right. */
  issuedAt: number;
  /** When its last tab went; of no meaning while there is one. */
  usedAt: number;
  listed: boolean;
  dnd: boolean;
  /** The owner's, one for each session. */
  tabs: TabState[];
}

export interface TabState {
  readonly session: SessionId;
  /** Where it has a seat. */
  room: RoomId | null;
  /** When it will be taken for gone, ms since 1970; null while it has a socket. */
  goneAt: number | null;
}

/** A call that rings or was accepted. */
export interface CallState {
  readonly call: CallId;
  /** Folded names. */
  readonly from: string;
  readonly to: string;
  readonly fromName: string;
  readonly toName: string;
  readonly kind: CallKind;
  /** Where the two will meet. Told to nobody before it is accepted. */
  readonly room: RoomId;
  /** The tab it was placed from; another one after that was loaded anew. */
  caller: SessionId;
  readonly callerKey: string;
  /** When it has rung for long enough, ms since 1970. */
  readonly until: number;
  /** Null while it rings. */
  answer: Answer | null;
}

export interface Answer {
  /** The tab that answered. */
  callee: SessionId;
  readonly key: string;
  readonly camera: boolean;
  /** The call that this one was answered by, where the two called each other. */
  readonly crossed: CallId | null;
}

/** How a call ended; the names are null where only its id is known, after a restart. */
export interface Ending {
  readonly why: CallEnding;
  readonly at: number;
  readonly from: string | null;
  readonly to: string | null;
}

export interface PeopleState {
  /** By folded name. */
  readonly names: Map<string, NameState>;
  /** Folded names by the key that holds them: one key, one name. */
  readonly byKey: Map<string, string>;
  /** When names were given back, ms since 1970: claims to them of before are worth nothing. */
  readonly given: Map<string, number>;
  /** Folded names by the sessions that hold them now. */
  readonly bySession: Map<SessionId, string>;
  readonly calls: Map<CallId, CallState>;
  /** The latest last. */
  readonly endings: Map<CallId, Ending>;
  /** Calls of before a restart, and who waits to be told of them. */
  readonly asked: Map<CallId, { readonly until: number; readonly askers: SessionId[] }>;
  /** When calls were placed, by who called whom. */
  readonly placed: Map<string, number[]>;
  /** When reservations are looked through next, ms since 1970. */
  reviewAt: number;
}

export function nobody(): PeopleState {
  return {
    names: new Map(),
    byKey: new Map(),
    given: new Map(),
    bySession: new Map(),
    calls: new Map(),
    endings: new Map(),
    asked: new Map(),
    placed: new Map(),
    reviewAt: 0,
  };
}

/** The name a session holds now. */
export function nameOf(state: PeopleState, session: SessionId): NameState | undefined {
  const folded = state.bySession.get(session);
  return folded === undefined ? undefined : state.names.get(folded);
}

export function tabOf(name: NameState | undefined, session: SessionId): TabState | undefined {
  return name?.tabs.find((each) => each.session === session);
}

/** The call of an id, or the one it became where two called each other. */
export function callOf(state: PeopleState, id: CallId): CallState | undefined {
  const call = state.calls.get(id);
  if (call !== undefined) return call;
  for (const each of state.calls.values()) if (each.answer?.crossed === id) return each;
  return undefined;
}

/** In a room, or in a call that rings or was accepted. */
export function isEngaged(state: PeopleState, name: NameState): boolean {
  if (name.tabs.some(({ room }) => room !== null)) return true;
  for (const { from, to } of state.calls.values()) {
    if (from === name.folded || to === name.folded) return true;
  }
  return false;
}

/** How others see somebody; null: not at all. */
export function reachOf(state: PeopleState, name: NameState | undefined): Reach | null {
  if (name === undefined || !name.listed || name.tabs.length === 0) return null;
  if (name.dnd) return "dnd";
  return isEngaged(state, name) ? "busy" : "free";
}
