/** Names in rooms: who holds one by its key wears it with a mark, and nobody else wears it. */
import type { SessionId } from "../protocol/ids.ts";
import type { OwnState } from "../protocol/messages.ts";
import type { Connection } from "./connection.ts";
import { seatById } from "./room_state.ts";
import type { Rooms } from "./rooms.ts";
import type { World } from "./world.ts";

/**
 * Whether a name may be worn by who says it; if not, they are told, with a free one like it.
 *
 * @param re what it was said in
 */
export function mayWear(
  connection: Connection,
  name: string,
  re: "join" | "state",
): { readonly held: boolean } | null {
  const worn = connection.world.people.wornBy(name, connection.session!.id);
  if (worn.is !== "taken") return { held: worn.is === "own" };
  connection.outbox.send({
    type: "error",
    code: "name-taken",
    message: "somebody else holds that name",
    re,
    suggestion: worn.suggestion,
  });
  return null;
}

/** What a session said before, without a name that is somebody else's since. */
export function wearable({ world, session }: Connection, state: OwnState): OwnState {
  const { name, ...rest } = state;
  if (name === undefined) return state;
  return world.people.wornBy(name, session!.id).is === "taken" ? rest : state;
}

/** A session has another name than before, or none: its seat has the mark or not. */
export function markSeat(world: World, rooms: Rooms, id: SessionId): void {
  const session = world.sessions.get(id);
  if (!session?.room) return;
  const endpoint = rooms.endpointOf(session.room, id);
  const state = rooms.stateOf(session.room);
  const seat = state && endpoint && seatById(state, endpoint.seat);
  if (!seat || !endpoint.seen) return;
  const held = world.people.wornBy(seat.name, id).is === "own";
  if (held === seat.held) return;
  const { epoch } = endpoint;
  rooms.append(session.room, {
    do: "state",
    session: id,
    epoch,
    at: world.clock.now(),
    state: {},
    held,
  });
}
