/**
 * Names, who is there and the calls between them, as one fold over one ordered log of commands: a
 * call and the going of who placed it have an order. See `people_shell.ts` for the shell.
 */
import { accept, ask, callsDueAt, cancel, decline, hangUp, place, tickCalls } from "./calls.ts";
import {
  detach,
  directoryDueAt,
  forget,
  load,
  register,
  seat,
  setReach,
  tickDirectory,
} from "./directory.ts";
import type { PeopleCommand, PeopleEffect } from "./people_commands.ts";
import type { PeopleState } from "./people_state.ts";
import { tellNews, type Turn } from "./people_turn.ts";

export interface PeopleStep {
  readonly state: PeopleState;
  readonly effects: readonly PeopleEffect[];
}

/** Folds one command. The state given is used up: it is changed in place and given back. */
export function stepPeople(state: PeopleState, command: PeopleCommand): PeopleStep {
  const turn: Turn = { state, at: command.at, effects: [], before: new Map() };
  act(turn, command);
  tellNews(turn);
  return { state, effects: turn.effects };
}

/** When a `tick` is due, ms since 1970; null when nothing waits for time to pass. */
export function peopleDueAt(state: PeopleState): number | null {
  const due = [directoryDueAt(state), callsDueAt(state)].filter((at) => at !== null);
  return due.length === 0 ? null : Math.min(...due);
}

function act(turn: Turn, command: PeopleCommand): void {
  switch (command.do) {
    case "load":
      return load(turn, command);
    case "register":
      return register(turn, command);
    case "forget":
      return forget(turn, command);
    case "reach":
      return setReach(turn, command);
    case "detach":
      return detach(turn, command);
    case "seat":
      return seat(turn, command);
    case "call":
      return place(turn, command);
    case "accept":
      return accept(turn, command);
    case "decline":
      return decline(turn, command);
    case "cancel":
      return cancel(turn, command);
    case "hangup":
      return hangUp(turn, command);
    case "ask":
      return ask(turn, command);
    case "tick":
      tickDirectory(turn);
      return tickCalls(turn);
    default:
      return assertNever(command);
  }
}

function assertNever(command: never): never {
  throw new TypeError(`no such command: ${JSON.stringify(command)}`);
}
