/**
 * Events with a sender: relayed once, pending until everybody they were due to has acknowledged
 * them or has left, then settled.
 */
import type { EndpointId, EventNumber, Position } from "../protocol/ids.ts";
import {
  ABSENT_KEPT_MS,
  RELIEF_BYTES,
  RELIEF_MESSAGES,
  UNSETTLED_BYTES,
  UNSETTLED_MESSAGES,
} from "../protocol/limits.ts";
import type { ErrorCode } from "../protocol/messages.ts";
import type { Effect, RoomCommand } from "./room_commands.ts";
import {
  endpointById,
  type EndpointState,
  isPressed,
  type PendingEvent,
  SLOW_AFTER_MS,
} from "./room_state.ts";
import type { Turn } from "./room_turn.ts";

/** What rides on events (`ack`) is not in their sender's count of bytes, but in ours. */
const RIDERS_BYTES = 64 * UNSETTLED_MESSAGES;

type Command<K extends RoomCommand["do"]> = Extract<RoomCommand, { do: K }>;

/** Relays a signal to one endpoint of the room. */
export function signal(turn: Turn, sender: EndpointState, command: Command<"signal">): void {
  if (isRepeat(turn, sender, command.n)) return;
  const { to, n, body } = command;
  if (to === sender.endpoint) return refuse(turn, sender, command, "bad-message", "sent to itself");
  const receiver = endpointById(turn.state, to);
  if (receiver === undefined) {
    return refuse(turn, sender, command, "gone", "no such endpoint here");
  }
  // The room's own id, not the command's: that one is a part of its frame, and keeps all of it.
  const due = [receiver.endpoint];
  accept(turn, sender, command, due, {
    do: "relay",
    to: due,
    p: turn.p,
    from: sender.endpoint,
    n,
    body,
  });
}

/** Takes note that an endpoint had every event up to `ack`; positions not reached yet are not. */
export function acknowledge(turn: Turn, endpoint: EndpointState, ack: Position): void {
  const upTo = Math.min(ack, turn.p - 1);
  if (upTo <= endpoint.acked) return;
  endpoint.acked = upTo;
  release(turn, endpoint.endpoint, upTo, null);
}

/**
 * Frees events of their duty to one endpoint, and settles those due to nobody any more.
 *
 * @param upTo only events up to this position
 * @param from only this sender's; null: everybody's
 * @returns true when there was any
 */
export function release(
  turn: Turn,
  endpoint: EndpointId,
  upTo: Position,
  from: EndpointId | null,
): boolean {
  const { pending } = turn.state;
  let kept = 0;
  let any = false;
  let done: PendingEvent[] | null = null;
  for (const event of pending) {
    if (event.p <= upTo && (from === null || event.from === from)) {
      const at = event.due.indexOf(endpoint);
      if (at >= 0) {
        any = true;
        event.due.splice(at, 1);
        if (event.due.length === 0) {
          (done ??= []).push(event);
          continue;
        }
      }
    }
    pending[kept++] = event;
  }
  pending.length = kept;
  if (done !== null) settleSenders(turn, done);
  return any;
}

/**
 * Keeps what those who left have pending within what one sender may: nobody sends it again, and
 * coming and going must not fill the server.
 */
export function boundDeparted(turn: Turn): void {
  const { state } = turn;
  const departed = state.pending.filter((each) => endpointById(state, each.from) === undefined);
  let messages = departed.length;
  let bytes = departed.reduce((sum, each) => sum + each.bytes, 0);
  const dropped = new Set<PendingEvent>();
  for (const event of departed) {
    if (messages <= RELIEF_MESSAGES && bytes <= RELIEF_BYTES) break;
    for (const id of event.due) endpointById(state, id)!.lost = true;
    dropped.add(event);
    messages--;
    bytes -= event.bytes;
  }
  if (dropped.size > 0) state.pending = state.pending.filter((each) => !dropped.has(each));
}

/**
 * Frees a sender of what others hold back, before it may say nothing any more: what the absent
 * have not acknowledged is given up at once, what present ones have not when it is old. Only this
 * sender's events are: one person's flood does not cost anybody what a third one said.
 */
