/**
 * Calls by name: each has an id and rings until it has exactly one ending. Pure. An accepted call
 * goes on as a talk, until one of the two has hung up or left the room they met in.
 */
import type { CallId, RoomId, SessionId } from "../protocol/ids.ts";
import { foldName } from "../protocol/names.ts";
import { CALLS_PER_MINUTE, ENDING_KEPT_MS, ENDINGS_KEPT } from "../protocol/names_limits.ts";
import type { CallEnding, NamesClientType } from "../protocol/names_messages.ts";
import type { AskCommand, PeopleCommand, PlaceCommand } from "./people_commands.ts";
import {
  type Answer,
  callOf,
  type CallState,
  isEngaged,
  nameOf,
  type NameState,
  type PeopleState,
  tabOf,
} from "./people_state.ts";
import { refuse, tell, touch, type Turn } from "./people_turn.ts";

type Command<K extends PeopleCommand["do"]> = Extract<PeopleCommand, { do: K }>;

const MINUTE_MS = 60_000;

/** Rings at somebody's, or says why not. Said again, it is answered by how the call stands. */
export function place(turn: Turn, command: PlaceCommand): void {
  const { state } = turn;
  const { session } = command;
  const caller = nameOf(state, session);
  if (caller === undefined) return refuse(turn, command, "call", "no-name", "take a name first");
  if (isKnown(state, command.call)) return placeAgain(turn, command, caller);
  const callee = state.names.get(foldName(command.to));
  if (callee === caller) return refuse(turn, command, "call", "own-name", "that is oneself");
  if (callee === undefined || callee.tabs.length === 0) {
    return refuse(turn, command, "call", "not-there", "nobody of that name is online");
  }
  if (!countPlaced(turn, caller, callee)) {
    return refuse(turn, command, "call", "too-many-calls", "not so often to the same person");
  }
  const theirs = [...state.calls.values()].find((each) =>
    each.from === callee.folded && each.to === caller.folded && each.answer === null
  );
  if (theirs !== undefined && theirs.kind === "talk" && command.kind === "talk") {
    return cross(turn, theirs, command);
  }
  if (isEngaged(state, caller)) {
    return refuse(turn, command, "call", "in-call", "one call at a time");
  }
  const engaged = callee.dnd || isEngaged(state, callee);
  touch(turn, caller.folded);
  touch(turn, callee.folded);
  const { call, kind, key: callerKey, room } = command;
  const made: CallState = {
    call,
    from: caller.folded,
    to: callee.folded,
    fromName: caller.name,
    toName: callee.name,
    kind,
    room,
    caller: session,
    callerKey,
    until: turn.at + command.ringMs,
    answer: null,
  };
  state.asked.delete(call);
  if (engaged) {
    note(turn, made, "busy");
    tell(turn, [session], { type: "ended", call, why: "busy" });
    return tell(turn, tabsOf(callee), { type: "missed", call, from: caller.name, kind });
  }
  state.calls.set(call, made);
  tell(turn, [session], { type: "ringing", call });
  for (const tab of tabsOf(callee)) tellRing(turn, made, tab);
}

/** The two are to meet; the callee's other tabs stop ringing. */
export function accept(turn: Turn, command: Command<"accept">): void {
  const call = calledBy(turn, command, "accept");
  if (call === null) return;
  const { session, key, camera } = command;
  if (call.answer === null) return answer(turn, call, { callee: session, key, camera });
  if (call.answer.callee === session) return tellAccepted(turn, call, "callee");
  refuse(turn, command, "accept", "call-over", "answered elsewhere");
  tell(turn, [session], { type: "ended", call: call.call, why: "accepted" });
}

export function decline(turn: Turn, command: Command<"decline">): void {
  const call = calledBy(turn, command, "decline");
  if (call === null) return;
  if (call.answer === null) return end(turn, call, "declined");
  refuse(turn, command, "decline", "call-over", "answered already");
}

