/** What a client says, as signaling deals with it: signals are passed on without being read. */
import type { ClientMessage, SignalBody } from "../protocol/messages.ts";
import type { Parsed } from "../protocol/frame.ts";
import { parseClient } from "../protocol/from_client.ts";
import { quickClient, type UnreadSignal } from "../protocol/quick.ts";

export type Heard = Exclude<ClientMessage, { type: "signal" }> | UnreadSignal;

/** Reads a frame. Never throws; all that comes out has been checked. */
export function hear(frame: unknown): Parsed<Heard> {
  const quick = typeof frame === "string" ? quickClient(frame) : null;
  if (quick !== null) return { ok: true, message: quick };
  const parsed = parseClient(frame);
  if (!parsed.ok) return parsed;
  const { message } = parsed;
  if (message.type !== "signal") return { ok: true, message };
  const { type, n, to, ack, ...body } = message;
  const unread = { type, n, to, body: bodyText(body), ...(ack === undefined ? {} : { ack }) };
  return { ok: true, message: unread };
}

/** A signal's body as it stands in a frame, between the other fields. */
export function bodyText(body: SignalBody): string {
  return JSON.stringify(body).slice(1, -1);
}
