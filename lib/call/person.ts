/** One's own name, and when the call began, as far as this browser and tab remember. */
import type { RoomId } from "../protocol/ids.ts";
import { PERSON_NAME_LENGTH } from "../protocol/limits.ts";
import { cleanLine, cut } from "../protocol/text.ts";
import type { Env } from "./ports.ts";

const NAME = "tertulia.name";
const JOINED = "tertulia.joined";

export function rememberedName({ browser }: Env): string {
  return cut(cleanLine(browser.get(NAME) ?? ""), PERSON_NAME_LENGTH);
}

/** The name as it goes on the wire; `fallback` for those who gave none. */
export function nameToSend(typed: string, fallback: string): string {
  return cut(cleanLine(typed), PERSON_NAME_LENGTH).trim() || fallback;
}

export function rememberName({ browser }: Pick<Env, "browser">, typed: string): void {
  browser.set(NAME, nameToSend(typed, "") || null);
}

/** When this tab joined the room, in ms since 1970: a reload is no new call. */
export function rememberedJoin({ tab }: Env, room: RoomId): number | null {
  const [at, ...name] = (tab.get(JOINED) ?? "").split(" ");
  return name.join(" ") === room && Number(at) > 0 ? Number(at) : null;
}

export function rememberJoin({ tab }: Env, room: RoomId, at: number | null): void {
  tab.set(JOINED, at === null ? null : `${at} ${room}`);
}