/** Only who placed a call may take it back, and only while it rings. */
export function cancel(turn: Turn, command: Command<"cancel">): void {
  const call = knownTo(turn, command, "cancel");
  if (call === null) return;
  if (call.caller !== command.session) {
    return refuse(turn, command, "cancel", "not-called", "the call is of another tab");
  }
  if (call.answer === null) return end(turn, call, "cancelled");
  refuse(turn, command, "cancel", "call-over", "answered already");
}

/** Ends an accepted call for both. */
export function hangUp(turn: Turn, command: Command<"hangup">): void {
  const call = knownTo(turn, command, "hangup");
  if (call === null) return;
  if (call.answer === null || !isParty(call, command.session)) {
    return refuse(turn, command, "hangup", "not-called", "not in that call");
  }
  endTalk(turn, call, command.session);
}

/** Tells how a call stands, and gives it to a tab that was loaded anew. */
export function ask(turn: Turn, command: AskCommand): void {
  const { state } = turn;
  const { session, call: id } = command;
  const name = nameOf(state, session);
  if (name === undefined) return refuse(turn, command, "call?", "no-name", "take a name first");
  const call = callOf(state, id);
  if (call !== undefined) {
    if (call.from === name.folded) return tellCaller(turn, call, command);
    if (call.to === name.folded) return tellCallee(turn, call, command);
    return refuse(turn, command, "call?", "no-call", "no such call");
  }
  const ending = state.endings.get(id);
  if (ending !== undefined) {
    if (ending.from === null || ending.from === name.folded || ending.to === name.folded) {
      return tell(turn, [session], { type: "ended", call: id, why: ending.why });
    }
    return refuse(turn, command, "call?", "no-call", "no such call");
  }
  askOfBefore(turn, command);
}

/** A tab of somebody came: what rings for them rings there too. */
export function ringAt(turn: Turn, { folded }: NameState, session: SessionId): void {
  for (const call of turn.state.calls.values()) {
    if (call.to === folded && call.answer === null) tellRing(turn, call, session);
  }
}

/** A tab has gone: calls that were placed from it, or that rang nowhere else, have ended. */
export function tabGone(turn: Turn, name: NameState, session: SessionId): void {
  for (const call of [...turn.state.calls.values()]) {
    if (call.answer !== null) {
      if (isParty(call, session)) endTalk(turn, call, session);
    } else if (call.caller === session) end(turn, call, "caller-gone");
    else if (call.to === name.folded && name.tabs.length === 0) end(turn, call, "callee-gone");
  }
}

/** A tab has left a room: perhaps the one of its talk. */
export function tabMoved(turn: Turn, session: SessionId, left: RoomId | null): void {
  for (const call of [...turn.state.calls.values()]) {
    if (call.answer !== null && call.room === left && isParty(call, session)) {
      endTalk(turn, call, session);
    }
  }
}

/** What rang for too long, and what nobody knew to tell of. */
export function tickCalls(turn: Turn): void {
  const { state, at } = turn;
  for (const call of [...state.calls.values()]) {
    if (call.answer === null && at >= call.until) end(turn, call, "unanswered");
  }
  for (const [call, { until }] of [...state.asked]) {
    if (at >= until) settleAsked(turn, call, "interrupted");
  }
  for (const [call, ending] of state.endings) {
    if (at < ending.at + ENDING_KEPT_MS) break; // in the order of their ends
    state.endings.delete(call);
  }
  for (const [pair, times] of state.placed) {
    if (at >= times.at(-1)! + MINUTE_MS) state.placed.delete(pair);
  }
}

/** When a `tick` is due for calls, ms since 1970; null: never. */
export function callsDueAt(state: PeopleState): number | null {
  let due: number | null = null;
  const at = (time: number) => due = due === null || time < due ? time : due;
  for (const call of state.calls.values()) if (call.answer === null) at(call.until);
  for (const { until } of state.asked.values()) at(until);
  for (const ending of state.endings.values()) {
    at(ending.at + ENDING_KEPT_MS);
    break;
  }
  return due;
}

