/**
 * From a frame to a message: parsed, checked, and built anew, or refused with the reason its
 * sender is told. Nothing past this point looks at unchecked input.
 */
import * as v from "valibot";
import { FRAME_BYTES, PROTOCOL_VERSION } from "./limits.ts";
import type { ClientMessage, ErrorCode, ServerMessage } from "./messages.ts";
import { quickClient } from "./quick.ts";
import * as s from "./schema.ts";

/** Why a frame was refused; `re` and `n` say which message it was, as far as that can be read. */
export interface Refusal {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly message: string;
  readonly re: string | null;
  readonly n?: number;
}
export type Parsed<T> = { readonly ok: true; readonly message: T } | Refusal;

type Message = v.ObjectSchema<
  { readonly type: v.LiteralSchema<string, undefined> } & v.ObjectEntries,
  undefined
>;
type Messages = ReadonlyMap<unknown, Message>;

/** Found by type at once: trying each in turn (`v.variant`) takes five times as long. */
function byType(messages: readonly Message[]): Messages {
  return new Map(messages.map((schema) => [schema.entries.type.literal, schema]));
}

const acking = { ack: v.optional(s.position) };
const from = <T extends string, E extends v.ObjectEntries>(type: T, entries: E) =>
  v.object({ type: v.literal(type), ...entries, ...acking });

const client = byType([
  from("hello", { v: s.version }),
  from("resume", {
    v: s.version,
    token: s.token,
    cursors: v.pipe(v.array(v.object({ log: s.logId, p: s.position })), v.maxLength(8)),
    card: v.optional(s.card),
    reloaded: s.bool,
    state: v.optional(v.object(s.ownState)),
  }),
  from("join", {
    room: s.roomId,
    name: s.personName,
    media: s.media,
    settings: v.optional(v.object({ capacity: v.optional(s.version) })),
    ticket: v.optional(s.token),
  }),
  from("leave", {}),
  from("away", {}),
  from("signal", { n: s.number, to: s.endpointId, ...s.signalBody }),
  from("chat", { n: s.number, body: s.chatBody, was: v.optional(s.carried) }),
  from("state", s.ownState),
  from("typing", { on: s.bool }),
  from("ack", {}),
  from("pong", {}),
  from("watch", { room: s.roomId }),
  from("unwatch", {}),
  from("ice?", {}),
  from("ticket?", {}),
]);

const settling = { settled: v.optional(s.position) };
const to = <T extends string, E extends v.ObjectEntries>(type: T, entries: E) =>
  v.object({ type: v.literal(type), ...entries, ...settling });

const server = byType([
  to("welcome", {
    v: s.version,
    boot: s.bootId,
    session: s.sessionId,
    epoch: s.version,
    token: s.token,
    resumed: s.bool,
    room: v.nullable(s.roomId),
  }),
  to("joined", {
    log: s.logId,
    p: s.position,
    room: s.roomId,
    seat: s.seatId,
    endpoint: s.endpointId,
    seats: v.array(s.seatView),
    settings: s.settings,
    generation: s.version,
    ice: v.array(s.iceServer),
  }),
  to("synced", { log: s.logId, seats: v.array(s.seatView) }),
  to("arrived", {
    p: s.position,
    seat: s.seatView,
    endpoint: s.endpointId,
    replaces: v.optional(s.endpointId),
  }),
  to("left", {
    p: s.position,
    seat: s.seatId,
    endpoint: s.endpointId,
    why: v.picklist(["left", "timeout", "removed"]),
  }),
  to("signal", { p: s.position, from: s.endpointId, n: s.number, ...s.signalBody }),
  to("chat", {
    p: s.position,
    from: s.endpointId,
    seat: s.seatId,
    n: s.number,
    at: v.number(),
    body: s.chatBody,
    was: v.optional(s.carried),
  }),
  to("state", { seat: s.seatView }),
  to("inside", {
    room: s.roomId,
    count: s.version,
    capacity: s.version,
    names: v.array(s.personName),
  }),
  to("error", {
    code: v.picklist([
      "bad-message",
      "too-large",
      "unknown-type",
      "version",
      "no-hello",
      "rate",
      "bad-token",
      "bad-room",
      "bad-name",
      "bad-ticket",
      "full",
      "locked",
      "in-another-room",
      "not-in-room",
      "gone",
      "internal",
    ]),
    message: v.string(),
    re: v.nullable(v.string()),
    n: v.optional(s.number),
  }),
  to("card", { card: s.card }),
  to("typing", { seat: s.seatId, on: s.bool }),
  to("ack", {}),
  to("ping", {}),
  to("ice", { servers: v.array(s.iceServer) }),
  to("ticket", { ticket: s.token }),
  to("draining", {}),
  to("bye", {}),
]);

/** Reads what a client sent. Never throws. */
export function parseClient(frame: unknown): Parsed<ClientMessage> {
  return read(client, frame, quickClient) as Parsed<ClientMessage>;
}

/** Reads what a server sent. Never throws. Pages refuse other servers' versions by `welcome.v`. */
export function parseServer(frame: unknown): Parsed<ServerMessage> {
  return read(server, frame) as Parsed<ServerMessage>;
}

/** Writes a message as a frame. */
export function write(message: ClientMessage | ServerMessage): string {
  return JSON.stringify(message);
}

/** True when both ends speak the same version; there is no older one to fall back to yet. */
export function speaks(version: number): boolean {
  return version === PROTOCOL_VERSION;
}

function read(
  messages: Messages,
  frame: unknown,
  quick: (json: Record<string, unknown>) => unknown = () => null,
): Parsed<unknown> {
  if (typeof frame !== "string") return refuse("bad-message", "only text frames are understood");
  if (overFrame(frame)) return refuse("too-large", `a frame has at most ${FRAME_BYTES} bytes`);
  let json: unknown;
  try {
    json = JSON.parse(frame);
  } catch {
    return refuse("bad-message", "not JSON");
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return refuse("bad-message", "not an object");
  }
  const known = quick(json as Record<string, unknown>);
  if (known !== null) return { ok: true, message: known };
  const { type, n } = json as { type?: unknown; n?: unknown };
  const re = typeof type === "string" ? type.slice(0, 32) : null;
  const schema = messages.get(type);
  if (schema === undefined) return refuse("unknown-type", "no message of this type", re);
  const result = v.safeParse(schema, json, { abortEarly: true });
  if (result.success) return { ok: true, message: result.output };
  const issue = result.issues[0];
  const path = v.getDotPath(issue);
  const numbered = typeof n === "number" && Number.isSafeInteger(n) && n > 0 ? { n } : {};
  return { ...refuse(codeFor(path), `${path ?? "message"}: ${issue.message}`, re), ...numbered };
}

function codeFor(path: string | null): ErrorCode {
  if (path === "room") return "bad-room";
  return path === "name" ? "bad-name" : "bad-message";
}

function refuse(code: ErrorCode, message: string, re: string | null = null): Refusal {
  return { ok: false, code, message: message.slice(0, 200), re };
}

function overFrame(frame: string): boolean {
  if (frame.length > FRAME_BYTES) return true;
  // A UTF-16 unit is at most three bytes of UTF-8: only near the limit is counting worth it.
  return frame.length * 3 > FRAME_BYTES && new TextEncoder().encode(frame).length > FRAME_BYTES;
}
