/** Names: taken, kept for their owners, given back; and who is there by them. Pure. */
import type { SessionId } from "../protocol/ids.ts";
import { foldName, suggestName } from "../protocol/names.ts";
import { NAME_RESERVED_MS, NAMES_KEPT } from "../protocol/names_limits.ts";
import { ringAt, tabGone, tabMoved } from "./calls.ts";
import type { KeptNames, PeopleCommand, RegisterCommand, Reservation } from "./people_commands.ts";
import { nameOf, type NameState, type PeopleState, tabOf, type TabState } from "./people_state.ts";
import { refuse, tell, touch, type Turn } from "./people_turn.ts";

type Command<K extends PeopleCommand["do"]> = Extract<PeopleCommand, { do: K }>;

/** Reservations are looked through so often. */
const REVIEW_EVERY_MS = 60 * 60 * 1000;

/** Takes in what was kept. */
export function load(turn: Turn, { kept }: Command<"load">): void {
  for (const [folded, at] of kept.given) turn.state.given.set(folded, at);
  for (const reservation of kept.names) {
    const { name, issuedAt, usedAt } = reservation;
    const folded = foldName(name);
    if (turn.state.names.has(folded)) continue;
    const keys = [...reservation.keys];
    add(turn.state, {
      folded,
      name,
      keys,
      issuedAt,
      usedAt,
      listed: true,
      dnd: false,
      tabs: [],
    });
  }
}

/** Gives a session its name: free, its own, or claimed by whoever had it first. */
export function register(turn: Turn, registered: RegisterCommand): void {
  const { state, at } = turn;
  const command = isVoid(state, registered) ? { ...registered, issuedAt: null } : registered;
  const { session, folded, key } = command;
  touch(turn, folded);
  const holder = state.names.get(folded);
  if (holder !== undefined && !holder.keys.includes(key)) {
    if (isReserved(holder, at) && !isEarlier(command, holder)) {
      const suggestion = suggestName(command.name, (other) => isFree(state, other, at));
      return refuse(turn, command, "register", "name-taken", "held by another key", suggestion);
    }
    drop(turn, holder, "claimed");
  }
  const held = nameOf(state, session); // this tab knows; those of the name's other tabs are told
  if (held !== undefined && held.folded !== folded) removeTab(turn, held, session);
  const old = state.byKey.get(key);
  if (old !== undefined && old !== folded) drop(turn, state.names.get(old)!, "forgotten");
  const name = state.names.get(folded) ?? addNew(turn, command);
  name.name = command.name;
  name.issuedAt = Math.min(name.issuedAt, command.issuedAt ?? at);
  name.listed = command.listed;
  name.dnd = command.dnd;
  putTab(turn, name, command);
  turn.effects.push({ do: "registered", session, reservation: reservationOf(name, at) });
  turn.effects.push({ do: "save" }, { do: "renamed", session });
  ringAt(turn, name, session);
}

/** Gives a name back, for all its owner's tabs. */
export function forget(turn: Turn, command: Command<"forget">): void {
  const name = nameOf(turn.state, command.session);
  if (name === undefined) return refuse(turn, command, "forget", "no-name", "no name is held");
  drop(turn, name, "forgotten");
  turn.effects.push({ do: "save" });
}

export function setReach(turn: Turn, command: Command<"reach">): void {
  const name = nameOf(turn.state, command.session);
  if (name === undefined) return refuse(turn, command, "reach", "no-name", "no name is held");
  touch(turn, name.folded);
  name.listed = command.listed;
  name.dnd = command.dnd;
}

/** A tab may come back for a while; if it goes twice, the earlier end of that counts. */
export function detach(turn: Turn, { session, keptMs }: Command<"detach">): void {
  const tab = tabOf(nameOf(turn.state, session), session);
  if (tab !== undefined) tab.goneAt = Math.min(tab.goneAt ?? Infinity, turn.at + keptMs);
}

export function seat(turn: Turn, { session, room }: Command<"seat">): void {
  const name = nameOf(turn.state, session);
  const tab = tabOf(name, session);
  if (name === undefined || tab === undefined || tab.room === room) return;
  touch(turn, name.folded);
  const before = tab.room;
  tab.room = room;
  tabMoved(turn, session, before);
}

/** Tabs that stayed away for too long are gone, and reservations that ended. */
export function tickDirectory(turn: Turn): void {
  const { state, at } = turn;
  for (const [session, folded] of [...state.bySession]) {
    const name = state.names.get(folded)!;
    const tab = tabOf(name, session)!;
    // A room keeps its absent ones for longer, and says when they are gone.
    if (tab.goneAt !== null && tab.goneAt <= at && tab.room === null) {
      removeTab(turn, name, session);
    }
  }
  if (at < state.reviewAt) return;
  state.reviewAt = at + REVIEW_EVERY_MS;
  const ended = [...state.names.values()].filter((name) => !isReserved(name, at));
  for (const name of ended) remove(state, name);
  for (const [folded, time] of state.given) {
    if (at >= time + NAME_RESERVED_MS) state.given.delete(folded); // no claim is so old
  }
  if (ended.length > 0) turn.effects.push({ do: "save" });
}

