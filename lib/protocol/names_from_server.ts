/** What a server says of names and calls, as clients read it. */
import type { ObjectEntries } from "valibot";
import * as v from "valibot";
import { readerOf } from "./frame.ts";
import { FRAME_BYTES } from "./limits.ts";
import { CLAIM_LENGTH } from "./names_limits.ts";
import { callEnding, callId, callKind, publicKey } from "./names_schema.ts";
import {
  NAMES_FAULTS,
  type NamesServerMessage,
  type NamesServerType,
  REACHES,
} from "./names_messages.ts";
import * as s from "./schema.ts";

const MESSAGES: Readonly<Record<NamesServerType, ObjectEntries>> = {
  challenge: { nonce: s.text(64) },
  registered: { name: s.personName, claim: s.text(CLAIM_LENGTH) },
  unnamed: { why: s.oneOf("forgotten", "claimed") },
  people: {
    all: s.bool,
    people: v.array(v.object({ name: s.personName, reach: s.oneOf(...REACHES, "gone") })),
  },
  ring: { call: callId, from: s.personName, kind: callKind, key: publicKey },
  ringing: { call: callId },
  accepted: {
    call: callId,
    as: callId,
    role: s.oneOf("caller", "callee"),
    with: s.personName,
    kind: callKind,
    room: s.roomId,
    key: publicKey,
    camera: s.bool,
  },
  ended: { call: callId, why: callEnding },
  missed: { call: callId, from: s.personName, kind: callKind },
  hungup: { call: callId },
  "names-error": {
    code: s.oneOf(...NAMES_FAULTS),
    message: s.text(FRAME_BYTES),
    re: s.text(32),
    call: v.optional(callId),
    suggestion: v.optional(s.personName),
  },
};

/** Reads what a server said of names or calls; anything else is refused. Never throws. */
export const parseNames = readerOf<NamesServerMessage>(MESSAGES, {
  settled: v.optional(s.position),
});
