/**
 * The names of things on the wire. Branded, so that a seat is never passed for an endpoint.
 *
 * A *socket* is one WebSocket; a *session* one tab's conversation; an *endpoint* a session inside
 * one room; a *seat* a person in one room. See docs/protocol.md.
 */
declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type RoomId = Id<"room">;
export type SessionId = Id<"session">;
export type EndpointId = Id<"endpoint">;
export type SeatId = Id<"seat">;
/** One call by name, minted by the caller's page. */
export type CallId = Id<"call">;
/** Somebody before the door of a locked room. */
export type KnockId = Id<"knock">;
/** One life of one log: a room that vanished and came back has a new one. */
export type LogId = Id<"log">;
/** One life of one server process. */
export type BootId = Id<"boot">;

/** Place in a log: rising, not gapless, from 1. */
export type Position = number;
/** A sender's own count of its events, rising, from 1. */
export type EventNumber = number;

/** Marks a string already checked (parsed, minted or folded) as an id of the asked kind. */
export function asId<T extends Id<string>>(text: string): T {
  return text as T;
}

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's base 32: no i, l, o, u

/**
 * Writes bytes in Crockford's base 32, five bits a letter, lower case.
 *
 * @param bytes source of randomness or a digest
 * @param letters how many letters to write; needs `letters * 5 / 8` bytes
 */
export function base32(bytes: Uint8Array, letters: number): string {
  let text = "";
  let bits = 0;
  let held = 0;
  let next = 0;
  while (text.length < letters) {
    if (held < 5) {
      bits = ((bits << 8) | bytes[next++]) & 0xffff;
      held += 8;
    }
    held -= 5;
    text += ALPHABET[(bits >> held) & 31];
  }
  return text;
}

/** Letters of an id minted by us: 26 × 5 = 130 bits, over the 128 that cannot be guessed. */
export const ID_LETTERS = 26;

/** A fresh id from `random` (16 or more secure random bytes a call; 17 are asked for). */
export function mintId<T extends Id<string>>(random: (bytes: Uint8Array) => void): T {
  const bytes = new Uint8Array(17);
  random(bytes);
  return asId<T>(base32(bytes, ID_LETTERS));
}
