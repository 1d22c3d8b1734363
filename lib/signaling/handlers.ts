/** What each message does, once the connection has a session. */
import {
  type KnockId,
  mintId,
  type Position,
  type RoomId,
  type SessionId,
} from "../protocol/ids.ts";
import { ABSENT_KEPT_MS, CAPACITY_MIN, CLOSE_RETRY } from "../protocol/limits.ts";
import type { Join } from "../protocol/messages.ts";
import { isGenerated } from "../protocol/room_name.ts";
import type { Connection } from "./connection.ts";
import type { Heard } from "./heard.ts";
import { ANSWER_RATE, EVENT_RATE, OTHER_RATE, type Rate, REACTION_RATE } from "./limits.ts";
import { mayWear } from "./marks.ts";
import { roomOfOwner } from "./owner.ts";
import type { RoomCommand } from "./room_commands.ts";
import type { EndpointState } from "./room_state.ts";
import { may, type Session } from "./sessions.ts";
import type { Member, World } from "./world.ts";

/**
 * Does what a welcomed client asks, or tells it why not.
 *
 * @param bytes size of the frame
 */
export function handle(connection: Connection, message: Heard, bytes: number): void {
  const session = connection.session!;
  if (!withinRate(connection, session, message)) return;
  switch (message.type) {
    case "hello":
    case "resume":
      return connection.fail("bad-message", "said already", message.type);
    case "join":
      return connection.whileBusy("join", () => join(connection, session, message));
    case "away":
      connection.world.people.away(session.id);
      return inRoom(connection, session, message, bytes);
    case "leave":
    case "signal":
    case "chat":
    case "state":
    case "ask":
    case "manage":
      return inRoom(connection, session, message, bytes);
    case "typing":
      if (session.room !== null) connection.rooms.typing(session.room, session.id, message.on);
      break;
    case "react":
      if (session.room !== null) {
        connection.rooms.react(session.room, session.id, message.reaction);
      }
      break;
    case "knock":
      knock(connection, session, message);
      break;
    case "unknock":
      unknock(connection);
      break;
    case "ack":
    case "pong":
      break;
    case "watch":
      watch(connection, message.room);
      break;
    case "unwatch":
      unwatch(connection);
      break;
    case "ice?":
      connection.whileBusy("ice?", () => tellIce(connection, session));
      break;
    case "ticket?":
      connection.whileBusy("ticket?", () => tellTicket(connection, session));
      break;
    default:
      connection.world.people.handle(connection, message);
  }
  if (message.ack !== undefined) acknowledge(connection, session, message.ack);
}

/** What a command that may make a room needs for that. */
export function making(
  { random, bootAt }: World,
): Pick<Extract<RoomCommand, { do: "join" }>, "log" | "cardsUntil"> {
  return { log: mintId(random), cardsUntil: bootAt + ABSENT_KEPT_MS };
}

type RoomMessage = Extract<
  Heard,
  { type: "leave" | "away" | "signal" | "chat" | "state" | "ask" | "manage" }
>;

/** Writes what a member says into its room's log. */
function inRoom(
  connection: Connection,
  session: Session<Member>,
  message: RoomMessage,
  bytes: number,
): void {
  const { room } = session;
  if (room === null) return notInRoom(connection, message);
  const by: By = {
    session: session.id,
    epoch: connection.epoch,
    at: connection.heardAt,
  };
  const command = commandOf(by, message, bytes, connection.world);
  if (command.do !== "state" || command.state.name === undefined) {
    return connection.rooms.append(room, command);
  }
  const worn = mayWear(connection, command.state.name, "state");
  if (worn !== null) connection.rooms.append(room, { ...command, ...worn });
}

type By = Pick<Extract<RoomCommand, { do: "ack" }>, "session" | "epoch" | "at">;

function commandOf(by: By, message: RoomMessage, bytes: number, { clock }: World): RoomCommand {
  const { ack } = message;
  if (message.type === "signal") {
    const { session, epoch, at } = by;
    const { n, to, body } = message;
    // Nearly all commands are these; a spread would cost as much as folding them.
    return { do: "signal", session, epoch, at, ack, n, to, bytes, body };
  }
  const from = ack === undefined ? by : { ...by, ack };
  switch (message.type) {
    case "leave":
    case "away":
      return { do: message.type, ...from };
    case "chat": {
      const { type: _type, ack: _ack, ...chat } = message;
      return { do: "chat", ...from, ...chat, saidAt: clock.date(), bytes };
    }
    case "ask": {
      const { n, to, what } = message;
      return { do: "ask", ...from, n, bytes, to, what };
    }
    case "manage":
      return { do: "manage", ...from, n: message.n, bytes, act: message.act };
    case "state": {
      const { type: _type, ack: _ack, ...state } = message;
      return { do: "state", ...from, state };
    }
  }
}

function notInRoom(connection: Connection, message: RoomMessage): void {
  if (message.type === "leave") return connection.outbox.send({ type: "bye" });
  if (message.type === "away") return;
  const n = "n" in message ? message.n : undefined;
  connection.fail("not-in-room", "join a room first", message.type, n);
}

function acknowledge(connection: Connection, session: Session<Member>, ack: Position): void {
  const { rooms, epoch, heardAt: at } = connection;
  const endpoint = endpointOf(connection, session);
  if (endpoint === undefined || ack <= endpoint.acked) return;
  rooms.append(session.room!, { do: "ack", session: session.id, epoch, at, ack });
}

