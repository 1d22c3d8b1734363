/** What a certificate must hold, and when another one is made. Pure. */

export const DAY_MS = 24 * 60 * 60_000;
/** Trusting it again on every device is work: it lasts. Its constraints make that harmless. */
export const AUTHORITY_DAYS = 3650;
/** Renewed without anybody noticing, so it may be short. Apple takes at most 825. */
export const SERVER_DAYS = 90;
/** A machine that is off for a month still comes back with a good one. */
const RENEW_BEFORE_DAYS = 30;

/** What is known of a certificate that is kept. */
export interface CertificateFacts {
  /** Addresses and names it is for, each in its usual form. */
  readonly hosts: readonly string[];
  /** Ms since 1970. */
  readonly endsMs: number;
  /** Whether the private key beside it is its own, and whether who should have signed it did. */
  readonly sound: boolean;
}

/** Why a server certificate is made, or that the kept one does. */
export type Renewal = "kept" | "first" | "addresses" | "expiry";

/** Whether the kept server certificate does for these hosts. */
export function renewalOf(
  kept: CertificateFacts | null,
  hosts: readonly string[],
  nowMs: number,
): Renewal {
  if (kept === null || !kept.sound) return "first";
  if (new Set(kept.hosts).symmetricDifference(new Set(hosts)).size > 0) return "addresses";
  return kept.endsMs - nowMs < RENEW_BEFORE_DAYS * DAY_MS ? "expiry" : "kept";
}

/** Whether the kept authority outlives what it is to sign. */
export function authorityServes(kept: CertificateFacts | null, nowMs: number): boolean {
  return kept !== null && kept.sound && kept.endsMs - nowMs > SERVER_DAYS * DAY_MS;
}
