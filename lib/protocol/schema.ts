/** The shapes of `messages.ts` as valibot schemas. `v.object` rebuilds: unknown keys are dropped. */
import * as v from "valibot";
import type { BootId, EndpointId, LogId, Position, RoomId, SeatId, SessionId } from "./ids.ts";
import * as limit from "./limits.ts";
import type {
  Candidate,
  ChatBody,
  Description,
  EndpointView,
  IceServer,
  MediaState,
  SeatView,
  TrackLabel,
} from "./messages.ts";
import { parseRoomName } from "./room_name.ts";
import { cleanLine, cleanText, lengthOf } from "./text.ts";

const id = <T extends string>() =>
  v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/), v.transform((text) => text as T));
const text = (length: number) => v.pipe(v.string(), v.maxLength(length));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const rising = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

export const endpointId = id<EndpointId>();
export const seatId = id<SeatId>();
export const sessionId = id<SessionId>();
export const logId = id<LogId>();
export const bootId = id<BootId>();
export const position: v.GenericSchema<unknown, Position> = count;
export const number = rising;
export const version = count;
export const token = text(512);
export const card = text(16 * 1024);
export const bool = v.boolean();

/** A room's name, normalised; see `parseRoomName`. */
export const roomId = v.pipe(
  v.string(),
  v.maxLength(4 * limit.ROOM_NAME_LENGTH),
  v.rawTransform<string, RoomId>(({ dataset, addIssue, NEVER }) => {
    const parsed = parseRoomName(dataset.value);
    if (parsed.ok) return parsed.room;
    addIssue({ message: `the room's name is ${parsed.why}` });
    return NEVER;
  }),
);

/** A person's name: one line, 1 to 32 code points once cleaned. */
export const personName = v.pipe(
  v.string(),
  v.maxLength(8 * limit.PERSON_NAME_LENGTH),
  v.transform(cleanLine),
  v.check((name) => name !== "", "the name is empty"),
  v.check((name) => lengthOf(name) <= limit.PERSON_NAME_LENGTH, "the name is too long"),
);

export const media: v.GenericSchema<unknown, MediaState> = v.object({
  microphone: bool,
  camera: bool,
  screen: bool,
});

export const ownState = {
  name: v.optional(personName),
  media: v.optional(media),
  hand: v.optional(bool),
};

export const description: v.GenericSchema<unknown, Description> = v.object({
  id: text(64),
  type: v.picklist(["offer", "answer"]),
  sdp: v.pipe(v.string(), v.maxLength(limit.SDP_BYTES)),
  re: v.optional(text(64)),
});

export const candidate: v.GenericSchema<unknown, Candidate> = v.object({
  candidate: text(limit.CANDIDATE_LENGTH),
  sdpMid: v.nullable(text(64)),
  sdpMLineIndex: v.nullable(v.pipe(count, v.maxValue(255))),
  usernameFragment: text(256), // RFC 8839, ice-ufrag: 4 to 256 letters
});

const track: v.GenericSchema<unknown, TrackLabel> = v.object({
  mid: text(64),
  kind: v.picklist(["microphone", "camera", "screen", "screen-sound"]),
});

export const signalBody = {
  conn: rising,
  desc: v.optional(description),
  candidate: v.optional(candidate),
  tracks: v.optional(v.pipe(v.array(track), v.maxLength(limit.TRACKS_PER_SIGNAL))),
  proof: v.optional(text(limit.PROOF_LENGTH)),
  restart: v.optional(bool),
};

export const chatBody: v.GenericSchema<unknown, ChatBody> = v.variant("kind", [
  v.object({
    kind: v.literal("plain"),
    text: v.pipe(
      v.string(),
      v.maxLength(4 * limit.CHAT_TEXT_LENGTH),
      v.transform(cleanText),
      v.check((text) => text !== "", "the text is empty"),
      v.check((text) => lengthOf(text) <= limit.CHAT_TEXT_LENGTH, "the text is too long"),
    ),
  }),
  v.object({ kind: v.literal("sealed"), box: text(limit.CHAT_BOX_BYTES) }),
]);

export const carried = v.pipe(
  v.array(v.object({ endpoint: endpointId, n: number })),
  v.maxLength(limit.NAMES_PER_EVENT),
);

const endpointView: v.GenericSchema<unknown, EndpointView> = v.object({
  endpoint: endpointId,
  presence: v.picklist(["present", "away", "absent"]),
  media,
});

export const seatView: v.GenericSchema<unknown, SeatView> = v.object({
  seat: seatId,
  name: personName,
  role: v.picklist(["owner", "guest"]),
  hand: bool,
  main: endpointId,
  endpoints: v.array(endpointView),
});

export const settings = v.object({ capacity: count, locked: bool });

export const iceServer: v.GenericSchema<unknown, IceServer> = v.object({
  urls: v.array(v.string()),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
});
