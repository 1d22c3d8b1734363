/** What one step of the fold works on. */
import type { EndpointId, Position } from "../protocol/ids.ts";
import type { Effect, ReadEvent } from "./room_commands.ts";
import type { RoomState } from "./room_state.ts";

export interface Turn {
  readonly state: RoomState;
  readonly p: Position;
  /** Time of the command, ms since 1970. */
  readonly at: number;
  readonly effects: Effect[];
}

/** The endpoints but this one. */
export function others(state: RoomState, but: EndpointId | null): EndpointId[] {
  const ids: EndpointId[] = [];
  for (const { endpoint } of state.endpoints) if (endpoint !== but) ids.push(endpoint);
  return ids;
}

/** Tells an event without a sender, which nobody has to keep: a snapshot tells it as well. */
export function announce(turn: Turn, to: readonly EndpointId[], message: ReadEvent): void {
  if (to.length > 0) turn.effects.push({ do: "event", to, message });
}
