/**
 * The wire: two unions on `type`, JSON text frames both ways. docs/protocol.md tells their story;
 * `from_client.ts` and `from_server.ts` are the only ways from text to these types.
 */
import type {
  BootId,
  EndpointId,
  EventNumber,
  LogId,
  Position,
  RoomId,
  SeatId,
  SessionId,
} from "./ids.ts";
import type { NamesClientBody } from "./names_messages.ts";
import type { AskEvent, ChatEvent, TogetherClientBody, TogetherServerBody } from "./together.ts";

export type * from "./together.ts";

// ---- shared parts ------------------------------------------------------------------------------

/** What an endpoint sends at the moment. Facts for the others' screens, never commands. */
export interface MediaState {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
}

export type Presence = "present" | "away" | "absent";
export type Role = "owner" | "guest";
export type TrackKind = "microphone" | "camera" | "screen" | "screen-sound";

export interface EndpointView {
  readonly endpoint: EndpointId;
  readonly presence: Presence;
  readonly media: MediaState;
}

export interface SeatView {
  readonly seat: SeatId;
  readonly name: string;
  /** The name is theirs by its key; absent: anybody may wear it. */
  readonly held?: boolean;
  readonly role: Role;
  readonly hand: boolean;
  /** When the hand went up, on the server's clock, ms since 1970: who was first is asked first. */
  readonly handAt?: number;
  /** The endpoint whose picture is the person's. */
  readonly main: EndpointId;
  readonly endpoints: readonly EndpointView[];
}

export interface RoomSettings {
  readonly capacity: number;
  readonly locked: boolean;
}

/** A session description; `id` makes a repeat recognisable, `re` names the offer it answers. */
export interface Description {
  readonly id: string;
  readonly type: "offer" | "answer";
  readonly sdp: string;
  readonly re?: string;
}

/** An `RTCIceCandidateInit` with its username fragment; an empty `candidate` ends them. */
export interface Candidate {
  readonly candidate: string;
  readonly sdpMid: string | null;
  readonly sdpMLineIndex: number | null;
  readonly usernameFragment: string;
}

export interface TrackLabel {
  readonly mid: string;
  readonly kind: TrackKind;
}

/** What two endpoints tell each other about connection number `conn` between them. */
export interface SignalBody {
  readonly conn: number;
  readonly desc?: Description;
  readonly candidate?: Candidate;
  readonly tracks?: readonly TrackLabel[];
  /** Reserved for binding the DTLS fingerprint to the link's secret; relayed unread. */
  readonly proof?: string;
  /** Asks the other side (the impolite one) to restart ICE. */
  readonly restart?: boolean;
}

export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

// ---- client → server -----------------------------------------------------------------------------

/** Any client frame may carry `ack`: every event up to this position of the room's log was had. */
export interface Acking {
  readonly ack?: Position;
}

export interface Hello {
  readonly type: "hello";
  readonly v: number;
}

/** Instead of `hello`, by a session that was here before. */
export interface Resume {
  readonly type: "resume";
  readonly v: number;
  readonly token: string;
  /** How far each log was had; a log unknown to the server means a snapshot. */
  readonly cursors: readonly { readonly log: LogId; readonly p: Position }[];
  /** The last room card had, as it came. */
  readonly card?: string;
  /** The page was loaded anew: its peer connections are gone, its seat stays. */
  readonly reloaded: boolean;
  /** State said again; absent when the session is in no room. */
  readonly state?: OwnState;
}

export interface OwnState {
  readonly name?: string;
  readonly media?: MediaState;
  readonly hand?: boolean;
}

export interface Join {
  readonly type: "join";
  readonly room: RoomId;
  readonly name: string;
  readonly media: MediaState;
  /** Hold only if this join makes the room. */
  readonly settings?: { readonly capacity?: number };
  /** Joins as a further endpoint of the seat the ticket was given to. */
  readonly ticket?: string;
  /** The secret the room's name was made of: who shows it is its owner. */
  readonly owner?: string;
}

export type ClientBody =
  | Hello
  | Resume
  | Join
  | { readonly type: "leave" }
  /** `pagehide`: perhaps a reload, perhaps the end. */
  | { readonly type: "away" }
  | ({ readonly type: "signal"; readonly n: EventNumber; readonly to: EndpointId } & SignalBody)
  | TogetherClientBody
  | ({ readonly type: "state" } & OwnState)
  | { readonly type: "typing"; readonly on: boolean }
  | { readonly type: "ack" }
  | { readonly type: "pong" }
  /** Tells who is inside, now and on each change, until `unwatch` or `join`. */
  | { readonly type: "watch"; readonly room: RoomId }
  | { readonly type: "unwatch" }
  | { readonly type: "ice?" }
  /** Asks for a ticket with which a second device takes the same seat. */
  | { readonly type: "ticket?" }
  | NamesClientBody;

