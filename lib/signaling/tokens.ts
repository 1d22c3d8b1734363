/**
 * What the server gives away to be shown back: resume tokens, room cards, seat tickets, claims to
 * names. Each is
 * `payload.mac`, both base64url; the MAC is HMAC-SHA-256 over a purpose and the payload, so that
 * none passes for another.
 */
import * as v from "valibot";
import type { RoomId, SeatId, SessionId } from "../protocol/ids.ts";
import { TOKEN_LIFE_MS } from "../protocol/limits.ts";
import { NAME_RESERVED_MS } from "../protocol/names_limits.ts";
import type { MediaState } from "../protocol/messages.ts";
import * as s from "../protocol/schema.ts";
import type { Reservation } from "./people_commands.ts";
import type { CardSeat, RoomCard } from "./room_commands.ts";

/** A second device must join within this. */
export const TICKET_LIFE_MS = 5 * 60 * 1000;

/** Tokens and cards of whoever stays are made anew after this: what is kept is never near its end. */
export const RENEW_AFTER_MS = TOKEN_LIFE_MS / 2;

/** HMAC-SHA-256 with the server's key. */
export type Mac = (text: string) => Promise<Uint8Array>;

const session = v.object({ session: s.sessionId, epoch: s.version, until: v.number() });
const ticket = v.object({ room: s.roomId, seat: s.seatId, until: v.number() });
/** As three bits: the card of a large room must fit in one message with room to spare. */
const mediaBits = v.pipe(
  v.number(),
  v.integer(),
  v.transform((bits): MediaState => ({
    microphone: (bits & 1) !== 0,
    camera: (bits & 2) !== 0,
    screen: (bits & 4) !== 0,
  })),
);
const card = v.object({
  boot: s.bootId,
  room: s.roomId,
  generation: s.version,
  version: s.version,
  settings: s.settings,
  seats: v.array(v.object({
    seat: s.seatId,
    name: s.personName,
    role: v.picklist(["owner", "guest"]),
    hand: v.boolean(),
    said: v.optional(s.version, 0), // cards of older releases have none
    handAt: v.optional(v.number()),
    main: s.endpointId,
    endpoints: v.array(
      v.object({ endpoint: s.endpointId, session: s.sessionId, media: mediaBits }),
    ),
  })),
  left: v.array(s.endpointId),
  until: v.number(),
});
const claim = v.object({
  name: v.string(),
  keys: v.array(v.string()),
  issuedAt: v.number(),
  until: v.number(),
});

export type SessionToken = v.InferOutput<typeof session>;
export type SeatTicket = v.InferOutput<typeof ticket>;
export type NameClaim = v.InferOutput<typeof claim>;
export type SignedCard = v.InferOutput<typeof card>;
export type UnsignedCard = RoomCard & Pick<SignedCard, "boot" | "room">;

/** Signs and reads; reading gives null for whatever is expired, forged, foreign or garbage. */
export interface Tokens {
  session(session: SessionId, epoch: number, now: number): Promise<string>;
  readSession(text: string, now: number): Promise<SessionToken | null>;
  ticket(room: RoomId, seat: SeatId, now: number): Promise<string>;
  readTicket(text: string, now: number): Promise<SeatTicket | null>;
  card(card: UnsignedCard, now: number): Promise<string>;
  readCard(text: string, now: number): Promise<SignedCard | null>;
  /** That a name is of these keys, and since when; good as long as it is reserved. */
  claim(reservation: Reservation, now: number): Promise<string>;
  readClaim(text: string, now: number): Promise<NameClaim | null>;
}

/** Makes the MAC of a key: 32 random bytes, or a `CryptoKey` for HMAC-SHA-256. */
export function macOf(key: Uint8Array | CryptoKey): Mac {
  const ready = key instanceof CryptoKey
    ? Promise.resolve(key)
    : crypto.subtle.importKey("raw", new Uint8Array(key), HMAC, false, ["sign"]);
  return async (text) =>
    new Uint8Array(await crypto.subtle.sign("HMAC", await ready, utf8.encode(text)));
}

const HMAC = { name: "HMAC", hash: "SHA-256" };
const utf8 = new TextEncoder();

export function createTokens(mac: Mac): Tokens {
  const sign = async (purpose: string, payload: unknown) => {
    const body = utf8.encode(JSON.stringify(payload)).toBase64(URL_SAFE);
    return `${body}.${(await mac(`tertulia ${purpose} ${body}`)).toBase64(URL_SAFE)}`;
  };
  const read = async <T extends { until: number }>(
    purpose: string,
    schema: v.GenericSchema<unknown, T>,
    text: string,
    now: number,
  ): Promise<T | null> => {
    const [body, signature, ...rest] = text.split(".");
    if (signature === undefined || rest.length > 0) return null;
    const right = (await mac(`tertulia ${purpose} ${body}`)).toBase64(URL_SAFE);
    if (!equal(signature, right)) return null;
    // Ours, but perhaps of another release: its shape is not taken for granted.
    const parsed = v.safeParse(schema, JSON.parse(decode(body)));
    return parsed.success && now < parsed.output.until ? parsed.output : null;
  };
  return {
    session: (session, epoch, now) =>
      sign("session", { session, epoch, until: now + TOKEN_LIFE_MS }),
    readSession: (text, now) => read("session", session, text, now),
    ticket: (room, seat, now) => sign("ticket", { room, seat, until: now + TICKET_LIFE_MS }),
    readTicket: (text, now) => read("ticket", ticket, text, now),
    card: (card, now) =>
      sign("card", { ...card, seats: card.seats.map(packSeat), until: now + TOKEN_LIFE_MS }),
    readCard: (text, now) => read("card", card, text, now),
    claim: ({ name, keys, issuedAt }, now) =>
      sign("claim", { name, keys, issuedAt, until: now + NAME_RESERVED_MS }),
    readClaim: (text, now) => read("claim", claim, text, now),
  };
}

function packSeat(seat: CardSeat) {
  const pack = ({ microphone, camera, screen }: MediaState) =>
    (microphone ? 1 : 0) | (camera ? 2 : 0) | (screen ? 4 : 0);
  return {
    ...seat,
    endpoints: seat.endpoints.map((each) => ({ ...each, media: pack(each.media) })),
  };
}

const URL_SAFE = { alphabet: "base64url", omitPadding: true } as const;

function decode(body: string): string {
  return new TextDecoder().decode(Uint8Array.fromBase64(body, { alphabet: "base64url" }));
}

/** Compares in a time that depends on the length alone. */
function equal(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
