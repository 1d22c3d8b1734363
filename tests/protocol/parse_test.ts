import assert from "node:assert/strict";
import fc from "fast-check";
import { asId } from "../../lib/protocol/ids.ts";
import * as limit from "../../lib/protocol/limits.ts";
import type { ClientMessage, SeatView, ServerMessage } from "../../lib/protocol/messages.ts";
import { type Refusal, speaks, write } from "../../lib/protocol/frame.ts";
import { parseClient } from "../../lib/protocol/from_client.ts";
import { parseServer } from "../../lib/protocol/from_server.ts";

const media = { microphone: true, camera: false, screen: false };
const conn = {
  conn: 2,
  desc: { id: "d1", type: "answer" as const, sdp: "v=0\r\n", re: "d0" },
  candidate: {
    candidate: "candidate:1 1 udp 1 192.0.2.1 9 typ host",
    sdpMid: "0",
    sdpMLineIndex: null,
    usernameFragment: "abcd",
  },
  tracks: [{ mid: "0", kind: "screen-sound" as const }],
  proof: "p".repeat(128),
  restart: true,
};
const endpoint = asId<never>("endpoint-1");
const seat: SeatView = {
  seat: asId("seat-1"),
  name: "Ána 😀",
  role: "owner",
  hand: true,
  handAt: 1.5,
  main: endpoint,
  endpoints: [{ endpoint, presence: "away", media }],
};
const knock = asId<never>("knock-1");
const room = asId<never>("sunday lunch");
const plain = { kind: "plain" as const, text: "two\nlines" };

const CLIENT: ClientMessage[] = [
  { type: "hello", v: 1 },
  {
    type: "resume",
    v: 1,
    token: "t",
    cursors: [{ log: asId("log"), p: 7 }],
    card: "c",
    reloaded: true,
    state: { name: "Ana", media, hand: false },
  },
  { type: "resume", v: 1, token: "t", cursors: [], reloaded: false },
  { type: "join", room, name: "Ana", media, settings: { capacity: 2 }, ticket: "k" },
  { type: "join", room, name: "Ana", media, owner: "o".repeat(43) },
  { type: "leave" },
  { type: "away", ack: 3 },
  { type: "signal", n: 1, to: endpoint, ...conn },
  { type: "signal", n: 2, to: endpoint, conn: 1, ack: 9 },
  { type: "chat", n: 3, body: plain },
  { type: "chat", n: 4, body: { kind: "sealed", box: "b".repeat(100) }, was: [{ endpoint, n: 1 }] },
  { type: "chat", n: 5, body: plain, mark: "m-1", to: seat.seat },
  { type: "ask", n: 6, to: seat.seat, what: "mute" },
  { type: "ask", n: 7, to: seat.seat, what: "keep" },
  { type: "manage", n: 8, act: { do: "lock", on: true } },
  { type: "manage", n: 9, act: { do: "admit", knock } },
  { type: "manage", n: 10, act: { do: "refuse", knock } },
  { type: "manage", n: 11, act: { do: "remove", seat: seat.seat } },
  { type: "manage", n: 12, act: { do: "hand-on", seat: seat.seat } },
  { type: "react", reaction: "❤️" },
  { type: "knock", room, name: "Cy" },
  { type: "unknock" },
  { type: "state", name: "Bo", media, hand: true },
  { type: "typing", on: true },
  { type: "ack", ack: 12 },
  { type: "pong" },
  { type: "watch", room },
  { type: "unwatch" },
  { type: "ice?" },
  { type: "ticket?" },
];
const said = {
  type: "chat" as const,
  p: 7,
  from: endpoint,
  seat: seat.seat,
  name: "Ana",
  n: 2,
  at: 1.5,
};
const SERVER: ServerMessage[] = [
  {
    type: "welcome",
    v: 1,
    boot: asId("boot"),
    session: asId("session"),
    epoch: 3,
    token: "t",
    resumed: true,
    room: null,
  },
  {
    type: "joined",
    log: asId("log"),
    p: 3,
    room,
    seat: seat.seat,
    endpoint,
    seats: [seat],
    settings: { capacity: 6, locked: false },
    generation: 1,
    ice: [{ urls: ["turn:192.0.2.1"], username: "u", credential: "c" }, { urls: ["stun:s"] }],
  },
  { type: "synced", log: asId("log"), seats: [seat], locked: true, settled: 4 },
  { type: "arrived", p: 4, seat, endpoint, replaces: asId("endpoint-0") },
  { type: "left", p: 5, seat: seat.seat, endpoint, why: "timeout" },
  { type: "signal", p: 6, from: endpoint, n: 1, ...conn },
  { ...said, body: plain },
  { ...said, body: plain, mark: "m-1", to: seat.seat, was: [{ endpoint, n: 1 }] },
  { type: "past", log: asId("log"), said: [{ ...said, body: plain }] },
  { type: "ask", p: 8, from: endpoint, seat: seat.seat, n: 3, what: "mute" },
  { type: "lock", on: true },
  { type: "knocks", knocks: [{ knock, name: "Cy" }] },
  { type: "answer", room, admitted: false },
  { type: "reaction", seat: seat.seat, reaction: "🎉" },
  { type: "state", seat },
  { type: "inside", room, count: 1, capacity: 6, names: ["Ana"] },
  { type: "error", code: "gone", message: "m", re: "signal", n: 4 },
  { type: "error", code: "not-allowed", message: "m", re: "manage", n: 5 },
  { type: "error", code: "bad-message", message: "m", re: null },
  { type: "card", card: "c" },
  { type: "typing", seat: seat.seat, on: false },
  { type: "ack", settled: 3 },
  { type: "ping" },
  { type: "ice", servers: [] },
  { type: "ticket", ticket: "k" },
  { type: "token", token: "t" },
  { type: "draining" },
  { type: "bye" },
];

