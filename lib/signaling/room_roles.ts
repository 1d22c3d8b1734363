/** Who may do what: the owner's acts. */
import type { SeatId } from "../protocol/ids.ts";
import type { Act } from "../protocol/messages.ts";
import type { RoomCommand } from "./room_commands.ts";
import { answer, mayAnswer, roleOf, SESSIONS_REMEMBERED } from "./room_door.ts";
import { done, isRepeat, refuse } from "./room_events.ts";
import { depart, membersChanged } from "./room_members.ts";
import { type EndpointState, seatById } from "./room_state.ts";
import type { Turn } from "./room_turn.ts";

type Command<K extends RoomCommand["do"]> = Extract<RoomCommand, { do: K }>;

/** Does what the sender's role allows, or says why not. */
export function manage(turn: Turn, sender: EndpointState, command: Command<"manage">): void {
  if (isRepeat(turn, sender, command.n)) return;
  const { state } = turn;
  const { act } = command;
  const isDoor = act.do === "admit" || act.do === "refuse";
  if (isDoor ? !mayAnswer(state, sender.seat) : roleOf(state, sender.seat) !== "owner") {
    return refuse(turn, sender, command, "not-allowed", "only the owner may");
  }
  const problem = doAct(turn, sender, act);
  if (problem === null) return done(turn, sender, command);
  refuse(turn, sender, command, problem, "no such seat or knock, or an owner's");
}

type Problem = "gone" | "not-allowed";

function doAct(turn: Turn, sender: EndpointState, act: Act): Problem | null {
  switch (act.do) {
    case "lock":
      return lock(turn, act.on);
    case "admit":
    case "refuse": {
      const found = turn.state.knocks.filter((each) => each.knock === act.knock);
      answer(turn, found, act.do === "admit");
      return found.length > 0 ? null : "gone";
    }
    case "remove":
      return remove(turn, act.seat);
    case "hand-on":
      return handOn(turn, sender.seat, act.seat);
  }
}

function lock(turn: Turn, on: boolean): null {
  const { state } = turn;
  state.lockSet = true;
  if (state.settings.locked === on) return null;
  state.settings = { ...state.settings, locked: on };
  turn.effects.push({ do: "lock" });
  if (!on) answer(turn, state.knocks, true);
  membersChanged(turn);
  return null;
}

/**
 * Takes a person out for good. The generation rises, so that no card of before brings them back;
 * the link alone still does, as somebody new, unless the room is locked.
 */
function remove(turn: Turn, id: SeatId): Problem | null {
  const { state } = turn;
  const role = roleOf(state, id);
  if (role !== "guest") return role === null ? "gone" : "not-allowed";
  const theirs = state.endpoints.filter((each) => each.seat === id);
  for (const each of theirs) depart(turn, each, "removed");
  const sessions = theirs.map(({ session }) => session);
  state.removed = [...state.removed, ...sessions].slice(-SESSIONS_REMEMBERED);
  state.generation++;
  state.base = { generation: state.generation, version: state.version };
  membersChanged(turn);
  return null;
}

function handOn(turn: Turn, from: SeatId, to: SeatId): Problem | null {
  const { state } = turn;
  const giver = seatById(state, from)!;
  const taker = seatById(state, to);
  if (taker === undefined || taker === giver) return "gone";
  for (const [seat, role] of [[giver, "guest"], [taker, "owner"]] as const) {
    seat.role = role;
    seat.roleSet = true;
    turn.effects.push({ do: "state", seat: seat.seat, except: null });
  }
  turn.effects.push({ do: "knocks" });
  membersChanged(turn);
  return null;
}
