/** Who is inside: coming, coming back, going, and what each says of itself. */
import { ABSENT_KEPT_MS, AWAY_KEPT_MS, CAPACITY_MAX } from "../protocol/limits.ts";
import type { LeaveReason, MediaState, OwnState } from "../protocol/messages.ts";
import type { EndpointId, SeatId } from "../protocol/ids.ts";
import type { AttachCommand, JoinCommand, ReloadCommand, RoomCommand } from "./room_commands.ts";
import { cameIn, isLockedOut } from "./room_door.ts";
import { acknowledge, boundDeparted, release, relieve } from "./room_events.ts";
import {
  endpointOf,
  type EndpointState,
  type RoomState,
  seatById,
  type SeatState,
  viewSeat,
} from "./room_state.ts";
import { announce, others, type Turn } from "./room_turn.ts";

/** Devices one person may bring; a ticket takes no capacity, so something else must bound it. */
export const ENDPOINTS_PER_SEAT = 4;

/** In a card, 29 bytes each: what a full room's leaves free of what a message may hold. */
const LEFT_REMEMBERED = 32;

/** Takes a session in, makes the room if need be, or says why not. */
export function join(turn: Turn, command: JoinCommand): void {
  const { state } = turn;
  const inside = endpointOf(state, command.session);
  if (inside !== undefined) return joinAgain(turn, inside, command);
  const refusal = refusalOf(state, command);
  if (refusal !== null) {
    const { session, epoch } = command;
    turn.effects.push({ do: "refused", session, epoch, re: "join", ...refusal });
    return;
  }
  if (state.endpoints.length === 0) {
    beginLife(state, command);
    state.settings = { capacity: command.capacity, locked: false };
    state.generation = 1;
  }
  cameIn(turn, command.session);
  state.gone = state.gone.filter((session) => session !== command.session);
  const seat = command.intoSeat ?? newSeat(state, command);
  seatEndpoint(turn, command, seat, command.media);
  const { session, host, endpoint } = command;
  turn.effects.push({ do: "joined", session, host, endpoint });
  announce(turn, others(state, endpoint), {
    type: "arrived",
    p: turn.p,
    seat: viewSeat(state, seat)!,
    endpoint,
  });
  membersChanged(turn);
}

/** Starts a room that nobody is in: a new life of its log, nothing of the old one left. */
export function beginLife(
  state: RoomState,
  { log, cardsUntil }: Pick<JoinCommand, "log" | "cardsUntil">,
): void {
  state.log = log;
  state.cardsUntil = cardsUntil;
  state.recoveringUntil = 0;
  state.version = 0;
  state.base = { generation: 0, version: 0 };
  state.left = [];
  state.seats = [];
  state.pending = [];
  state.lockSet = false;
  state.past = [];
  state.admitted = [];
  state.removed = [];
}

/** A socket comes for the endpoint its session has. */
export function attach(turn: Turn, command: AttachCommand): void {
  const endpoint = endpointOf(turn.state, command.session);
  if (endpoint === undefined || command.epoch < endpoint.epoch) return unattached(turn, command);
  const { session, host, epoch } = command;
  const cursor = command.cursors.find(({ log }) => log === turn.state.log);
  const known = cursor !== undefined && cursor.p < turn.p && !endpoint.lost;
  if (cursor !== undefined) acknowledge(turn, endpoint, cursor.p);
  turn.effects.push({
    do: "attached",
    session,
    host,
    epoch,
    endpoint: endpoint.endpoint,
    had: known ? cursor.p : null,
  });
  if (endpoint.settled > 0) {
    turn.effects.push({ do: "settled", endpoint: endpoint.endpoint, n: endpoint.settled });
  }
  takeUp(turn, endpoint, command);
  say(turn, endpoint, command.state ?? {});
}

/** A page was loaded anew: its new endpoint takes the seat over from the old one. */
export function reload(turn: Turn, command: ReloadCommand): void {
  const { state } = turn;
  const old = endpointOf(state, command.session);
  if (old === undefined || command.epoch < old.epoch) return unattached(turn, command);
  replace(turn, old, command, command.state ?? {});
}

/** Puts a new endpoint of the same session where the old one was. */
function replace(
  turn: Turn,
  old: EndpointState,
  command: JoinCommand | ReloadCommand,
  said: OwnState,
): void {
  const { state } = turn;
  removeEndpoint(turn, old);
  const { session, host, endpoint } = command;
  const made = seatEndpoint(turn, command, old.seat, said.media ?? old.media);
  const seat = seatById(state, old.seat)!;
  if (seat.main === old.endpoint) seat.main = endpoint;
  describe(turn, seat, said);
  turn.effects.push({ do: "joined", session, host, endpoint });
  announce(turn, others(state, endpoint), {
    type: "arrived",
    p: turn.p,
    seat: viewSeat(state, made.seat)!,
    endpoint,
    replaces: old.endpoint,
  });
  membersChanged(turn);
}