function refused(
  frame: unknown,
  parse: typeof parseClient | typeof parseServer = parseClient,
): Refusal {
  const parsed = parse(typeof frame === "string" ? frame : JSON.stringify(frame));
  assert.equal(parsed.ok, false, JSON.stringify(frame).slice(0, 200));
  return parsed as Refusal;
}

Deno.test("[PR5] every message is read as it was written", () => {
  for (const message of CLIENT) {
    assert.deepEqual(parseClient(write(message)), { ok: true, message });
  }
  for (const message of SERVER) {
    assert.deepEqual(parseServer(write(message)), { ok: true, message });
  }
});

Deno.test("[PR5] nobody takes the other side's messages for theirs", () => {
  for (const type of ["join", "resume", "pong", "ticket?"]) refused({ type }, parseServer);
  for (const type of ["joined", "welcome", "ping", "card", "bye"]) refused({ type });
});

Deno.test("[PR6] what no message has is dropped, at every depth", () => {
  const dirty = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(dirty);
    if (typeof value !== "object" || value === null) return value;
    const clean = Object.entries(value).map(([key, each]) => [key, dirty(each)]);
    return { ...Object.fromEntries(clean), from: "somebody else", extra: { a: [1] } };
  };
  for (const message of CLIENT) {
    const parsed = parseClient(JSON.stringify(dirty(message)));
    assert.deepEqual(parsed, { ok: true, message });
  }
});

Deno.test("[PR6] keys that would reach a prototype stay out and change nothing", () => {
  for (const key of ["__proto__", "constructor", "prototype", "toString"]) {
    const frame = `{"type":"typing","on":true,"${key}":{"polluted":1}}`;
    const parsed = parseClient(frame);
    assert.ok(parsed.ok);
    assert.deepEqual(Object.keys(parsed.message), ["type", "on"]);
    assert.equal(Object.getPrototypeOf(parsed.message), Object.prototype);
    assert.equal(refused({ type: key }).code, "unknown-type");
    assert.equal(refused({ type: key }, parseServer).code, "unknown-type");
  }
  assert.equal(refused('{"__proto__":{"type":"leave"}}').code, "unknown-type");
  assert.equal(({} as { polluted?: number }).polluted, undefined);
});

Deno.test("[PR7] what is no message is refused with the reason, the type and the number", () => {
  for (const frame of [new Uint8Array([1]), null, undefined, 7, new Blob([])]) {
    const parsed = parseClient(frame);
    assert.equal(!parsed.ok && parsed.code, "bad-message");
  }
  for (const frame of ["", "{", "null", "7", "[]", '"hello"', "{}x", "\u0000"]) {
    assert.deepEqual([refused(frame).code, refused(frame).re], ["bad-message", null]);
  }
  assert.equal(refused("{}").code, "unknown-type");
  assert.equal(refused({ type: 7 }).re, null);
  assert.equal(refused({ type: "x".repeat(999) }).re?.length, 32);
  const chat = refused({ type: "chat", n: 5, body: { kind: "plain", text: " " } });
  assert.deepEqual([chat.code, chat.re, chat.n], ["bad-message", "chat", 5]);
  assert.equal(refused({ type: "chat", n: 1.5, body: {} }).n, undefined);
  const join = { type: "join", room: "lunch", name: "Ana", media };
  assert.equal(refused({ ...join, room: ".." }).code, "bad-room");
  assert.equal(refused({ ...join, room: "\ud800" }).code, "bad-room");
  assert.equal(refused({ ...join, name: "\u202e " }).code, "bad-name");
  assert.equal(refused({ ...join, media: { ...media, camera: "yes" } }).code, "bad-message");
});

