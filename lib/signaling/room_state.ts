/**
 * One room as plain JSON: what folding its log of commands gives. Lists, not keyed objects: rooms
 * are small, and no name from outside ever becomes a property.
 */
import type {
  BootId,
  EndpointId,
  EventNumber,
  KnockId,
  LogId,
  Position,
  RoomId,
  SeatId,
  SessionId,
} from "../protocol/ids.ts";
import { KNOCK_KEPT_MS, RELIEF_BYTES, RELIEF_MESSAGES } from "../protocol/limits.ts";
import type {
  ChatEvent,
  MediaState,
  Presence,
  Role,
  RoomSettings,
  SeatView,
} from "../protocol/messages.ts";

/**
 * A present endpoint that has not acknowledged an event for so long holds its sender up: healthy
 * pages take 250 ms and a round trip, one whose network stalls for longer resumes anyway.
 */
export const SLOW_AFTER_MS = 3_000;

/** A person in the room. */
export interface SeatState {
  readonly seat: SeatId;
  name: string;
  /** The name is theirs by its key, as the directory had it last; no card tells it. */
  held: boolean;
  role: Role;
  /** The role was given in this life of the room: no card knows better. */
  roleSet: boolean;
  hand: boolean;
  /** How often something new was said of it: the later of two cards tells more. */
  said: number;
  /** When the hand went up, ms since 1970; null while it is down. */
  handAt: number | null;
  main: EndpointId;
}

/** A session in the room. */
export interface EndpointState {
  readonly endpoint: EndpointId;
  readonly seat: SeatId;
  readonly session: SessionId;
  /** Of the session, when it was last attached; commands of a lower one are void. */
  epoch: number;
  /** The process that holds its socket; null while it has none. */
  host: BootId | null;
  presence: Presence;
  media: MediaState;
  /** When it will be taken for left, ms since 1970; null while present. */
  goneAt: number | null;
  /** Every event up to here was had. */
  acked: Position;
  /** The highest event number had of it: what comes again is dropped. */
  lastN: EventNumber;
  /** Its events up to here are settled. */
  settled: EventNumber;
  /** What of its events is pending. */
  keptMessages: number;
  keptBytes: number;
  /** Events due to it were given up: its next attach starts from a snapshot. */
  lost: boolean;
  /** The card it was restored from; null for those who joined in this life of the room. */
  card: Stamp | null;
  /** False while it is known from a card alone. */
  seen: boolean;
}

/** How late a card is: compared by generation, then by version. */
export interface Stamp {
  readonly generation: number;
  readonly version: number;
}

/** An event some endpoint has not acknowledged; its sender keeps the body, the shell a copy. */
export interface PendingEvent {
  readonly p: Position;
  /** Ms since 1970. */
  readonly at: number;
  readonly from: EndpointId;
  readonly n: EventNumber;
  readonly bytes: number;
  readonly due: EndpointId[];
}

/** Something said, kept for those who come later. */
export interface KeptSaying {
  readonly said: ChatEvent;
  /** Size of the frame it came in. */
  readonly bytes: number;
}

/** Somebody before the door; the knock goes with the socket it came by. */
export interface KnockState {
  readonly knock: KnockId;
  readonly session: SessionId;
  readonly epoch: number;
  readonly host: BootId;
  readonly name: string;
  /** Ms since 1970. */
  readonly at: number;
}

export interface RoomState {
  readonly room: RoomId;
  /** Minted anew whenever an empty room is joined. */
  log: LogId | null;
  /** Position of the last command folded. */
  p: Position;
  settings: RoomSettings;
  /** The lock was turned in this life of the room: no card knows better. */
  lockSet: boolean;
  generation: number;
  /** Rises with each change of membership. */
  version: number;
  /** The latest card merged into this life. */
  base: Stamp;
  /** Until then cards of an earlier boot may come, ms since 1970. */
  cardsUntil: number;
  /** Until then those who come back without their card are not told that it is full. */
  recoveringUntil: number;
  /** Sessions that left before `cardsUntil`: no card brings them back. */
  gone: SessionId[];
  /** The endpoints that left last, oldest first. Cards carry them: an older one may list them. */
  left: EndpointId[];
  seats: SeatState[];
  endpoints: EndpointState[];
  /** In order of position. */
  pending: PendingEvent[];
  /** What was said last, in order of position. */
  past: KeptSaying[];
  /** Oldest first. */
  knocks: KnockState[];
  /** Sessions let in that have not come in yet. */
  admitted: SessionId[];
  /** Sessions that were removed, and may not come in again. */
  removed: SessionId[];
}

/** A room before anybody came. */
export function emptyRoom(room: RoomId): RoomState {
  return {
    room,
    log: null,
    p: 0,
    settings: { capacity: 0, locked: false },
    lockSet: false,
    generation: 0,
    version: 0,
    base: { generation: 0, version: 0 },
    cardsUntil: 0,
    recoveringUntil: 0,
    gone: [],
    left: [],
    seats: [],
    endpoints: [],
    pending: [],
    past: [],
    knocks: [],
    admitted: [],
    removed: [],
  };
}

/** True when nothing of the room is worth keeping: it may be forgotten, its log too. */
export function hasVanished(state: RoomState, now: number): boolean {
  return state.endpoints.length === 0 && state.knocks.length === 0 &&
    (state.gone.length === 0 || now >= state.cardsUntil);
}

/** When a `tick` is due, ms since 1970; null when nothing waits for time to pass. */
export function dueAt(state: RoomState): number | null {
  let due: number | null = null;
  const at = (time: number) => due = due === null || time < due ? time : due;
  if (state.knocks.length > 0) {
    at(state.endpoints.length === 0 ? 0 : state.knocks[0].at + KNOCK_KEPT_MS);
  }
  for (const endpoint of state.endpoints) {
    if (endpoint.goneAt !== null) at(endpoint.goneAt);
    if (!isPressed(endpoint)) continue;
    const oldest = state.pending.find((each) => each.from === endpoint.endpoint);
    if (oldest !== undefined) at(oldest.at + SLOW_AFTER_MS);
  }
  return due;
}

/** So much of its events is pending that it must be relieved, or could soon say nothing more. */
export function isPressed({ keptMessages, keptBytes }: EndpointState): boolean {
  return keptMessages > RELIEF_MESSAGES || keptBytes > RELIEF_BYTES;
}

export function endpointOf(state: RoomState, session: SessionId): EndpointState | undefined {
  return state.endpoints.find((each) => each.session === session);
}

export function endpointById(state: RoomState, id: EndpointId): EndpointState | undefined {
  return state.endpoints.find((each) => each.endpoint === id);
}

export function seatById(state: RoomState, id: SeatId): SeatState | undefined {
  return state.seats.find((each) => each.seat === id);
}

/** The seat as others see it; null when it is gone. */
export function viewSeat(state: RoomState, id: SeatId): SeatView | null {
  const seat = seatById(state, id);
  if (seat === undefined) return null;
  return {
    seat: id,
    name: seat.name,
    ...(seat.held ? { held: true } : {}),
    role: seat.role,
    hand: seat.hand,
    ...(seat.handAt === null ? {} : { handAt: seat.handAt }),
    main: seat.main,
    endpoints: state.endpoints
      .filter((each) => each.seat === id)
      .map(({ endpoint, presence, media }) => ({ endpoint, presence, media })),
  };
}

export function viewSeats(state: RoomState): SeatView[] {
  return state.seats.map(({ seat }) => viewSeat(state, seat)!);
}
