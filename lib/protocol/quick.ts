/**
 * Candidates and acknowledgements, which are nearly all of a server's traffic, checked by hand:
 * the schemas take as long for them as all else the server does with a message. Knows only what is
 * plainly right, and leaves the rest, and every refusal, to the schemas.
 */
import type { EndpointId } from "./ids.ts";
import { CANDIDATE_LENGTH } from "./limits.ts";
import type { Candidate, ClientMessage } from "./messages.ts";

const ID = /^[\w-]{1,64}$/;
/** Of a signal with a candidate; one with any other field is not for here. */
const SIGNAL_FIELDS = new Set(["type", "n", "to", "conn", "candidate", "ack"]);

/** The message, built anew; null: ask the schemas. */
export function quickClient(json: Readonly<Record<string, unknown>>): ClientMessage | null {
  const { type, ack } = json;
  if (ack !== undefined && !isCount(ack)) return null;
  if (type === "ack" || type === "pong") return ack === undefined ? { type } : { type, ack };
  return type === "signal" ? quickSignal(json, ack) : null;
}

function quickSignal(
  json: Readonly<Record<string, unknown>>,
  ack: number | undefined,
): ClientMessage | null {
  for (const field in json) if (!SIGNAL_FIELDS.has(field)) return null;
  const { n, to, conn } = json;
  if (!isCount(n) || n < 1 || !isCount(conn) || conn < 1) return null;
  if (typeof to !== "string" || !ID.test(to)) return null;
  const candidate = quickCandidate(json.candidate);
  if (candidate === null) return null;
  const message = { type: "signal" as const, n, to: to as EndpointId, conn, candidate };
  return ack === undefined ? message : { ...message, ack };
}

function quickCandidate(given: unknown): Candidate | null {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return null;
  const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = given as Record<string, unknown>;
  if (typeof candidate !== "string" || candidate.length > CANDIDATE_LENGTH) return null;
  if (sdpMid !== null && (typeof sdpMid !== "string" || sdpMid.length > 64)) return null;
  if (sdpMLineIndex !== null && !(isCount(sdpMLineIndex) && sdpMLineIndex <= 255)) return null;
  if (typeof usernameFragment !== "string" || usernameFragment.length > 256) return null;
  return { candidate, sdpMid, sdpMLineIndex, usernameFragment };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