// ---- within ---------------------------------------------------------------------------------------

function isKnown(state: PeopleState, call: CallId): boolean {
  return callOf(state, call) !== undefined || state.endings.has(call);
}

/** The answer to the first one may have been lost; an id of somebody else's call is refused. */
function placeAgain(turn: Turn, command: PlaceCommand, caller: NameState): void {
  const { session, call: id } = command;
  const call = callOf(turn.state, id);
  const ending = turn.state.endings.get(id);
  const isTheirs = call === undefined
    ? ending!.from === null || ending!.from === caller.folded
    : call.from === caller.folded || call.answer?.crossed === id;
  if (!isTheirs) return refuse(turn, command, "call", "bad-call", "another call has that id");
  if (call === undefined) tell(turn, [session], { type: "ended", call: id, why: ending!.why });
  else if (call.from === caller.folded) tellCaller(turn, call, command);
  else tellCallee(turn, call, command);
}

function countPlaced({ state, at }: Turn, caller: NameState, callee: NameState): boolean {
  const pair = `${caller.folded}\n${callee.folded}`;
  const recent = (state.placed.get(pair) ?? []).filter((time) => at < time + MINUTE_MS);
  if (recent.length >= CALLS_PER_MINUTE) return false;
  state.placed.delete(pair); // put back last, so that the oldest are first
  state.placed.set(pair, [...recent, at]);
  return true;
}

/** Two people call each other: the call that was first is answered by the other. */
function cross(turn: Turn, theirs: CallState, { session, call, key }: PlaceCommand): void {
  answer(turn, theirs, { callee: session, key, camera: true }, call);
}

function answer(
  turn: Turn,
  call: CallState,
  { callee, key, camera }: Pick<Answer, "callee" | "key" | "camera">,
  crossed: CallId | null = null,
): void {
  call.answer = { callee, key, camera, crossed };
  tellAccepted(turn, call, "caller");
  tellAccepted(turn, call, "callee");
  const others = tabsOf(turn.state.names.get(call.to)).filter((tab) => tab !== callee);
  tell(turn, others, { type: "ended", call: call.call, why: "accepted" });
}

function end(turn: Turn, call: CallState, why: CallEnding): void {
  touch(turn, call.from);
  touch(turn, call.to);
  turn.state.calls.delete(call.call);
  note(turn, call, why);
  const to = [call.caller, ...tabsOf(turn.state.names.get(call.to))];
  tell(turn, to, { type: "ended", call: call.call, why });
}

/** @param by who has gone */
function endTalk(turn: Turn, call: CallState, by: SessionId): void {
  const { caller, answer } = call;
  touch(turn, call.from);
  touch(turn, call.to);
  turn.state.calls.delete(call.call);
  note(turn, call, "accepted");
  if (answer!.crossed !== null) note(turn, { ...call, call: answer!.crossed }, "accepted");
  const other = by === caller ? answer!.callee : caller;
  tell(turn, [other], { type: "hungup", call: call.call });
}

function note({ state, at }: Turn, call: Pick<CallState, "call" | "from" | "to">, why: CallEnding) {
  remember(state, call.call, { why, at, from: call.from, to: call.to });
}

function remember(
  state: PeopleState,
  call: CallId,
  ending: Parameters<PeopleState["endings"]["set"]>[1],
): void {
  state.endings.set(call, ending);
  if (state.endings.size <= ENDINGS_KEPT) return;
  state.endings.delete(state.endings.keys().next().value!);
}

/** Nobody here knows the call: somebody who does may be on the way back. */
function askOfBefore(turn: Turn, { session, call, known, recoveringUntil }: AskCommand): void {
  const { state, at } = turn;
  const asked = state.asked.get(call) ?? { until: recoveringUntil, askers: [] };
  if (!asked.askers.includes(session)) asked.askers.push(session);
  state.asked.set(call, asked);
  if (known !== undefined) settleAsked(turn, call, known);
  else if (at >= recoveringUntil) settleAsked(turn, call, "interrupted");
}

