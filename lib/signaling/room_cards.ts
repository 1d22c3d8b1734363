/**
 * Rooms outlive the server in what their members keep of them: each has the room as of its last
 * change, signed, and shows it when it comes back to a server that has forgotten.
 */
import type { SessionId } from "../protocol/ids.ts";
import { RECOVERING_MS } from "../protocol/limits.ts";
import { beginLife, blankEndpoint, depart, membersChanged } from "./room_members.ts";
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
    seats: state.seats.map((seat) => ({
      ...seat,
      endpoints: state.endpoints
        .filter((each) => each.seat === seat.seat)
        .map(({ endpoint, session, media }) => ({ endpoint, session, media })),
    })),
  };
}

/**
 * Merges a card. The latest one says who was inside; an older one still brings back the endpoint
 * of whoever shows it, unless somebody was removed since. Capacity refuses nobody here.
 */
export function restore(turn: Turn, { card, session, log, cardsUntil }: RestoreCommand): void {
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
  const left = latest ? dropOutdated(turn, card) : 0;
  if (latest) {
    state.base = { generation: card.generation, version: card.version };
    state.generation = Math.max(state.generation, card.generation);
    state.version = Math.max(state.version, card.version);
    state.settings = card.settings;
  }
  for (const seat of card.seats) bringBack(turn, card, seat, latest ? null : session);
  if (left > 0 || state.endpoints.length !== before - left) membersChanged(turn);
}

/** True when `a` was made after `b`. */
export function isLater(a: Stamp, b: Stamp): boolean {
  return a.generation !== b.generation ? a.generation > b.generation : a.version > b.version;
}

/**
 * Takes out those an older card brought back and this one no longer lists: they had left before.
 * One that has come back itself stays, unless the generation says that it was removed.
 */
function dropOutdated(turn: Turn, card: RoomCard): number {
  const listed = new Set(card.seats.flatMap((seat) => seat.endpoints.map((each) => each.session)));
  const outdated = turn.state.endpoints.filter((each) =>
    each.card !== null && !listed.has(each.session) &&
    (!each.seen || card.generation > each.card.generation)
  );
  for (const each of outdated) depart(turn, each, each.seen ? "removed" : "left");
  return outdated.length;
}

/** @param only the one session whose endpoint is brought back; null: all of the seat's */
function bringBack(turn: Turn, card: RoomCard, from: CardSeat, only: SessionId | null): void {
  for (const { endpoint, session, media } of from.endpoints) {
    if ((only !== null && session !== only) || isKnown(turn.state, endpoint, session)) continue;
    const present = others(turn.state, null);
    const { seat, name, role, hand } = from;
    if (seatById(turn.state, seat) === undefined) {
      turn.state.seats.push({ seat, name, role, hand, main: endpoint });
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

/** Inside already, perhaps under another endpoint; or gone since, which a card cannot know. */
function isKnown(
  state: RoomState,
  endpoint: Parameters<typeof endpointById>[1],
  session: SessionId,
): boolean {
  return endpointById(state, endpoint) !== undefined ||
    endpointOf(state, session) !== undefined || state.gone.includes(session);
}