async function join(
  connection: Connection,
  session: Session<Member>,
  message: Join,
): Promise<void> {
  const { world, rooms, epoch } = connection;
  const { room, name, media, ticket, owner } = message;
  unwatch(connection);
  unknock(connection);
  const seat = ticket === undefined
    ? undefined
    : await world.tokens.readTicket(ticket, world.clock.now());
  await connection.refreshIce(session.id);
  const isOwner = owner !== undefined && roomOfOwner(owner) === room;
  if (owner !== undefined && !isOwner) {
    connection.fail("not-allowed", "that is not the secret of this room's owner", "join");
  } else if (session.room !== null && session.room !== room) {
    connection.fail("in-another-room", "leave the other room first", "join");
  } else if (seat === null || (seat !== undefined && seat.room !== room)) {
    connection.fail("bad-ticket", "expired, or of another room or server", "join");
  } else if (session.socket === connection) {
    // A further device of somebody goes by that one's name.
    const worn = seat === undefined ? mayWear(connection, name, "join") : {};
    if (worn === null) return connection.ready();
    world.sessions.setRoom(session.id, room);
    rooms.append(room, {
      do: "join",
      session: session.id,
      epoch,
      at: world.clock.now(),
      host: world.boot,
      endpoint: mintId(world.random),
      seat: mintId(world.random),
      name,
      ...worn,
      media,
      capacity: capacityOf(message, world),
      role: isOwner ? "owner" : "guest",
      ...(seat === undefined ? {} : { intoSeat: seat.seat }),
      ...making(world),
    });
  }
  connection.ready();
}

/** From 2 to the server's own, which is also what nobody asking gets. */
function capacityOf({ settings }: Join, { config }: World): number {
  const asked = settings?.capacity ?? config.roomCapacity;
  return Math.min(Math.max(asked, CAPACITY_MIN), config.roomCapacity);
}

/** Knocks at a room's door; one room's at a time, and none while inside of one. */
function knock(
  connection: Connection,
  session: Session<Member>,
  { room, name }: Extract<Heard, { type: "knock" }>,
): void {
  if (session.room !== null) {
    return connection.fail("in-another-room", "leave the other room first", "knock");
  }
  unknock(connection);
  const { world, rooms, epoch, heardAt: at } = connection;
  const id = mintId<KnockId>(world.random);
  connection.knocking = room;
  rooms.append(room, {
    do: "knock",
    session: session.id,
    epoch,
    at,
    host: world.boot,
    knock: id,
    name,
  });
}

/** Takes back what knock there is; also when the socket goes. */
export function unknock(connection: Connection): void {
  const { knocking: room, session, epoch, world, rooms } = connection;
  if (room === null || session === null) return;
  connection.knocking = null;
  rooms.append(room, { do: "unknock", session: session.id, epoch, at: world.clock.now() });
}

function watch(connection: Connection, room: RoomId): void {
  unwatch(connection);
  if (!isGenerated(room)) {
    return connection.fail("bad-room", "a name that can be guessed is not told about", "watch");
  }
  connection.watching = room;
  connection.world.watchers.add(room, connection.outbox);
}

function unwatch(connection: Connection): void {
  if (connection.watching === null) return;
  connection.world.watchers.remove(connection.watching, connection.outbox);
  connection.watching = null;
}

async function tellIce(connection: Connection, session: Session<Member>): Promise<void> {
  await connection.refreshIce(session.id);
  connection.outbox.send({ type: "ice", servers: connection.ice });
  connection.ready();
}

async function tellTicket(connection: Connection, session: Session<Member>): Promise<void> {
  const { tokens, clock } = connection.world;
  const endpoint = endpointOf(connection, session);
  if (endpoint === undefined) connection.fail("not-in-room", "join a room first", "ticket?");
  else {
    const ticket = await tokens.ticket(session.room!, endpoint.seat, clock.now());
    connection.outbox.send({ type: "ticket", ticket });
  }
  connection.ready();
}

/** An event over the rate comes again after a resume, so the socket goes; the rest is dropped. */
function withinRate(
  connection: Connection,
  session: Session<Member>,
  message: Heard,
): boolean {
  const rate = rateOf(connection, session, message);
  if (may(session, rate, connection.heardAt)) return true;
  if (rate === EVENT_RATE || rate === ANSWER_RATE) {
    connection.end(CLOSE_RETRY, "rate");
    return false;
  }
  connection.fail("rate", "too many messages", message.type);
  connection.countMalformed();
  return false;
}

function rateOf(connection: Connection, session: Session<Member>, message: Heard): Rate {
  switch (message.type) {
    case "signal":
    case "ask":
    case "manage":
    case "chat": {
      // What a resume says again costs as much as an answer, or a long absence could not be told.
      const had = endpointOf(connection, session)?.lastN ?? 0;
      return message.n > had ? EVENT_RATE : ANSWER_RATE;
    }
    // Going is never refused: a seat would stay taken.
    case "leave":
    case "away":
    case "ack":
    case "pong":
      return ANSWER_RATE;
    case "react":
      return REACTION_RATE;
    default:
      return OTHER_RATE;
  }
}

function endpointOf(
  { rooms }: Connection,
  { id, room }: { readonly id: SessionId; readonly room: RoomId | null },
): EndpointState | undefined {
  return room === null ? undefined : rooms.endpointOf(room, id);
}