function settleAsked(turn: Turn, call: CallId, why: CallEnding): void {
  const { askers } = turn.state.asked.get(call)!;
  turn.state.asked.delete(call);
  remember(turn.state, call, { why, at: turn.at, from: null, to: null });
  tell(turn, askers, { type: "ended", call, why });
}

interface AskedOf {
  readonly session: SessionId;
  readonly call: CallId;
}

/** The call, if it goes on; else its sender is told what is wrong. */
function knownTo(turn: Turn, command: AskedOf, re: NamesClientType): CallState | null {
  const { state } = turn;
  const name = nameOf(state, command.session)?.folded;
  const call = callOf(state, command.call);
  if (call !== undefined) {
    if (name === call.from || name === call.to) return call;
    refuse(turn, command, re, "not-called", "the call is between others");
    return null;
  }
  const ending = state.endings.get(command.call);
  const isTheirs = ending !== undefined && name !== undefined &&
    (ending.from === name || ending.to === name || ending.from === null);
  if (!isTheirs) {
    refuse(turn, command, re, "no-call", "no such call");
    return null;
  }
  refuse(turn, command, re, "call-over", "it has ended");
  tell(turn, [command.session], { type: "ended", call: command.call, why: ending.why });
  return null;
}

function calledBy(turn: Turn, command: AskedOf, re: NamesClientType): CallState | null {
  const call = knownTo(turn, command, re);
  if (call === null || nameOf(turn.state, command.session)!.folded === call.to) return call;
  refuse(turn, command, re, "not-called", "the call is for somebody else");
  return null;
}

function isParty({ caller, answer }: CallState, session: SessionId): boolean {
  return session === caller || session === answer?.callee;
}

interface Asking {
  readonly session: SessionId;
  /** Of the page that placed or answered it: perhaps loaded anew, which is another session. */
  readonly key: string | null;
}

/** Another tab of the caller hears nothing, as long as the one that called is there. */
function tellCaller(turn: Turn, call: CallState, { session, key }: Asking): void {
  if (key === call.callerKey || isAway(turn.state, call.caller)) call.caller = session;
  if (call.caller !== session) return;
  if (call.answer !== null) return tellAccepted(turn, call, "caller");
  tell(turn, [session], { type: "ringing", call: call.call });
}

function tellCallee(turn: Turn, call: CallState, { session, key }: Asking): void {
  const { answer } = call;
  if (answer === null) return tellRing(turn, call, session);
  if (key === answer.key) answer.callee = session;
  if (answer.callee === session) return tellAccepted(turn, call, "callee");
  tell(turn, [session], { type: "ended", call: call.call, why: "accepted" });
}

function isAway(state: PeopleState, session: SessionId): boolean {
  const tab = tabOf(nameOf(state, session), session);
  return tab === undefined || tab.goneAt !== null;
}

function tellRing(turn: Turn, { call, fromName, kind, callerKey }: CallState, to: SessionId): void {
  tell(turn, [to], { type: "ring", call, from: fromName, kind, key: callerKey });
}

function tellAccepted(turn: Turn, call: CallState, role: "caller" | "callee"): void {
  const { kind, room, caller, callerKey, fromName, toName } = call;
  const { callee, key, camera, crossed } = call.answer!;
  const both = { type: "accepted", as: call.call, role, kind, room } as const;
  if (role === "caller") {
    return tell(turn, [caller], { ...both, call: call.call, with: toName, key, camera });
  }
  tell(turn, [callee], {
    ...both,
    call: crossed ?? call.call,
    with: fromName,
    key: callerKey,
    camera: kind === "talk",
  });
}

function tabsOf(name: NameState | undefined): SessionId[] {
  return name?.tabs.map(({ session }) => session) ?? [];
}
