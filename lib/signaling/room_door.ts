/** The door of a locked room: who knocks, who answers, who has come in. */
import type { SeatId, SessionId } from "../protocol/ids.ts";
import { KNOCK_KEPT_MS, KNOCKS } from "../protocol/limits.ts";
import type { Role } from "../protocol/messages.ts";
import type { JoinCommand, RoomCommand } from "./room_commands.ts";
import { endpointOf, type KnockState, type RoomState, seatById } from "./room_state.ts";
import type { Turn } from "./room_turn.ts";

type Command<K extends RoomCommand["do"]> = Extract<RoomCommand, { do: K }>;

/** Sessions let in or removed that are remembered; more than ever stand before one door. */
export const SESSIONS_REMEMBERED = 32;

/** True for an owner; while no owner is inside, for everybody: nobody waits for who is not there. */
export function mayAnswer(state: RoomState, seat: SeatId): boolean {
  return roleOf(state, seat) === "owner" || state.seats.every(({ role }) => role !== "owner");
}

/** Somebody asks to be let in; where no lock keeps them out, they are told to come. */
export function knock(turn: Turn, command: Command<"knock">): void {
  const { state, at } = turn;
  const { session, epoch, host, knock, name } = command;
  if (endpointOf(state, session) !== undefined) return;
  const isOpen = state.endpoints.length === 0 || !state.settings.locked ||
    state.admitted.includes(session);
  if (isOpen) {
    turn.effects.push({ do: "answer", session, host, epoch, admitted: true });
    return;
  }
  const before = state.knocks.findIndex((each) => each.session === session);
  if (before < 0 && (state.knocks.length >= KNOCKS || state.removed.includes(session))) {
    turn.effects.push({ do: "answer", session, host, epoch, admitted: false });
    return;
  }
  if (before >= 0) state.knocks.splice(before, 1);
  state.knocks.push({ knock, session, epoch, host, name, at });
  turn.effects.push({ do: "knocks" });
}

/** Who knocked has gone, or waits no more; a later socket's knock stays. */
export function unknock(turn: Turn, { session, epoch }: Command<"unknock">): void {
  const { state } = turn;
  const at = state.knocks.findIndex((each) => each.session === session && each.epoch <= epoch);
  if (at < 0) return;
  state.knocks.splice(at, 1);
  turn.effects.push({ do: "knocks" });
}

/** Who has knocked for so long is told no; once everybody has left, whoever knocks may come in. */
export function forgetKnocks(turn: Turn): void {
  const { state, at } = turn;
  if (state.endpoints.length === 0) return answer(turn, state.knocks, true);
  answer(turn, state.knocks.filter((each) => each.at + KNOCK_KEPT_MS <= at), false);
}

/** True when the lock keeps this session out. */
export function isLockedOut(state: RoomState, { role, session }: JoinCommand): boolean {
  return state.settings.locked && role !== "owner" && !state.admitted.includes(session);
}

/** A session has come in: what the door knew of it is over. */
export function cameIn(turn: Turn, session: SessionId): void {
  const { state } = turn;
  state.admitted = state.admitted.filter((each) => each !== session);
  const knocks = state.knocks.filter((each) => each.session !== session);
  if (knocks.length === state.knocks.length) return;
  state.knocks = knocks;
  turn.effects.push({ do: "knocks" });
}

/** Tells those who knocked, and knock no more. */
export function answer(turn: Turn, knocks: readonly KnockState[], admitted: boolean): void {
  const { state } = turn;
  if (knocks.length === 0) return;
  for (const { session, host, epoch } of knocks) {
    if (admitted) state.admitted = [...state.admitted, session].slice(-SESSIONS_REMEMBERED);
    turn.effects.push({ do: "answer", session, host, epoch, admitted });
  }
  state.knocks = state.knocks.filter((each) => !knocks.includes(each));
  turn.effects.push({ do: "knocks" });
}

/** A seat's role; null when there is no such seat. */
export function roleOf(state: RoomState, seat: SeatId): Role | null {
  return seatById(state, seat)?.role ?? null;
}
