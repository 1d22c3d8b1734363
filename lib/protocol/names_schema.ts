/** What messages of names and calls have in common, as valibot schemas. */
import type { CallId } from "./ids.ts";
import { PUBLIC_KEY_LETTERS } from "./names_limits.ts";
import { CALL_ENDINGS, CALL_KINDS } from "./names_messages.ts";
import { id, is, oneOf } from "./schema.ts";

export const callId = id<CallId>();
export const callKind = oneOf(...CALL_KINDS);
export const callEnding = oneOf(...CALL_ENDINGS);
/** Bytes of a known number. */
export const base64url = (letters: number) =>
  is<string>(
    `base64url of ${letters} letters`,
    (value) => typeof value === "string" && value.length === letters && /^[\w-]*$/.test(value),
  );
export const publicKey = base64url(PUBLIC_KEY_LETTERS);
