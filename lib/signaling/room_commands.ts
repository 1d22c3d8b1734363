/**
 * What a room's log is made of, and what folding it asks of the world. Everything that is not
 * settled by the state — time, ids, which process — is in the command.
 */
import type {
  BootId,
  EndpointId,
  EventNumber,
  KnockId,
  LogId,
  Position,
  SeatId,
  SessionId,
} from "../protocol/ids.ts";
import type {
  Act,
  ErrorCode,
  LeaveReason,
  MediaState,
  OwnState,
  Request,
  Role,
  RoomEvent,
  RoomSettings,
  Saying,
} from "../protocol/messages.ts";
import type { Stamp } from "./room_state.ts";

/** What every command of a session says: who, in which epoch, when (ms since 1970). */
interface BySession {
  readonly session: SessionId;
  readonly epoch: number;
  readonly at: number;
  /** An acknowledgement that rides along. */
  readonly ack?: Position;
}

/** What may be needed to make the room. */
interface Making {
  /** The log's name, if this command makes the room. */
  readonly log: LogId;
  /** How long cards of earlier boots may come, ms since 1970. */
  readonly cardsUntil: number;
}

/** A room as its card tells it. */
export interface RoomCard extends Stamp {
  readonly settings: RoomSettings;
  readonly seats: readonly CardSeat[];
  /** Endpoints that left of late, whatever other cards say. */
  readonly left: readonly EndpointId[];
}
export interface CardSeat {
  readonly seat: SeatId;
  readonly name: string;
  readonly role: Role;
  readonly hand: boolean;
  /** How often something new was said of it. */
  readonly said: number;
  /** When it went up; not in the cards of older releases, nor while it is down. */
  readonly handAt?: number;
  readonly main: EndpointId;
  readonly endpoints: readonly {
    readonly endpoint: EndpointId;
    readonly session: SessionId;
    readonly media: MediaState;
  }[];
}

export interface JoinCommand extends BySession, Making {
  readonly do: "join";
  readonly host: BootId;
  /** Minted for this join; unused if the session is inside already. */
  readonly endpoint: EndpointId;
  readonly seat: SeatId;
  readonly name: string;
  /** The name is held by who joins. */
  readonly held?: boolean;
  readonly media: MediaState;
  /** Holds if this join makes the room. */
  readonly capacity: number;
  /** Owner: the secret of the room's maker was shown. */
  readonly role: Role;
  /** Set where a ticket was shown: a further endpoint of this seat. */
  readonly intoSeat?: SeatId;
}

/** A socket takes over what the session had. */
export interface AttachCommand extends BySession {
  readonly do: "attach";
  readonly host: BootId;
  readonly cursors: readonly { readonly log: LogId; readonly p: Position }[];
  readonly state?: OwnState;
}

/** As attach, by a page loaded anew: a new endpoint takes the place of the old one. */
export interface ReloadCommand extends BySession {
  readonly do: "reload";
  readonly host: BootId;
  readonly endpoint: EndpointId;
  readonly state?: OwnState;
}

/** A card shown by `session`, honoured by the shell (signature, boot, age). */
export interface RestoreCommand extends Making {
  readonly do: "restore";
  readonly session: SessionId;
  readonly at: number;
  readonly card: RoomCard;
}

