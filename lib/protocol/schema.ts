/** The shapes of `messages.ts` as valibot schemas. `v.object` rebuilds: unknown keys are dropped. */
import * as v from "valibot";
import type {
  BootId,
  EndpointId,
  KnockId,
  LogId,
  Position,
  RoomId,
  SeatId,
  SessionId,
} from "./ids.ts";
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
import { parseRoomName, type RoomName } from "./room_name.ts";
import { REACTIONS, REQUESTS } from "./together.ts";
import { cleanLine, cleanText, lengthOf } from "./text.ts";

/**
 * A schema of one check. Each page carries the parts of valibot named in this file, so they are
 * only those that do more than this.
 */
export const is = <T>(what: string, check: (value: unknown) => boolean) =>
  v.custom<T>(check, `not ${what}`);

/** One of some texts. */
export const oneOf = <const T extends string>(...texts: readonly T[]) =>
  is<T>(texts.join(" or "), (value) => texts.includes(value as T));

export const text = (length: number) =>
  is<string>(
    `a text of up to ${length}`,
    (value) => typeof value === "string" && value.length <= length,
  );
const whole = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  is<number>(
    `a whole number from ${least} to ${most}`,
    (value) => Number.isSafeInteger(value) && value as number >= least && value as number <= most,
  );
export const id = <T extends string>() =>
  is<T>("an id", (value) => typeof value === "string" && /^[\w-]{1,64}$/.test(value));

/** An array of at most so many. */
export const few = <T>(item: v.GenericSchema<unknown, T>, most: number) =>
  v.pipe(v.array(item), v.check((list) => list.length <= most, `more than ${most}`));

const count = whole(0);
const rising = whole(1);

export const endpointId = id<EndpointId>();
export const seatId = id<SeatId>();
export const knockId = id<KnockId>();
export const sessionId = id<SessionId>();
export const logId = id<LogId>();
export const bootId = id<BootId>();
export const position: v.GenericSchema<unknown, Position> = count;
export const number = rising;
export const version = count;
export const token = text(512);
export const card = text(16 * 1024);
export const bool = is<boolean>("true or false", (value) => typeof value === "boolean");
export const anyText = text(limit.FRAME_BYTES);
/** Milliseconds since 1970. */
export const time = is<number>("a time", Number.isFinite);

/** A room's name, normalised; see `parseRoomName`. */
export const roomId: v.GenericSchema<unknown, RoomId> = v.pipe(
  text(4 * limit.ROOM_NAME_LENGTH),
  v.check((name) => parseRoomName(name).ok, "no name of a room"),
  v.transform((name) => (parseRoomName(name) as RoomName & { ok: true }).room),
);

/** Text as `clean` leaves it: not empty, and of at most `length` code points. */
const cleaned = (clean: (text: string) => string, roughly: number, length: number) =>
  v.pipe(
    text(roughly * length),
    v.transform(clean),
    v.check((text) => text !== "" && lengthOf(text) <= length, `empty or longer than ${length}`),
  );

/** A person's name: one line, 1 to 32 code points once cleaned. */
export const personName = cleaned(cleanLine, 8, limit.PERSON_NAME_LENGTH);

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
  type: oneOf("offer", "answer"),
  sdp: text(limit.SDP_BYTES),
  re: v.optional(text(64)),
});

export const candidate: v.GenericSchema<unknown, Candidate> = v.object({
  candidate: text(limit.CANDIDATE_LENGTH),
  sdpMid: v.nullable(text(64)),
  sdpMLineIndex: v.nullable(whole(0, 255)),
  usernameFragment: text(256), // RFC 8839, ice-ufrag: 4 to 256 letters
});

const track: v.GenericSchema<unknown, TrackLabel> = v.object({
  mid: text(64),
  kind: oneOf("microphone", "camera", "screen", "screen-sound"),
});

export const signalBody = {
  conn: rising,
  desc: v.optional(description),
  candidate: v.optional(candidate),
  tracks: v.optional(few(track, limit.TRACKS_PER_SIGNAL)),
  proof: v.optional(text(limit.PROOF_LENGTH)),
  restart: v.optional(bool),
};

const plainChat: v.GenericSchema<unknown, ChatBody> = v.object({
  kind: oneOf("plain"),
  text: cleaned(cleanText, 4, limit.CHAT_TEXT_LENGTH),
});
const sealedChat: v.GenericSchema<unknown, ChatBody> = v.object({
  kind: oneOf("sealed"),
  box: text(limit.CHAT_BOX_BYTES),
});
const chatBody = v.lazy((body) =>
  (body as ChatBody | null)?.kind === "plain" ? plainChat : sealedChat
);

const carried = few(v.object({ endpoint: endpointId, n: number }), limit.NAMES_PER_EVENT);

export const saying = {
  body: chatBody,
  mark: v.optional(id<string>()),
  to: v.optional(seatId),
  was: v.optional(carried),
};
export const reaction = oneOf(...REACTIONS);
export const request = oneOf(...REQUESTS);

const endpointView: v.GenericSchema<unknown, EndpointView> = v.object({
  endpoint: endpointId,
  presence: oneOf("present", "away", "absent"),
  media,
});

export const seatView: v.GenericSchema<unknown, SeatView> = v.object({
  seat: seatId,
  name: personName,
  held: v.optional(bool),
  role: oneOf("owner", "guest"),
  hand: bool,
  handAt: v.optional(time),
  main: endpointId,
  endpoints: v.array(endpointView),
});

export const settings = v.object({ capacity: count, locked: bool });

export const iceServer: v.GenericSchema<unknown, IceServer> = v.object({
  urls: v.array(anyText),
  username: v.optional(anyText),
  credential: v.optional(anyText),
});
