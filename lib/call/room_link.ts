/** The links of rooms: what stands in an address bar, an invitation, a QR code. */
import type { RoomId } from "../protocol/ids.ts";
import { mintRoomId, mintSecret, roomPath } from "../protocol/room_name.ts";

/** A room nobody can guess, and its address with the secret that never leaves browsers. */
export function newRoom(random: (bytes: Uint8Array) => void): {
  readonly room: RoomId;
  readonly address: string;
} {
  const room = mintRoomId(random);
  return { room, address: addressOf(room, random) };
}

/** A new room's address, with a fresh secret. */
export function addressOf(room: RoomId, random: (bytes: Uint8Array) => void): string {
  return `${roomPath(room)}#k=${mintSecret(random)}`;
}

/**
 * The link to hand on, whole.
 *
 * @param here the page's own address; its secret comes along, any other fragment does not
 */
export function roomLink(room: RoomId, here: URL): string {
  const secret = here.hash.startsWith("#k=") ? here.hash : "";
  return `${here.origin}${roomPath(room)}${secret}`;
}