export type RoomCommand =
  | JoinCommand
  | AttachCommand
  | ReloadCommand
  | RestoreCommand
  /** The socket is gone. */
  | (BySession & { readonly do: "detach" })
  /** The page is being hidden for good, or reloaded. */
  | (BySession & { readonly do: "away" })
  | (BySession & { readonly do: "leave" })
  | (BySession & {
    readonly do: "signal";
    readonly n: EventNumber;
    readonly to: EndpointId;
    /** Size of the frame it came in. */
    readonly bytes: number;
    /** The fields of its body as JSON, without the braces: passed on as they came. */
    readonly body: string;
  })
  | (BySession & {
    readonly do: "chat";
    readonly n: EventNumber;
    /** By the computer's clock, for people: `at` may be apart from it. */
    readonly saidAt: number;
    readonly bytes: number;
  } & Saying)
  | (BySession & {
    readonly do: "ask";
    readonly n: EventNumber;
    readonly bytes: number;
    readonly to: SeatId;
    readonly what: Request;
  })
  | (BySession & {
    readonly do: "manage";
    readonly n: EventNumber;
    readonly bytes: number;
    readonly act: Act;
  })
  /** By a session outside. */
  | (BySession & {
    readonly do: "knock";
    readonly host: BootId;
    readonly knock: KnockId;
    readonly name: string;
  })
  | (BySession & { readonly do: "unknock" })
  | (BySession & {
    readonly do: "state";
    readonly state: OwnState;
    /** Whether the name is held by who says it; absent: as it was, unless the name is another. */
    readonly held?: boolean;
  })
  | (BySession & { readonly do: "ack" })
  | { readonly do: "tick"; readonly at: number };

/** Every event but a signal. */
export type ReadEvent = Exclude<RoomEvent, { type: "signal" }>;

/** What the world is to do. Each process does it for the sockets it holds. */
export type Effect =
  /** Every endpoint in `to` is to have this event, now or when it comes back. */
  | { readonly do: "event"; readonly to: readonly EndpointId[]; readonly message: ReadEvent }
  /** The same of a signal, whose body nobody here has read. */
  | {
    readonly do: "relay";
    readonly to: readonly EndpointId[];
    readonly p: Position;
    readonly from: EndpointId;
    readonly n: EventNumber;
    /** As in the command. */
    readonly body: string;
  }
  /** Everybody but `except` is to know the seat's state. */
  | { readonly do: "state"; readonly seat: SeatId; readonly except: EndpointId | null }
  /** A seat's name, or who is inside, changed: those watching are to know. */
  | { readonly do: "inside" }
  /** The room was locked or unlocked: everybody is to know. */
  | { readonly do: "lock" }
  /** Who knocks changed, or who may answer. */
  | { readonly do: "knocks" }
  /** Who knocked is to know. */
  | {
    readonly do: "answer";
    readonly session: SessionId;
    readonly host: BootId;
    readonly epoch: number;
    readonly admitted: boolean;
  }
  /** What cards tell changed: a new card for everybody. */
  | { readonly do: "members" }
  /** The session now has this endpoint, from a card; its socket may be anywhere, or nowhere. */
  | { readonly do: "seated"; readonly session: SessionId }
  /** The session is inside: a snapshot for its socket. */
  | {
    readonly do: "joined";
    readonly session: SessionId;
    readonly host: BootId;
    readonly endpoint: EndpointId;
  }
  /** The session's new socket has its endpoint. */
  | {
    readonly do: "attached";
    readonly session: SessionId;
    readonly host: BootId;
    readonly epoch: number;
    readonly endpoint: EndpointId;
    /** The cursor shown for this log; null asks for a snapshot. */
    readonly had: Position | null;
  }
  /** There was nothing to attach to. */
  | {
    readonly do: "unattached";
    readonly session: SessionId;
    readonly host: BootId;
    readonly epoch: number;
  }
  | { readonly do: "settled"; readonly endpoint: EndpointId; readonly n: EventNumber }
  | {
    readonly do: "refused";
    readonly session: SessionId;
    readonly epoch: number;
    readonly re: RoomCommand["do"];
    readonly code: ErrorCode;
    readonly message: string;
    readonly n?: EventNumber;
  }
  | {
    readonly do: "departed";
    readonly session: SessionId;
    readonly endpoint: EndpointId;
    readonly host: BootId | null;
    readonly why: LeaveReason;
  }
  /** Its socket goes: it does not acknowledge, or says more than it may before others do. */
  | {
    readonly do: "close";
    readonly session: SessionId;
    readonly host: BootId;
    readonly why: "slow" | "rate";
  };
