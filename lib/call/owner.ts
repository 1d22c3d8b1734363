/** Rooms this browser made, and the secrets that prove it. */
import type { RoomId } from "../protocol/ids.ts";
import { mintSecret, ownersText, roomOfBytes } from "../protocol/room_name.ts";
import type { Memory } from "./ports.ts";
import { addressOf, newRoom } from "./room_link.ts";

const KEY = "tertulia.owned";
/** The oldest are forgotten: they are of calls long over. */
const ROOMS_KEPT = 32;

/**
 * A room of one's own: nobody can guess it, and its name is made of a secret that stays in this
 * browser and makes whoever shows it the room's owner. Where pages have no WebCrypto (plain http)
 * it has no owner.
 */
export async function newOwnRoom(
  random: (bytes: Uint8Array) => void,
  browser: Memory,
): Promise<ReturnType<typeof newRoom>> {
  try {
    const owner = mintSecret(random);
    const digest = await crypto.subtle.digest("SHA-256", ownersText(owner));
    const room = roomOfBytes(new Uint8Array(digest));
    browser.set(KEY, [`${room} ${owner}`, ...linesOf(browser)].slice(0, ROOMS_KEPT).join("\n"));
    return { room, address: addressOf(room, random) };
  } catch {
    return newRoom(random);
  }
}

/** What a join says where this browser made the room; nothing where it did not. */
export function ownerOf(browser: Memory, room: RoomId): { readonly owner?: string } {
  const line = linesOf(browser).find((each) => each.startsWith(`${room} `));
  return line === undefined ? {} : { owner: line.slice(room.length + 1) };
}

/** The room is somebody else's now. */
export function disown(browser: Memory, room: RoomId): void {
  browser.set(KEY, linesOf(browser).filter((each) => !each.startsWith(`${room} `)).join("\n"));
}

function linesOf(browser: Memory): string[] {
  return (browser.get(KEY) ?? "").split("\n").filter((line) => line !== "");
}
