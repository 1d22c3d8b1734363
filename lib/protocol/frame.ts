/** Frames: one message each, as JSON text. */
import * as v from "valibot";
import { FRAME_BYTES, PROTOCOL_VERSION } from "./limits.ts";
import type { ClientMessage, ErrorCode, ServerMessage } from "./messages.ts";
import { oneOf } from "./schema.ts";

/** Why a frame was refused; `re` and `n` say which message it was, as far as that can be read. */
export interface Refusal {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly message: string;
  readonly re: string | null;
  readonly n?: number;
}
export type Parsed<T> = { readonly ok: true; readonly message: T } | Refusal;

/**
 * Makes what reads one side's messages: parsed, checked, and built anew, or refused with the reason
 * their sender is told. Nothing past this point looks at unchecked input. It never throws.
 *
 * @param messages the fields of each message, but `type`
 * @param common fields any of them may have
 */
export function readerOf<Message>(
  messages: Readonly<Record<string, v.ObjectEntries>>,
  common: v.ObjectEntries,
): (frame: unknown) => Parsed<Message> {
  // Found by type at once: trying each in turn (`v.variant`) takes five times as long.
  const schemas = new Map<unknown, v.GenericSchema>(
    Object.entries(messages).map(([type, entries]) => [
      type,
      v.object({ type: oneOf(type), ...entries, ...common }),
    ]),
  );

  return (frame) => {
    if (typeof frame !== "string") return refuse("bad-message", "only text frames are understood");
    if (overFrame(frame)) return refuse("too-large", `a frame has at most ${FRAME_BYTES} bytes`);
    let json: unknown;
    try {
      json = JSON.parse(frame);
    } catch {
      return refuse("bad-message", "not JSON");
    }
    if (typeof json !== "object" || json === null || Array.isArray(json)) {
      return refuse("bad-message", "not an object");
    }
    const { type, n } = json as { type?: unknown; n?: unknown };
    const re = typeof type === "string" ? type.slice(0, 32) : null;
    const schema = schemas.get(type);
    if (schema === undefined) return refuse("unknown-type", "no message of this type", re);
    const result = v.safeParse(schema, json, { abortEarly: true });
    if (result.success) return { ok: true, message: result.output as Message };
    const issue = result.issues[0];
    const path = v.getDotPath(issue);
    const numbered = typeof n === "number" && Number.isSafeInteger(n) && n > 0 ? { n } : {};
    return { ...refuse(codeFor(path), `${path ?? "message"}: ${issue.message}`, re), ...numbered };
  };
}

/** Writes a message as a frame. */
export function write(message: ClientMessage | ServerMessage): string {
  return JSON.stringify(message);
}

/** True when both ends speak the same version; there is no older one to fall back to yet. */
export function speaks(version: number): boolean {
  return version === PROTOCOL_VERSION;
}

function codeFor(path: string | null): ErrorCode {
  if (path === "room") return "bad-room";
  return path === "name" ? "bad-name" : "bad-message";
}

function refuse(code: ErrorCode, message: string, re: string | null = null): Refusal {
  return { ok: false, code, message: message.slice(0, 200), re };
}

function overFrame(frame: string): boolean {
  if (frame.length > FRAME_BYTES) return true;
  // A UTF-16 unit is at most three bytes of UTF-8: only near the limit is counting worth it.
  return frame.length * 3 > FRAME_BYTES && new TextEncoder().encode(frame).length > FRAME_BYTES;
}
