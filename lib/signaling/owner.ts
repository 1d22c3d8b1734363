/** Whose room it is. At once, where WebCrypto would have a join wait. */
import { createHash } from "node:crypto";
import type { RoomId } from "../protocol/ids.ts";
import { ownersText, roomOfBytes } from "../protocol/room_name.ts";

/** The room that the owner's secret stands for. */
export function roomOfOwner(secret: string): RoomId {
  return roomOfBytes(createHash("sha256").update(ownersText(secret)).digest());
}