/** When a `tick` is due for tabs that may be gone, ms since 1970; null: never. */
export function directoryDueAt(state: PeopleState): number | null {
  let due: number | null = state.names.size > 0 ? state.reviewAt : null;
  for (const [session, folded] of state.bySession) {
    const { goneAt, room } = tabOf(state.names.get(folded), session)!;
    if (goneAt !== null && room === null && (due === null || goneAt < due)) due = goneAt;
  }
  return due;
}

/** What is to outlive the process. */
export function keptOf(state: PeopleState, at: number): KeptNames {
  const names = [...state.names.values()].map((name) => reservationOf(name, at));
  return { names, given: [...state.given] };
}

/** Whether a name is held by somebody else than this session: then with a free one like it. */
export function wornBy(
  state: PeopleState,
  name: string,
  session: SessionId,
  at: number,
): { readonly is: "free" | "own" } | { readonly is: "taken"; readonly suggestion: string } {
  const folded = foldName(name);
  if (isFree(state, folded, at)) return { is: "free" };
  if (state.bySession.get(session) === folded) return { is: "own" };
  return { is: "taken", suggestion: suggestName(name, (other) => isFree(state, other, at)) };
}

function isFree(state: PeopleState, folded: string, at: number): boolean {
  const name = state.names.get(folded);
  return name === undefined || !isReserved(name, at);
}

function isReserved({ tabs, usedAt }: NameState, at: number): boolean {
  return tabs.length > 0 || at < usedAt + NAME_RESERVED_MS;
}

/** A claim of before the name was given back. */
function isVoid({ given }: PeopleState, { folded, issuedAt }: RegisterCommand): boolean {
  return issuedAt !== null && issuedAt <= (given.get(folded) ?? -Infinity);
}

function isEarlier({ issuedAt }: RegisterCommand, holder: NameState): boolean {
  return issuedAt !== null && issuedAt < holder.issuedAt;
}

function reservationOf({ name, keys, issuedAt, usedAt, tabs }: NameState, at: number): Reservation {
  return { name, keys: [...keys], issuedAt, usedAt: tabs.length > 0 ? at : usedAt };
}

function addNew(turn: Turn, command: RegisterCommand): NameState {
  const { state, at } = turn;
  if (state.names.size >= NAMES_KEPT) dropOldest(state);
  const name: NameState = {
    folded: command.folded,
    name: command.name,
    keys: [command.key],
    issuedAt: command.issuedAt ?? at,
    usedAt: at,
    listed: command.listed,
    dnd: command.dnd,
    tabs: [],
  };
  add(state, name);
  return name;
}

/** Names somebody is there by stay, however many they are: sockets bound these. */
function dropOldest(state: PeopleState): void {
  let oldest: NameState | undefined;
  for (const name of state.names.values()) {
    if (name.tabs.length === 0 && name.usedAt < (oldest?.usedAt ?? Infinity)) oldest = name;
  }
  if (oldest !== undefined) remove(state, oldest);
}

function add(state: PeopleState, name: NameState): void {
  state.names.set(name.folded, name);
  for (const key of name.keys) state.byKey.set(key, name.folded);
}

function remove(state: PeopleState, name: NameState): void {
  state.names.delete(name.folded);
  for (const key of name.keys) state.byKey.delete(key);
}

function putTab(turn: Turn, name: NameState, { session, room }: RegisterCommand): void {
  const known = tabOf(name, session);
  if (known !== undefined) {
    known.goneAt = null;
    known.room = room;
    return;
  }
  const tab: TabState = { session, room, goneAt: null };
  name.tabs.push(tab);
  turn.state.bySession.set(session, name.folded);
}

function removeTab(turn: Turn, name: NameState, session: SessionId): void {
  touch(turn, name.folded);
  name.tabs = name.tabs.filter((each) => each.session !== session);
  turn.state.bySession.delete(session);
  if (name.tabs.length === 0) name.usedAt = turn.at;
  turn.effects.push({ do: "renamed", session });
  tabGone(turn, name, session);
}

/** Takes a name from its holder. */
function drop(turn: Turn, name: NameState, why: "forgotten" | "claimed"): void {
  touch(turn, name.folded);
  const sessions = name.tabs.map(({ session }) => session);
  tell(turn, sessions, { type: "unnamed", why });
  for (const session of sessions) removeTab(turn, name, session);
  remove(turn.state, name);
  if (why === "forgotten") turn.state.given.set(name.folded, turn.at);
}
