/** What clients say of names and calls, as a server reads it: the fields of each message. */
import * as v from "valibot";
import { PERSON_NAME_LENGTH } from "./limits.ts";
import { CLAIM_LENGTH, SIGNATURE_LETTERS } from "./names_limits.ts";
import type { NamesClientType } from "./names_messages.ts";
import { base64url, callEnding, callId, callKind, publicKey } from "./names_schema.ts";
import * as s from "./schema.ts";

/** A name before it is read; `parseName` says the rest. */
const typed = s.text(8 * PERSON_NAME_LENGTH);
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
  "call?": { call: callId, key: v.optional(publicKey), known: v.optional(callEnding) },
};
