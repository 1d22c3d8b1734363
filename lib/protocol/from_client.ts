/** What clients say, as a server reads it. */
import * as v from "valibot";
import { readerOf } from "./frame.ts";
import type { Act, ClientMessage, ClientType } from "./messages.ts";
import { NAMES_FROM_CLIENT } from "./names_from_client.ts";
import * as s from "./schema.ts";

const ACTS = new Map<unknown, v.GenericSchema<unknown, Act>>([
  ["lock", v.object({ do: s.oneOf("lock"), on: s.bool })],
  ["admit", v.object({ do: s.oneOf("admit"), knock: s.knockId })],
  ["refuse", v.object({ do: s.oneOf("refuse"), knock: s.knockId })],
  ["remove", v.object({ do: s.oneOf("remove"), seat: s.seatId })],
  ["hand-on", v.object({ do: s.oneOf("hand-on"), seat: s.seatId })],
]);
const NO_ACT = s.oneOf<never>();
const act = v.lazy((given) => ACTS.get((given as Act | null)?.do) ?? NO_ACT);

const MESSAGES: Readonly<Record<ClientType, v.ObjectEntries>> = {
  hello: { v: s.version },
  resume: {
    v: s.version,
    token: s.token,
    cursors: s.few(v.object({ log: s.logId, p: s.position }), 8),
    card: v.optional(s.card),
    reloaded: s.bool,
    state: v.optional(v.object(s.ownState)),
  },
  join: {
    room: s.roomId,
    name: s.personName,
    media: s.media,
    settings: v.optional(v.object({ capacity: v.optional(s.version) })),
    ticket: v.optional(s.token),
    owner: v.optional(s.token),
  },
  leave: {},
  away: {},
  signal: { n: s.number, to: s.endpointId, ...s.signalBody },
  chat: { n: s.number, ...s.saying },
  ask: { n: s.number, to: s.seatId, what: s.request },
  manage: { n: s.number, act },
  react: { reaction: s.reaction },
  knock: { room: s.roomId, name: s.personName },
  unknock: {},
  state: s.ownState,
  typing: { on: s.bool },
  ack: {},
  pong: {},
  watch: { room: s.roomId },
  unwatch: {},
  "ice?": {},
  "ticket?": {},
  ...NAMES_FROM_CLIENT,
};

/** Reads what a client sent. Never throws. */
export const parseClient = readerOf<ClientMessage>(MESSAGES, { ack: v.optional(s.position) });
