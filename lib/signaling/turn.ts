/** ICE servers as pages get them, from the settings. */
import type { TurnSettings } from "../config.ts";
import type { IceServer } from "../protocol/messages.ts";

export interface IceSettings {
  readonly stunUrls: readonly string[];
  readonly turn: TurnSettings | null;
}

/** Good for a long day of calls; pages ask again before each ICE restart. */
export const TURN_LIFE_MS = 24 * 60 * 60 * 1000;

/**
 * The servers for one person.
 *
 * @param id stands in the user name of time-limited credentials, for the relay's log
 * @param now ms since 1970
 */
export async function iceServers(
  { stunUrls, turn }: IceSettings,
  id: string,
  now: number,
): Promise<IceServer[]> {
  const servers: IceServer[] = stunUrls.length > 0 ? [{ urls: stunUrls }] : [];
  if (turn === null) return servers;
  const { urls } = turn;
  if (!("secret" in turn)) {
    return [...servers, { urls, username: turn.username, credential: turn.credential }];
  }
  return [...servers, { urls, ...await timeLimited(turn.secret, id, now + TURN_LIFE_MS) }];
}

/**
 * Credentials that end by themselves (draft-uberti-behave-turn-rest-00): the user name is
 * `<expiry in s>:<id>`, the password base64 of its HMAC-SHA-1 with the shared secret.
 */
export async function timeLimited(
  secret: string,
  id: string,
  untilMs: number,
): Promise<{ username: string; credential: string }> {
  const utf8 = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-1" };
  const key = await crypto.subtle.importKey("raw", utf8.encode(secret), algorithm, false, ["sign"]);
  const username = `${Math.floor(untilMs / 1000)}:${id}`;
  const mac = await crypto.subtle.sign("HMAC", key, utf8.encode(username));
  return { username, credential: new Uint8Array(mac).toBase64() };
}