/** The socket is gone without a word; one that said `away` stays so. */
export function detach(turn: Turn, endpoint: EndpointState): void {
  endpoint.host = null;
  if (endpoint.presence === "present") {
    endpoint.goneAt = turn.at + ABSENT_KEPT_MS;
    setPresence(turn, endpoint, "absent");
  }
}

export function stepAway(turn: Turn, endpoint: EndpointState): void {
  if (endpoint.presence !== "present") return;
  endpoint.goneAt = turn.at + AWAY_KEPT_MS;
  setPresence(turn, endpoint, "away");
}

export function leave(turn: Turn, endpoint: EndpointState): void {
  depart(turn, endpoint, "left");
  membersChanged(turn);
}

/** Those who were awaited long enough are taken for left; those held up too long are relieved. */
export function tick(turn: Turn): void {
  const late = turn.state.endpoints.filter(({ goneAt }) => goneAt !== null && goneAt <= turn.at);
  for (const endpoint of late) {
    depart(turn, endpoint, endpoint.presence === "away" ? "left" : "timeout");
  }
  if (late.length > 0) membersChanged(turn);
  for (const endpoint of turn.state.endpoints) relieve(turn, endpoint);
}

/** Takes over what an endpoint says of itself; the rest learns of it if it is news. */
export function say(
  turn: Turn,
  endpoint: EndpointState,
  said: OwnState,
  held?: boolean,
): void {
  const seat = seatById(turn.state, endpoint.seat)!;
  const renamed = said.name !== undefined && said.name !== seat.name;
  const described = describe(turn, seat, said, held);
  let news = described;
  if (said.media !== undefined && !sameMedia(said.media, endpoint.media)) {
    endpoint.media = said.media;
    news = true;
  }
  // Cards tell it too: after a restart nobody is to be shown as they were some time before.
  if (news) {
    seat.said++;
    newCard(turn);
  }
  // The page was hidden and is shown again with its socket still open (back-forward cache).
  if (endpoint.presence === "away" && endpoint.host !== null) {
    endpoint.presence = "present";
    endpoint.goneAt = null;
    news = true;
  }
  // Who raised a hand learns when it went up.
  const except = described ? null : endpoint.endpoint;
  if (news) turn.effects.push({ do: "state", seat: seat.seat, except });
  if (renamed) turn.effects.push({ do: "inside" });
}

/** Takes an endpoint out, its seat too if it was the last one there. Cards are the caller's. */
export function depart(turn: Turn, endpoint: EndpointState, why: LeaveReason): void {
  const { state } = turn;
  removeEndpoint(turn, endpoint);
  const seat = seatById(state, endpoint.seat)!;
  const rest = state.endpoints.find((each) => each.seat === seat.seat);
  if (rest === undefined) state.seats = state.seats.filter((each) => each !== seat);
  const wasMain = rest !== undefined && seat.main === endpoint.endpoint;
  if (wasMain) seat.main = rest.endpoint;
  if (turn.at >= state.cardsUntil) state.gone = [];
  // Known from a card alone, only this endpoint has left: its session may have had a later one.
  else if (endpoint.seen) state.gone.push(endpoint.session);
  const { session, host } = endpoint;
  turn.effects.push({ do: "departed", session, endpoint: endpoint.endpoint, host, why });
  announce(turn, others(state, null), {
    type: "left",
    p: turn.p,
    seat: seat.seat,
    endpoint: endpoint.endpoint,
    why,
  });
  if (wasMain) turn.effects.push({ do: "state", seat: seat.seat, except: null });
}

/** Everybody gets a new card, and those who watch are told. */
export function membersChanged(turn: Turn): void {
  newCard(turn);
  turn.effects.push({ do: "inside" });
}

/** Raises the version: what cards tell has changed. */
function newCard(turn: Turn): void {
  turn.state.version++;
  turn.effects.push({ do: "members" });
}

function joinAgain(turn: Turn, endpoint: EndpointState, command: JoinCommand): void {
  if (command.epoch < endpoint.epoch) return;
  const { session, host, name, media } = command;
  // Known from a card only: whoever joins takes it for a new one, and counts its events from 1.
  if (!endpoint.seen) return replace(turn, endpoint, command, { name, media });
  takeUp(turn, endpoint, command);
  say(turn, endpoint, { name, media }, command.held);
  turn.effects.push({ do: "joined", session, host, endpoint: endpoint.endpoint });
}

