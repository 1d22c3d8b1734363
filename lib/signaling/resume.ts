/** Coming back: with a token, perhaps to a server that has forgotten the room. */
import { mintId, type RoomId, type SessionId } from "../protocol/ids.ts";
import { ABSENT_KEPT_MS } from "../protocol/limits.ts";
import type { Resume } from "../protocol/messages.ts";
import type { Connection } from "./connection.ts";
import { making } from "./handlers.ts";
import { wearable } from "./marks.ts";
import type { SignedCard } from "./tokens.ts";

/** Answers `resume`: with an error, or by making the connection the session's and attaching it. */
export async function resume(connection: Connection, message: Resume): Promise<void> {
  const { world } = connection;
  const { tokens, clock } = world;
  const token = await tokens.readSession(message.token, clock.now());
  if (token === null) {
    connection.fail("bad-token", "expired, or not of this server: say hello", "resume");
    connection.countMalformed();
    return connection.ready();
  }
  const card = message.card === undefined ? null : await tokens.readCard(message.card, clock.now());
  if (!await connection.begin(token.session, token.epoch)) return;
  if (card !== null) restore(connection, card);
  attach(connection, message);
}

/**
 * Merges a card, if it may say anything: it is of another life of the server, this life is young,
 * and it lists who shows it. A session that has taken another seat meanwhile brings the rest back.
 */
function restore(connection: Connection, card: SignedCard): void {
  const { world, rooms, session } = connection;
  const now = world.clock.now();
  if (card.boot === world.boot || now >= world.bootAt + ABSENT_KEPT_MS) return;
  const { id, room } = session!;
  const listed = card.seats.some((seat) => seat.endpoints.some((each) => each.session === id));
  if (!listed) return;
  if (room === null) world.sessions.setRoom(id, card.room);
  else if (room !== card.room && rooms.endpointOf(room, id)?.seen === false) {
    // It is there by another's card only, of before it left; its own one tells where it was since.
    world.sessions.setRoom(id, card.room);
    rooms.append(room, { do: "leave", session: id, epoch: 0, at: now });
  }
  const seats = card.seats.map((seat) => ({
    ...seat,
    endpoints: seat.endpoints.filter((each) => !isElsewhere(connection, each.session, card.room)),
  }));
  const command = { session: id, at: now, card: { ...card, seats }, ...making(world) };
  rooms.append(card.room, { do: "restore", ...command });
}

/** Since the card was made, it has taken a seat in another room; not where a card alone says so. */
function isElsewhere({ world, rooms }: Connection, session: SessionId, room: RoomId): boolean {
  const now = world.sessions.get(session)?.room ?? room;
  return now !== room && rooms.endpointOf(now, session)?.seen !== false;
}

function attach(connection: Connection, message: Resume): void {
  const { world, rooms, epoch } = connection;
  const { id, room } = connection.session!;
  if (room === null) {
    connection.welcome(false, null);
    return connection.ready();
  }
  const { boot: host, clock, random } = world;
  const { cursors, reloaded, state } = message;
  const by = {
    session: id,
    epoch,
    at: clock.now(),
    host,
    ...(state === undefined ? {} : { state: wearable(connection, state) }),
  };
  rooms.append(
    room,
    reloaded ? { do: "reload", ...by, endpoint: mintId(random) } : { do: "attach", ...by, cursors },
  );
}