export function relieve(turn: Turn, sender: EndpointState): void {
  if (!isPressed(sender)) return;
  for (const each of turn.state.endpoints) {
    if (each.presence !== "present") giveUp(turn, each, sender.endpoint);
  }
  while (isPressed(sender)) {
    const oldest = turn.state.pending.find((each) => each.from === sender.endpoint);
    if (oldest === undefined || turn.at < oldest.at + SLOW_AFTER_MS) return;
    for (const id of [...oldest.due]) {
      const holder = endpointById(turn.state, id)!;
      giveUp(turn, holder, sender.endpoint);
      close(turn, holder, "slow");
    }
  }
}

export interface Numbered {
  readonly n: EventNumber;
  readonly bytes: number;
}

/**
 * Takes an event on, to be had by all of `to`.
 *
 * @returns false when its sender goes beyond the limits: it is closed, and says it again later
 */
export function accept(
  turn: Turn,
  sender: EndpointState,
  { n, bytes }: Numbered,
  to: readonly EndpointId[],
  effect: Effect,
): boolean {
  if (isBeyondLimits(sender, bytes)) {
    close(turn, sender, "rate");
    return false;
  }
  sender.lastN = n;
  const { p, at } = turn;
  turn.state.pending.push({ p, at, from: sender.endpoint, n, bytes, due: [...to] });
  sender.keptMessages++;
  sender.keptBytes += bytes;
  turn.effects.push(effect);
  relieve(turn, sender);
  return true;
}

/** An event that goes to nobody was done: it is settled with what is before it. */
export function done(turn: Turn, sender: EndpointState, { n }: Numbered): void {
  sender.lastN = n;
  settle(turn, sender);
}

/** A page that keeps its own limits never comes here, since it hears of `settled` after us. */
function isBeyondLimits({ keptMessages, keptBytes }: EndpointState, bytes: number): boolean {
  return keptMessages >= UNSETTLED_MESSAGES || keptBytes + bytes > UNSETTLED_BYTES + RIDERS_BYTES;
}

/** An event had before changes nothing, but its sender may not know that it is settled. */
export function isRepeat(turn: Turn, sender: EndpointState, n: EventNumber): boolean {
  if (n > sender.lastN) return false;
  if (n <= sender.settled) {
    turn.effects.push({ do: "settled", endpoint: sender.endpoint, n: sender.settled });
  }
  return true;
}

/** Tells its sender why an event is not relayed; it is settled. */
export function refuse(
  turn: Turn,
  sender: EndpointState,
  { do: re, n }: Numbered & Pick<RoomCommand, "do">,
  code: ErrorCode,
  message: string,
): void {
  const { session, epoch } = sender;
  turn.effects.push({ do: "refused", session, epoch, re, code, message, n });
  sender.lastN = n;
  settle(turn, sender);
}

function giveUp(turn: Turn, holder: EndpointState, from: EndpointId): void {
  if (release(turn, holder.endpoint, Infinity, from)) holder.lost = true;
}

/** Takes the socket of a present endpoint: it may come back and resume. */
function close(turn: Turn, holder: EndpointState, why: "slow" | "rate"): void {
  const { host, session, seat, endpoint } = holder;
  if (host !== null) turn.effects.push({ do: "close", session, host, why });
  if (holder.presence !== "present") return;
  holder.host = null;
  holder.presence = "absent";
  holder.goneAt = turn.at + ABSENT_KEPT_MS;
  turn.effects.push({ do: "state", seat, except: endpoint });
}

function settleSenders(turn: Turn, done: readonly PendingEvent[]): void {
  const senders = new Set<EndpointState>();
  for (const event of done) {
    const sender = endpointById(turn.state, event.from);
    if (sender === undefined) continue;
    sender.keptMessages--;
    sender.keptBytes -= event.bytes;
    senders.add(sender);
  }
  for (const sender of senders) settle(turn, sender);
}

/** Settled is what lies below the first event still pending. */
function settle(turn: Turn, sender: EndpointState): void {
  const first = turn.state.pending.find((each) => each.from === sender.endpoint);
  const settled = first === undefined ? sender.lastN : first.n - 1;
  if (settled <= sender.settled) return;
  sender.settled = settled;
  turn.effects.push({ do: "settled", endpoint: sender.endpoint, n: settled });
}