type Refusal = Pick<Extract<RoomEffect, { do: "refused" }>, "code" | "message">;
type RoomEffect = Turn["effects"][number];

function refusalOf(state: RoomState, command: JoinCommand): Refusal | null {
  const { intoSeat, epoch, at } = command;
  if (intoSeat !== undefined) {
    if (seatById(state, intoSeat) === undefined) {
      return { code: "bad-ticket", message: "the seat of this ticket is free again" };
    }
    const devices = state.endpoints.filter((each) => each.seat === intoSeat).length;
    return devices < ENDPOINTS_PER_SEAT
      ? null
      : { code: "full", message: `a seat has at most ${ENDPOINTS_PER_SEAT} devices` };
  }
  if (state.endpoints.length === 0) return null;
  if (state.removed.includes(command.session)) {
    return { code: "not-allowed", message: "removed from this room" };
  }
  if (isLockedOut(state, command)) return { code: "locked", message: "the room is locked" };
  // A session resumed before may have had a seat that no card came to tell of.
  const returns = epoch > 1 && at < state.recoveringUntil;
  const seats = returns ? CAPACITY_MAX : state.settings.capacity;
  return state.seats.length < seats ? null : { code: "full", message: "every seat is taken" };
}

function newSeat(
  state: RoomState,
  { seat, name, held = false, role, endpoint }: JoinCommand,
): SeatId {
  const roleSet = role === "owner";
  state.seats.push({
    seat,
    name,
    held,
    role,
    roleSet,
    hand: false,
    handAt: null,
    said: 0,
    main: endpoint,
  });
  return seat;
}

function seatEndpoint(
  turn: Turn,
  { endpoint, session, epoch, host }: JoinCommand | ReloadCommand,
  seat: SeatId,
  media: MediaState,
): EndpointState {
  const made: EndpointState = {
    ...blankEndpoint(turn),
    endpoint,
    seat,
    session,
    epoch,
    host,
    media,
    presence: "present",
    goneAt: null,
    seen: true,
  };
  turn.state.endpoints.push(made);
  return made;
}

/** An endpoint nothing was sent to or had from yet, waiting for its socket. */
export function blankEndpoint(
  { p, at }: Turn,
): Omit<EndpointState, "endpoint" | "seat" | "session" | "media"> {
  return {
    epoch: 0,
    host: null,
    presence: "absent",
    goneAt: at + ABSENT_KEPT_MS,
    acked: p,
    lastN: 0,
    settled: 0,
    keptMessages: 0,
    keptBytes: 0,
    lost: false,
    card: null,
    seen: false,
  };
}

function takeUp(
  turn: Turn,
  endpoint: EndpointState,
  { host, epoch }: Pick<AttachCommand, "host" | "epoch">,
): void {
  endpoint.host = host;
  endpoint.epoch = epoch;
  endpoint.goneAt = null;
  endpoint.seen = true;
  endpoint.lost = false;
  if (endpoint.presence !== "present") setPresence(turn, endpoint, "present");
}

function unattached(
  turn: Turn,
  { session, host, epoch }: Extract<RoomCommand, { do: "attach" | "reload" }>,
): void {
  turn.effects.push({ do: "unattached", session, host, epoch });
}

/** Remembers who left; of very many the first are forgotten, and then stay 120 s more at worst. */
export function noteLeft(state: RoomState, endpoints: readonly EndpointId[]): void {
  const news = endpoints.filter((each) => !state.left.includes(each));
  state.left = [...state.left, ...news].slice(-LEFT_REMEMBERED);
}

function removeEndpoint(turn: Turn, { endpoint }: EndpointState): void {
  const { state } = turn;
  state.endpoints = state.endpoints.filter((each) => each.endpoint !== endpoint);
  noteLeft(state, [endpoint]);
  release(turn, endpoint, Infinity, null);
  boundDeparted(turn);
}

function describe(
  turn: Turn,
  seat: SeatState,
  { name, hand }: OwnState,
  held = seat.held && (name === undefined || name === seat.name),
): boolean {
  const moved = hand !== undefined && hand !== seat.hand;
  const news = moved || (name !== undefined && name !== seat.name) || held !== seat.held;
  seat.held = held;
  if (name !== undefined) seat.name = name;
  if (moved) {
    seat.hand = hand;
    seat.handAt = hand ? turn.at : null;
  }
  return news;
}

function setPresence(
  turn: Turn,
  endpoint: EndpointState,
  presence: EndpointState["presence"],
): void {
  endpoint.presence = presence;
  turn.effects.push({ do: "state", seat: endpoint.seat, except: endpoint.endpoint });
}

function sameMedia(a: MediaState, b: MediaState): boolean {
  return a.microphone === b.microphone && a.camera === b.camera && a.screen === b.screen;
}
