/** What a server says, as clients read it. */
import * as v from "valibot";
import { readerOf } from "./frame.ts";
import type { ServerMessage, ServerType } from "./messages.ts";
import * as s from "./schema.ts";

const chat = {
  p: s.position,
  from: s.endpointId,
  seat: s.seatId,
  name: s.personName,
  n: s.number,
  at: s.time,
  ...s.saying,
};

const MESSAGES: Readonly<Record<ServerType, v.ObjectEntries>> = {
  welcome: {
    v: s.version,
    boot: s.bootId,
    session: s.sessionId,
    epoch: s.version,
    token: s.token,
    resumed: s.bool,
    room: v.nullable(s.roomId),
  },
  joined: {
    log: s.logId,
    p: s.position,
    room: s.roomId,
    seat: s.seatId,
    endpoint: s.endpointId,
    seats: v.array(s.seatView),
    settings: s.settings,
    generation: s.version,
    ice: v.array(s.iceServer),
  },
  synced: { log: s.logId, seats: v.array(s.seatView), locked: s.bool },
  arrived: {
    p: s.position,
    seat: s.seatView,
    endpoint: s.endpointId,
    replaces: v.optional(s.endpointId),
  },
  left: {
    p: s.position,
    seat: s.seatId,
    endpoint: s.endpointId,
    why: s.oneOf("left", "timeout", "removed"),
  },
  signal: { p: s.position, from: s.endpointId, n: s.number, ...s.signalBody },
  chat,
  ask: { p: s.position, from: s.endpointId, seat: s.seatId, n: s.number, what: s.request },
  past: { log: s.logId, said: v.array(v.object({ type: s.oneOf("chat"), ...chat })) },
  lock: { on: s.bool },
  knocks: { knocks: v.array(v.object({ knock: s.knockId, name: s.personName })) },
  answer: { room: s.roomId, admitted: s.bool },
  reaction: { seat: s.seatId, reaction: s.reaction },
  state: { seat: s.seatView },
  inside: {
    room: s.roomId,
    count: s.version,
    capacity: s.version,
    names: v.array(s.personName),
  },
  error: {
    code: s.oneOf(
      "bad-message",
      "too-large",
      "unknown-type",
      "version",
      "no-hello",
      "rate",
      "bad-token",
      "bad-room",
      "bad-name",
      "name-taken",
      "bad-ticket",
      "full",
      "locked",
      "in-another-room",
      "not-in-room",
      "gone",
      "not-allowed",
      "internal",
    ),
    message: s.anyText,
    re: v.nullable(s.anyText),
    n: v.optional(s.number),
    suggestion: v.optional(s.personName),
  },
  card: { card: s.card },
  typing: { seat: s.seatId, on: s.bool },
  ack: {},
  ping: {},
  ice: { servers: v.array(s.iceServer) },
  ticket: { ticket: s.token },
  token: { token: s.token },
  draining: {},
  bye: {},
};

/** Reads what a server sent. Never throws. Pages refuse other servers' versions by `welcome.v`. */
export const parseServer = readerOf<ServerMessage>(MESSAGES, { settled: v.optional(s.position) });