Deno.test("[PR8] a frame has at most 64 KiB of UTF-8, looked at before it is parsed", () => {
  const padded = (fill: string, bytes: number) => {
    const frame = `{"type":"leave","x":""}`;
    const each = new TextEncoder().encode(fill).length;
    return frame.replace('""', `"${fill.repeat((bytes - frame.length) / each)}"`);
  };
  const { FRAME_BYTES } = limit;
  assert.ok(parseClient(padded("a", FRAME_BYTES)).ok);
  assert.equal(refused(padded("a", FRAME_BYTES + 1)).code, "too-large");
  assert.equal(refused("{".repeat(FRAME_BYTES + 1)).code, "too-large");
  assert.equal(refused(padded("😀", FRAME_BYTES + 8)).code, "too-large");
  assert.equal(refused("[".repeat(FRAME_BYTES)).code, "bad-message", "deep nesting is survived");
});

Deno.test("[PR8] every field has its limit", () => {
  const signal = { type: "signal", n: 1, to: "e", conn: 1 };
  const long = (length: number) => "x".repeat(length);
  const at = (length: number): unknown[] => [
    { ...signal, proof: long(limit.PROOF_LENGTH + length) },
    { ...signal, desc: { id: "d", type: "offer", sdp: long(limit.SDP_BYTES + length) } },
    {
      ...signal,
      candidate: { ...conn.candidate, candidate: long(limit.CANDIDATE_LENGTH + length) },
    },
    { ...signal, tracks: Array(limit.TRACKS_PER_SIGNAL + length).fill(conn.tracks[0]) },
    { ...signal, to: long(64 + length) },
    { type: "chat", n: 1, body: { kind: "plain", text: long(limit.CHAT_TEXT_LENGTH + length) } },
    { type: "chat", n: 1, body: { kind: "sealed", box: long(limit.CHAT_BOX_BYTES + length) } },
    {
      type: "chat",
      n: 1,
      body: plain,
      was: Array(limit.NAMES_PER_EVENT + length).fill({ endpoint, n: 1 }),
    },
    { type: "state", name: long(limit.PERSON_NAME_LENGTH + length) },
    { type: "watch", room: long(limit.ROOM_NAME_LENGTH + length) },
    { type: "resume", v: 1, token: long(512 + length), cursors: [], reloaded: false },
  ];
  for (const message of at(0)) assert.ok(parseClient(JSON.stringify(message)).ok);
  for (const message of at(1)) refused(message);
  const cursors = Array(9).fill({ log: "l", p: 1 });
  refused({ type: "resume", v: 1, token: "t", cursors, reloaded: false });
  assert.equal(refused({ type: "state", name: "e" + "\u0301".repeat(10_000) }).re, "state");
});

Deno.test("[PR8] numbers are whole, in range, and numbers", () => {
  const signal = { type: "signal", n: 1, to: "e", conn: 1 };
  for (const n of [0, -1, 1.5, 2 ** 53, "1", null, true, [1]]) {
    refused({ ...signal, n });
    refused({ ...signal, conn: n });
  }
  refused('{"type":"signal","n":1e400,"to":"e","conn":1}');
  for (const ack of [-1, 0.5, "3", null]) refused({ type: "ack", ack });
});

Deno.test("[PR6] names and text are cleaned on the way in, at both ends", () => {
  const state = parseClient(JSON.stringify({ type: "state", name: " A\u202eb\u0000 \n c " }));
  assert.ok(state.ok && state.message.type === "state");
  assert.equal(state.message.name, "Ab c");
  const chat = {
    type: "chat",
    p: 1,
    from: "e",
    seat: "s",
    name: "A",
    n: 1,
    at: 1,
    body: { kind: "plain", text: "a\u202eb" },
  };
  const parsed = parseServer(JSON.stringify(chat));
  assert.ok(parsed.ok && parsed.message.type === "chat");
  assert.deepEqual(parsed.message.body, { kind: "plain", text: "ab" });
});

Deno.test("[PR7] whatever comes, reading it never throws, and what passes passes again", () => {
  const kinds = [...CLIENT, ...SERVER];
  const mangled = fc.tuple(fc.constantFrom(...kinds), fc.string(), fc.jsonValue()).map(
    ([message, key, value]) => ({
      ...message,
      [key]: value,
      ...(key.length % 2 ? { body: value } : {}),
    }),
  );
  const anything = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    mangled.map((each) => JSON.stringify(each)),
  );
  fc.assert(
    fc.property(anything, (frame) => {
      for (const parse of [parseClient, parseServer]) {
        const parsed = parse(frame);
        if (parsed.ok) assert.deepEqual(parse(write(parsed.message)), parsed);
      }
    }),
    { seed: 7, numRuns: 3000 },
  );
});

Deno.test("[PR5] one version is spoken", () => {
  assert.ok(speaks(limit.PROTOCOL_VERSION));
  assert.equal(speaks(limit.PROTOCOL_VERSION + 1), false);
});