export type ClientMessage = ClientBody & Acking;
export type ClientType = ClientBody["type"];

// ---- server → client -----------------------------------------------------------------------------

/** Any server frame may carry `settled`: the sender may forget its events up to this number. */
export interface Settling {
  readonly settled?: EventNumber;
}

export interface Welcome {
  readonly type: "welcome";
  readonly v: number;
  readonly boot: BootId;
  readonly session: SessionId;
  readonly epoch: number;
  /** For the next `resume`; each welcome brings a new one. */
  readonly token: string;
  /** True: `synced` and all that was missed follow. False: a `joined` follows if a seat stands. */
  readonly resumed: boolean;
  /** The room in which this session has a seat, if any. */
  readonly room: RoomId | null;
}

/** The whole room, as of position `p`; what follows has higher positions. */
export interface Joined {
  readonly type: "joined";
  readonly log: LogId;
  readonly p: Position;
  readonly room: RoomId;
  readonly seat: SeatId;
  readonly endpoint: EndpointId;
  readonly seats: readonly SeatView[];
  readonly settings: RoomSettings;
  readonly generation: number;
  readonly ice: readonly IceServer[];
}

/** After a resume that the log covers: everybody's state, then what was missed. */
export interface Synced {
  readonly type: "synced";
  readonly log: LogId;
  readonly seats: readonly SeatView[];
  readonly locked: boolean;
}

export interface Arrived {
  readonly type: "arrived";
  readonly p: Position;
  readonly seat: SeatView;
  readonly endpoint: EndpointId;
  /** The endpoint this one takes the place of (a reload): it has left. */
  readonly replaces?: EndpointId;
}

export type LeaveReason = "left" | "timeout" | "removed";

export interface Left {
  readonly type: "left";
  readonly p: Position;
  readonly seat: SeatId;
  readonly endpoint: EndpointId;
  readonly why: LeaveReason;
}

export type SignalEvent = {
  readonly type: "signal";
  readonly p: Position;
  readonly from: EndpointId;
  readonly n: EventNumber;
} & SignalBody;

/** What is delivered once, in order, whatever happens in between. */
export type RoomEvent = Arrived | Left | SignalEvent | ChatEvent | AskEvent;

/** The seat as it stands now; the latest wins. */
export interface StateUpdate {
  readonly type: "state";
  readonly seat: SeatView;
}

export interface InsideUpdate {
  readonly type: "inside";
  readonly room: RoomId;
  readonly count: number;
  readonly capacity: number;
  /** Only for rooms whose name cannot be guessed. */
  readonly names: readonly string[];
}

export type ErrorCode =
  | "bad-message" // not JSON, not an object, a field of the wrong shape
  | "too-large" // a frame over FRAME_BYTES
  | "unknown-type"
  | "version"
  | "no-hello" // something else came first
  | "rate"
  | "bad-token" // expired, forged or of another server: say hello instead
  | "bad-room"
  | "bad-name"
  | "name-taken" // somebody else holds it
  | "bad-ticket"
  | "full"
  | "locked"
  | "in-another-room"
  | "not-in-room"
  | "gone" // whom it was for, or about, has left
  | "not-allowed" // by no role one has, or with no secret of the room's owner
  | "internal";

export interface ErrorMessage {
  readonly type: "error";
  readonly code: ErrorCode;
  /** English, for developers; people are shown the locale's words for the code. */
  readonly message: string;
  /** The type of the message it answers, where one could be read. */
  readonly re: string | null;
  /** The number of the event it answers; that event is settled. */
  readonly n?: EventNumber;
  /** A name like the one that was taken, and free. */
  readonly suggestion?: string;
}

export type ServerBody =
  | Welcome
  | Joined
  | Synced
  | RoomEvent
  | TogetherServerBody
  | StateUpdate
  | InsideUpdate
  | ErrorMessage
  /** The room as a signed text, to be sent back in `resume`; replaces the one had before. */
  | { readonly type: "card"; readonly card: string }
  | { readonly type: "typing"; readonly seat: SeatId; readonly on: boolean }
  | { readonly type: "ack" }
  | { readonly type: "ping" }
  | { readonly type: "ice"; readonly servers: readonly IceServer[] }
  | { readonly type: "ticket"; readonly ticket: string }
  /** A new resume token, long before the old one ends. */
  | { readonly type: "token"; readonly token: string }
  /** The server goes away: come back after a random time up to DRAIN_SPREAD_MS. */
  | { readonly type: "draining" }
  /** The answer to `leave`: the seat is free. */
  | { readonly type: "bye" };

export type ServerMessage = ServerBody & Settling;
export type ServerType = ServerBody["type"];
