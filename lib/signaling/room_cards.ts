/**
 * Rooms outlive the server in what their members keep of them: each has the room as of its last
 * change, signed, and shows it when it comes back to a server that has forgotten.
 */
import type { SessionId } from "../protocol/ids.ts";
import { RECOVERING_MS } from "../protocol/limits.ts";
import { beginLife, blankEndpoint, depart, membersChanged, noteLeft } from "./room_members.ts";
import type { CardSeat, RestoreCommand, RoomCard } from "./room_commands.ts";
import {
  endpointById,
  endpointOf,
  type RoomState,
  seatById,
  type Stamp,
  viewSeat,
} from "./room_state.ts";
import { announce, others, type Turn } from "./room_turn.ts";

/** The room as its members are to keep it. */
export function cardOf(state: RoomState): RoomCard {
  return {
    generation: state.generation,
    version: state.version,
    settings: state.settings,
    seats: state.seats.map(({ seat, name, role, hand, handAt, said, main }) => ({
      seat,
      name,
      role,
      hand,
      ...(handAt === null ? {} : { handAt }),
      said,
      main,
      endpoints: state.endpoints
        .filter((each) => each.seat === seat)
        .map(({ endpoint, session, media }) => ({ endpoint, session, media })),
    })),
    left: state.left,
  };
}

/**
 * Merges a card. All cards of the latest generation together say who was inside: whom any of them
 * lists, but whom one tells to have left. A server may die again before everybody was back, so that
 * no single card need list them all, not even the latest one; and whoever shows a card must find
 * everybody it lists, since what it said to them may not have been had. The latest one says how the
 * room is set. Capacity refuses nobody here.
 */
export function restore(turn: Turn, { session, card, log, cardsUntil }: RestoreCommand): void {
  const { state } = turn;
  if (state.endpoints.length === 0) {
    beginLife(state, { log, cardsUntil });
    state.settings = card.settings;
    state.generation = card.generation;
  }
  state.recoveringUntil = Math.max(state.recoveringUntil, turn.at + RECOVERING_MS);
  const before = state.endpoints.length;
  const latest = isLater(card, state.base);
  if (!latest && card.generation < state.base.generation) return;
  const left = dropOutdated(turn, card) + dropMistaken(turn, session, card);
  // Taken for left once, and back since by its own card: no card is to tell both of it.
  noteLeft(state, card.left.filter((each) => endpointById(state, each) === undefined));
  let updated = 0;
  if (latest) {
    state.base = { generation: card.generation, version: card.version };
    state.generation = Math.max(state.generation, card.generation);
    state.version = Math.max(state.version, card.version);
    const { locked } = state.lockSet ? state.settings : card.settings;
    if (locked !== state.settings.locked) {
      turn.effects.push({ do: "lock" });
      updated++;
    }
    state.settings = { ...card.settings, locked };
    updated += card.seats.filter((seat) => takeRole(turn, seat)).length;
  }
  updated += card.seats.filter((seat) => update(turn, seat)).length;
  for (const seat of card.seats) bringBack(turn, card, seat);
  if (left + updated > 0 || state.endpoints.length !== before - left) membersChanged(turn);
}

/** True when `a` was made after `b`. */
export function isLater(a: Stamp, b: Stamp): boolean {
  return a.generation !== b.generation ? a.generation > b.generation : a.version > b.version;
}

/**
 * Takes out those another card brought back of whom this one tells that they had left. One that has
 * come back itself stays, unless a later generation says that it was removed.
 */
function dropOutdated(turn: Turn, card: RoomCard): number {
  const listed = new Set(card.seats.flatMap((seat) => seat.endpoints.map((each) => each.session)));
  const outdated = turn.state.endpoints.filter((each) =>
    each.card !== null && (
      (!each.seen && card.left.includes(each.endpoint)) ||
      (card.generation > each.card.generation && !listed.has(each.session))
    )
  );
  for (const each of outdated) depart(turn, each, each.seen ? "removed" : "left");
  return outdated.length;
}

/**
 * Of the one who shows it a card tells best: it has another endpoint than the one some older card
 * of somebody else's brought back.
 */
function dropMistaken(turn: Turn, session: SessionId, card: RoomCard): number {
  const there = endpointOf(turn.state, session);
  if (there === undefined || there.seen) return 0;
  const own = card.seats.flatMap(({ endpoints }) => endpoints)
    .find((each) => each.session === session);
  if (own === undefined || own.endpoint === there.endpoint) return 0;
  if (turn.state.left.includes(own.endpoint)) return 0;
  depart(turn, there, "left");
  return 1;
}

/** A later card knows better than an earlier one who has which role, but not than this life. */
function takeRole(turn: Turn, { seat, role }: CardSeat): boolean {
  const known = seatById(turn.state, seat);
  if (known === undefined || known.roleSet || known.role === role) return false;
  known.role = role;
  turn.effects.push({ do: "state", seat, except: null }, { do: "knocks" });
  return true;
}

function bringBack(turn: Turn, card: RoomCard, from: CardSeat): void {
  for (const { endpoint, session, media } of from.endpoints) {
    if (isKnown(turn.state, endpoint, session)) continue;
    const present = others(turn.state, null);
    const { seat, name, role, hand, said, handAt = turn.at } = from;
    if (seatById(turn.state, seat) === undefined) {
      turn.state.seats.push({
        seat,
        name,
        held: false,
        role,
        roleSet: false,
        hand,
        handAt: hand ? handAt : null,
        said,
        main: endpoint,
      });
    }
    turn.state.endpoints.push({
      ...blankEndpoint(turn),
      endpoint,
      seat,
      session,
      media,
      card: { generation: card.generation, version: card.version },
    });
    if (from.main === endpoint) seatById(turn.state, seat)!.main = endpoint;
    turn.effects.push({ do: "seated", session });
    announce(turn, present, {
      type: "arrived",
      p: turn.p,
      seat: viewSeat(turn.state, seat)!,
      endpoint,
    });
  }
}

/**
 * Takes over how somebody was who is not back yet, if this card tells it as of later: the versions
 * of cards from several short lives do not tell, what the person said last does.
 *
 * @returns true when it did
 */
function update(turn: Turn, from: CardSeat): boolean {
  const { seat: id, name, hand, handAt = turn.at, said, endpoints } = from;
  const seat = seatById(turn.state, id);
  if (seat === undefined || said <= seat.said) return false;
  const known = turn.state.endpoints.filter((each) => each.seat === id);
  if (known.some(({ seen }) => seen)) return false;
  Object.assign(seat, { name, hand, handAt: hand ? handAt : null, said });
  for (const each of known) {
    each.media = endpoints.find(({ endpoint }) => endpoint === each.endpoint)?.media ?? each.media;
  }
  turn.effects.push({ do: "state", seat: id, except: null });
  return true;
}

/** Inside already, perhaps under another endpoint; or gone since, which a card cannot know. */
function isKnown(
  state: RoomState,
  endpoint: Parameters<typeof endpointById>[1],
  session: SessionId,
): boolean {
  return endpointById(state, endpoint) !== undefined ||
    endpointOf(state, session) !== undefined || state.gone.includes(session) ||
    state.left.includes(endpoint);
}
