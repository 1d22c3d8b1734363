/** How long to wait before trying again: policy only, no timers. */
import { DRAIN_SPREAD_MS, RECONNECT_WAITS_MS } from "../protocol/limits.ts";

/** Waits lie this far around the table's value, so that those cut off together spread out. */
const JITTER = 0.3;

/**
 * Wait before a reconnect.
 *
 * @param attempt how many tries have failed since the link was last up, from 0
 * @param fraction a random number in [0, 1)
 * @returns ms: the table's value for this attempt (the last one repeats), ± 30 %
 */
export function reconnectWaitMs(attempt: number, fraction: number): number {
  const waitMs = RECONNECT_WAITS_MS[Math.min(attempt, RECONNECT_WAITS_MS.length - 1)];
  return Math.round(waitMs * (1 - JITTER + 2 * JITTER * fraction));
}

/** Wait, in ms, of somebody the server told that it goes away: spread evenly over two seconds. */
export function drainWaitMs(fraction: number): number {
  return Math.round(DRAIN_SPREAD_MS * fraction);
}

/** A number in [0, 1) of 32 random bits, from a source that fills bytes. */
export function randomFraction(random: (bytes: Uint8Array) => void): number {
  const bytes = new Uint8Array(4);
  random(bytes);
  return new DataView(bytes.buffer).getUint32(0) / 2 ** 32;
}
