/**
 * A room is a fold over its log of commands: the same log gives the same room, on any machine, at
 * any time. No clock, no randomness, no input or output here; see `rooms.ts` for the shell.
 */
import type { Position } from "../protocol/ids.ts";
import type { Effect, RoomCommand } from "./room_commands.ts";
import { restore } from "./room_cards.ts";
import { ask, chat } from "./room_chat.ts";
import { forgetKnocks, knock, unknock } from "./room_door.ts";
import { acknowledge, signal } from "./room_events.ts";
import { attach, detach, join, leave, reload, say, stepAway, tick } from "./room_members.ts";
import { manage } from "./room_roles.ts";
import { endpointOf, type EndpointState, type RoomState } from "./room_state.ts";
import type { Turn } from "./room_turn.ts";

/** A command at its place in the log. */
export interface Entry {
  readonly p: Position;
  readonly command: RoomCommand;
}

export interface Step {
  readonly state: RoomState;
  readonly effects: readonly Effect[];
}

/**
 * Folds one command into a room.
 *
 * The state given is used up: it is changed in place and given back, since copying it for each
 * relayed signal would cost more than the relaying. Keep a structured clone to look back at.
 *
 * @param state a room, of which nobody else holds on to the parts
 * @param entry the next command; its position is above the state's
 */
export function step(state: RoomState, { p, command }: Entry): Step {
  const turn: Turn = { state, p, at: command.at, effects: [] };
  state.p = p;
  switch (command.do) {
    case "join":
      join(turn, command);
      break;
    case "attach":
      attach(turn, command);
      break;
    case "reload":
      reload(turn, command);
      break;
    case "restore":
      restore(turn, command);
      break;
    case "tick":
      tick(turn);
      forgetKnocks(turn);
      break;
    case "knock":
      knock(turn, command);
      break;
    case "unknock":
      unknock(turn, command);
      break;
    default:
      bySender(turn, command);
  }
  return { state, effects: turn.effects };
}

type SenderCommand = Exclude<
  RoomCommand,
  { do: "join" | "attach" | "reload" | "restore" | "tick" | "knock" | "unknock" }
>;

/** What only an endpoint inside, through its latest socket, may do. */
function bySender(turn: Turn, command: SenderCommand): void {
  const sender = endpointOf(turn.state, command.session);
  if (sender === undefined) return refuseOutsider(turn, command);
  if (command.epoch < sender.epoch) return;
  if (!sender.seen) return byUnseen(turn, sender, command);
  if (command.ack !== undefined) acknowledge(turn, sender, command.ack);
  act(turn, sender, command);
}

/** A card tells of an endpoint that its session gave back before: it can only be given back again. */
function byUnseen(turn: Turn, sender: EndpointState, command: SenderCommand): void {
  if (command.do !== "leave") return;
  leave(turn, sender);
  refuseOutsider(turn, command);
}

function act(turn: Turn, sender: EndpointState, command: SenderCommand): void {
  switch (command.do) {
    case "signal":
      return signal(turn, sender, command);
    case "chat":
      return chat(turn, sender, command);
    case "ask":
      return ask(turn, sender, command);
    case "manage":
      return manage(turn, sender, command);
    case "state":
      return say(turn, sender, command.state, command.held);
    case "away":
      return stepAway(turn, sender);
    case "detach":
      return detach(turn, sender);
    case "leave":
      return leave(turn, sender);
    case "ack":
      return;
    default:
      return assertNever(command);
  }
}

/** Nobody inside: what wants an answer gets one, the rest came too late to matter. */
function refuseOutsider(turn: Turn, command: SenderCommand): void {
  if (command.do === "detach" || command.do === "ack" || command.do === "away") return;
  turn.effects.push({
    do: "refused",
    session: command.session,
    epoch: command.epoch,
    re: command.do,
    code: "not-in-room",
    message: "join a room first",
    ...("n" in command ? { n: command.n } : {}),
  });
}

function assertNever(command: never): never {
  throw new TypeError(`no such command: ${JSON.stringify(command)}`);
}
