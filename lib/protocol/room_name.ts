/**
 * Rooms have a name that is also their address: one typed by people, or one minted by "New call"
 * that nobody can guess.
 */
import { asId, base32, type RoomId } from "./ids.ts";
import { ROOM_NAME_LENGTH } from "./limits.ts";
import { cleanLine, lengthOf } from "./text.ts";

export type RoomNameFault = "empty" | "too-long" | "bad-characters";
export type RoomName =
  | { readonly ok: true; readonly room: RoomId; readonly name: string }
  | { readonly ok: false; readonly why: RoomNameFault };

const GROUPS = 7;
const GENERATED = /^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){6}$/;

/**
 * Reads a room's name as typed or as found in a link.
 *
 * Names are compared in NFKC and lower case, with white space folded, so that "Sunday  Lunch" and
 * "sunday lunch" are one room. Names made of dots alone are refused: browsers resolve them as
 * path segments (WHATWG URL, "double-dot path segment").
 */
export function parseRoomName(text: string): RoomName {
  if (!text.isWellFormed()) return { ok: false, why: "bad-characters" };
  const room = cleanLine(cleanLine(text).normalize("NFKC").toLowerCase());
  if (room === "") return { ok: false, why: "empty" };
  if (lengthOf(room) > ROOM_NAME_LENGTH) return { ok: false, why: "too-long" };
  if (/^\.+$/.test(room)) return { ok: false, why: "bad-characters" };
  return { ok: true, room: asId<RoomId>(room), name: room };
}

/** A room id of 28 × 5 = 140 random bits, in groups a person can read out. */
export function mintRoomId(random: (bytes: Uint8Array) => void): RoomId {
  const bytes = new Uint8Array(18);
  random(bytes);
  return roomOfBytes(bytes);
}

/**
 * What a room's name is a SHA-256 of, where it has an owner: so nobody but who made the room can
 * show that it is theirs, whatever servers forget, and a server needs to keep nothing.
 *
 * @param secret of the owner, as `mintSecret` makes it
 */
export function ownersText(secret: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`tertulia owner ${secret}`);
}

/** A room's name of 140 bits: of secure randomness, or of the digest of `ownersText`. */
export function roomOfBytes(bytes: Uint8Array): RoomId {
  return asId<RoomId>(base32(bytes, GROUPS * 4).match(/.{4}/g)!.join("-"));
}

/** True for names of the shape `mintRoomId` makes: only those may tell outsiders who is inside. */
export function isGenerated(room: string): boolean {
  return GENERATED.test(room);
}

/** 32 random bytes in base64url for the link's fragment; never leaves the browser. */
export function mintSecret(random: (bytes: Uint8Array) => void): string {
  const bytes = new Uint8Array(32);
  random(bytes);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The path of a room's page. */
export function roomPath(room: RoomId): string {
  return `/r/${encodeURIComponent(room)}`;
}

/**
 * Reads a room from a page's path, which must be the raw one: a router that decodes parameters
 * leaves `%2F` as it is but turns `%252F` into it, and the two could not be told apart.
 */
export function roomFromPath(pathname: string): RoomName {
  const segment = pathname.replace(/^\/r\//, "").replace(/\/$/, "");
  try {
    return parseRoomName(decodeURIComponent(segment));
  } catch {
    return { ok: false, why: "bad-characters" };
  }
}
