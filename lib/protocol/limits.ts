/** Every limit of the wire, in one place. Docs: docs/protocol.md, "Limits". */

/** Raised when an older page could misread a newer server, or the other way round. */
export const PROTOCOL_VERSION = 1;

/** One frame, as UTF-8; checked before it is parsed. */
export const FRAME_BYTES = 64 * 1024;
/** Room and person names, in code points after normalisation. */
export const ROOM_NAME_LENGTH = 64;
export const PERSON_NAME_LENGTH = 32;
/** A session description; Chromium's for six people stay under 12 kB. */
export const SDP_BYTES = 48 * 1024;
export const CANDIDATE_LENGTH = 1024;
export const PROOF_LENGTH = 128;
export const CHAT_TEXT_LENGTH = 4000;
export const CHAT_BOX_BYTES = 8 * 1024;
/** What who joins later is told of what was said; bytes as the frames were that it came in. */
export const PAST_MESSAGES = 100;
export const PAST_BYTES = 128 * 1024;
/** People before the door of one room, at once; and for how long each is shown. */
export const KNOCKS = 8;
export const KNOCK_KEPT_MS = 120_000;
/** Tracks of one connection: microphone, camera, screen, screen sound, and as many to spare. */
export const TRACKS_PER_SIGNAL = 16;

/** Seats of a room: what a first join may ask for. */
export const CAPACITY_MIN = 2;
export const CAPACITY_MAX = 16;

/** What a sender keeps until it is settled. */
export const UNSETTLED_MESSAGES = 256;
export const UNSETTLED_BYTES = 256 * 1024;
/** From here on the server gives up what others hold back, so that no sender ever runs full. */
export const RELIEF_MESSAGES = 192;
export const RELIEF_BYTES = 192 * 1024;
/** Endpoints an unsettled chat is carried through, each after a lost seat; the oldest is forgotten. */
export const NAMES_PER_EVENT = 8;
/** What the server ever queues to one socket. */
export const SEND_QUEUE_BYTES = 256 * 1024;
/** A receiver acknowledges after so many events or so long, whichever is first. */
export const ACK_EVERY_MESSAGES = 16;
export const ACK_AFTER_MS = 250;

/** The first frame must come within this. */
export const HELLO_DEADLINE_MS = 10_000;
export const PING_EVERY_MS = 5_000;
/** A socket from which nothing came for this long is half-open. */
export const SILENT_AFTER_MS = 15_000;
/** After `pagehide`: long enough for a reload on a slow phone. */
export const AWAY_KEPT_MS = 5_000;
/** An absent seat is kept this long by the server, and its tile this long by a page. */
export const ABSENT_KEPT_MS = 120_000;
export const ABSENT_SHOWN_MS = 20_000;
/** A room rebuilt from cards waits this long for the others before it is an ordinary room. */
export const RECOVERING_MS = 15_000;
/** How long a resume token is good. */
export const TOKEN_LIFE_MS = 12 * 60 * 60 * 1000;
/** Clients told `draining` wait a random time up to this before they come back. */
export const DRAIN_SPREAD_MS = 2_000;
/** Waits before each reconnect, in ms; the last one repeats. */
export const RECONNECT_WAITS_MS = [0, 300, 1200, 2700, 4800, 7000] as const;

/** Fatal: the client must not reconnect by itself; the close reason says why (`CloseReason`). */
export const CLOSE_FATAL = 4000;
/** The client reconnects and resumes; the close reason says why. */
export const CLOSE_RETRY = 4001;

/** Reasons that travel with `CLOSE_FATAL`. */
export type FatalReason = "replaced" | "version" | "abuse" | "removed" | "no-hello";
/** Reasons that travel with `CLOSE_RETRY`. */
export type RetryReason = "draining" | "slow" | "silent" | "rate" | "internal";
