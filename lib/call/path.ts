/**
 * When a path to somebody counts as broken, and what is tried when (pure).
 *
 * Measured: Chromium takes 7.3 s to say `disconnected` after a black hole and may never say
 * `failed`. So neither is waited for: beats (one a second) and RTP both silent for 2 s is *flat*.
 */
import type { Link, LinkTrouble } from "./model.ts";

export const FLAT_AFTER_MS = 2_000;
/** A beat that is so late may mean that our own network went: the socket is asked meanwhile. */
export const DOUBT_AFTER_MS = 1_200;
/** Attempts at ICE, counted from the start of the trouble. */
export const ATTEMPTS_MS = [0, 2_000, 5_000, 10_000] as const;
/** Then a new connection; the polite side leaves the impolite one this head start. */
export const RENEW_AFTER_MS = 15_000;
export const RENEW_POLITE_MS = 17_000;
/** A first connection takes 0.5 s here, 3 s over a bad TURN path; then something is lost. */
export const FIRST_PATIENCE_MS = 5_000;
/** People wait about a minute for somebody to come back; then the words change, not the work. */
export const LOST_AFTER_MS = 60_000;
const NUDGES_APART_MS = 1_000;

export interface Path {
  /** When this connection was built, in ms. */
  readonly bornMs: number;
  /** When anything last came over it; null before the first. */
  readonly heardMs: number | null;
  readonly trouble: { readonly sinceMs: number; readonly attempts: number } | null;
  /** Since when nobody was heard, over all connections; null while heard. */
  readonly silentSinceMs: number | null;
  /** Whether any connection to this endpoint ever carried something. */
  readonly everHeard: boolean;
}

export interface PathFacts {
  readonly impolite: boolean;
  /** Whether their socket, and ours, can carry an offer now. */
  readonly theirSocket: boolean;
  readonly ourSocket: boolean;
}

/** `restart` ICE; `ask` the other to; build a new connection. */
export type PathAct = "restart" | "ask" | "renew";

export function newPath(nowMs: number): Path {
  return { bornMs: nowMs, heardMs: null, trouble: null, silentSinceMs: nowMs, everHeard: false };
}

/** A beat, a packet or `connected`: the trouble is over. */
export function heard(path: Path, nowMs: number): Path {
  return { ...path, heardMs: nowMs, trouble: null, silentSinceMs: null, everHeard: true };
}

/** `online`, another network, a wake, or their return: the first attempt is due now. */
export function nudged(path: Path, nowMs: number): Path {
  // One change of network comes as several events.
  if (path.trouble && nowMs - path.trouble.sinceMs < NUDGES_APART_MS) return path;
  return { ...path, trouble: { sinceMs: nowMs, attempts: 0 } };
}

/**
 * They ask for a restart. Both sides find the same silence at about the same time: an attempt of
 * ours that has just begun is what they ask for.
 */
export function asked(
  path: Path,
  nowMs: number,
): { readonly path: Path; readonly due: boolean } {
  const { trouble } = path;
  if (!trouble?.attempts) {
    return { path: { ...path, trouble: { sinceMs: nowMs, attempts: 1 } }, due: true };
  }
  const last = Math.min(trouble.attempts, ATTEMPTS_MS.length) - 1;
  return { path, due: nowMs - trouble.sinceMs - ATTEMPTS_MS[last] >= NUDGES_APART_MS };
}

/** ICE says `failed`: trouble, unless it is known; the attempts under way go on. */
export function failed(path: Path, nowMs: number): Path {
  return path.trouble ? path : nudged(path, nowMs);
}

/** A new connection was built in the place of the old one. */
export function renewed(path: Path, nowMs: number): Path {
  return {
    bornMs: nowMs,
    heardMs: null,
    trouble: null,
    silentSinceMs: path.silentSinceMs ?? nowMs,
    everHeard: path.everHeard,
  };
}

export function isFlat(path: Path, nowMs: number): boolean {
  return path.heardMs === null || nowMs - path.heardMs >= FLAT_AFTER_MS;
}

/** True when beats and RTP are late, but not yet for as long as to call the path flat. */
export function isLate(path: Path, nowMs: number): boolean {
  return path.heardMs !== null && nowMs - path.heardMs >= DOUBT_AFTER_MS;
}

/** To be asked a few times a second; at most one act each time. */
export function checkPath(
  before: Path,
  facts: PathFacts,
  nowMs: number,
): { readonly path: Path; readonly act: PathAct | null } {
  const path = seeTrouble(before, nowMs);
  const { trouble } = path;
  if (!trouble) return { path, act: null };
  const reachable = facts.theirSocket && facts.ourSocket;
  const lasted = nowMs - trouble.sinceMs;
  if (reachable && lasted >= (facts.impolite ? RENEW_AFTER_MS : RENEW_POLITE_MS)) {
    return { path, act: "renew" };
  }
  // While a socket is away: one attempt, which waits in signaling; their return nudges.
  const allowed = reachable ? ATTEMPTS_MS.length : 1;
  if (trouble.attempts >= allowed || lasted < ATTEMPTS_MS[trouble.attempts]) {
    return { path, act: null };
  }
  return {
    path: { ...path, trouble: { ...trouble, attempts: trouble.attempts + 1 } },
    act: facts.impolite ? "restart" : "ask",
  };
}

function seeTrouble(path: Path, nowMs: number): Path {
  if (path.trouble) return path;
  const patienceMs = path.heardMs === null ? FIRST_PATIENCE_MS : FLAT_AFTER_MS;
  const quietSince = path.heardMs ?? path.bornMs;
  if (nowMs - quietSince < patienceMs) return path;
  return {
    ...path,
    trouble: { sinceMs: nowMs, attempts: 0 },
    silentSinceMs: path.silentSinceMs ?? quietSince,
  };
}

/** What a tile says of the path. `relay`: whether a TURN server is configured. */
export function linkOf(
  path: Path,
  facts: PathFacts & { readonly relay: boolean; readonly leaving: boolean },
  nowMs: number,
): Link {
  // Their page was closed or is being reloaded: said at once, whatever still trickles in.
  if (facts.leaving) return { is: "reconnecting", why: "gone" };
  if (!isFlat(path, nowMs)) return { is: "connected" };
  const silentMs = nowMs - (path.silentSinceMs ?? path.heardMs ?? path.bornMs);
  if (!path.everHeard && silentMs < RENEW_AFTER_MS && facts.theirSocket) {
    return { is: "connecting" };
  }
  const why = troubleOf(path, facts, silentMs >= RENEW_AFTER_MS);
  return { is: silentMs >= LOST_AFTER_MS ? "lost" : "reconnecting", why };
}

/** What is happening at first; once it `lasts`, why it does not come to an end. */
function troubleOf(
  path: Path,
  facts: PathFacts & { readonly relay: boolean },
  lasts: boolean,
): LinkTrouble {
  if (!facts.ourSocket) return lasts ? "my-network-down" : "my-network";
  if (!facts.theirSocket) return lasts ? "their-network-down" : "their-network";
  if (!facts.relay && (lasts || !path.everHeard)) return "no-relay";
  return lasts ? "no-path" : "path";
}
