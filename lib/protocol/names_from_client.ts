/** What clients say of names and calls, as a server reads it: the fields of each message. */
import * as v from "valibot";
import type { CallId } from "./ids.ts";
import { PERSON_NAME_LENGTH } from "./limits.ts";
import { CLAIM_LENGTH, PUBLIC_KEY_LETTERS, SIGNATURE_LETTERS } from "./names_limits.ts";
import { CALL_ENDINGS, CALL_KINDS, type NamesClientType } from "./names_messages.ts";
import * as s from "./schema.ts";

export const callId = s.id<CallId>();
export const callKind = s.oneOf(...CALL_KINDS);
export const callEnding = s.oneOf(...CALL_ENDINGS);
/** A name before it is read; `parseName` says the rest. */
const typed = s.text(8 * PERSON_NAME_LENGTH);
const base64url = (letters: number) =>
  s.is<string>(
    `base64url of ${letters} letters`,
    (value) => typeof value === "string" && value.length === letters && /^[\w-]*$/.test(value),
  );
export const publicKey = base64url(PUBLIC_KEY_LETTERS);

export const NAMES_FROM_CLIENT: Readonly<Record<NamesClientType, v.ObjectEntries>> = {
  register: {
    name: typed,
    key: publicKey,
    claim: v.optional(s.text(CLAIM_LENGTH)),
    listed: s.bool,
    dnd: s.bool,
  },
  prove: { signature: base64url(SIGNATURE_LETTERS) },
  forget: {},
  reach: { listed: s.bool, dnd: s.bool },
  who: { on: s.bool },
  call: { call: callId, to: typed, kind: callKind, key: publicKey },
  accept: { call: callId, key: publicKey, camera: s.bool },
  cancel: { call: callId },
  decline: { call: callId },
  hangup: { call: callId },
  "call?": { call: callId, known: v.optional(callEnding) },
};
