/**
 * What the call needs of signaling: `signaling.ts` implements it over a reconnecting socket, tests
 * by hand. Delivery (numbering, keeping, acknowledging, dropping repeats) is settled below this.
 */
import type { ReadonlySignal } from "@preact/signals-core";
import type { EndpointId, LogId, RoomId, SeatId } from "../protocol/ids.ts";
import type {
  Act,
  Arrived,
  AskEvent,
  ChatEvent,
  ErrorCode,
  IceServer,
  InsideUpdate,
  Left,
  MediaState,
  OwnState,
  Reaction,
  Request,
  Saying,
  SeatView,
  Settling,
  SignalBody,
  SignalEvent,
  TogetherServerBody,
  Welcome,
} from "../protocol/messages.ts";
import type { NamesClientBody } from "../protocol/names_messages.ts";
import type { FatalReason } from "../protocol/limits.ts";
import type { Undo } from "./ports.ts";

export type LinkStatus =
  | { readonly is: "idle" }
  | { readonly is: "connecting"; readonly sinceMs: number } // since the link was last open
  | { readonly is: "open" }
  | { readonly is: "closed"; readonly why: FatalReason };

export interface JoinRequest {
  readonly room: RoomId;
  readonly name: string;
  readonly media: MediaState;
  readonly settings?: { readonly capacity?: number };
  /** The secret the room's name was made of, where this browser made it. */
  readonly owner?: string;
}

/** The whole room, to be reconciled by endpoint id; `self` is this page. */
export interface Snapshot {
  readonly type: "snapshot";
  readonly self: { readonly seat: SeatId; readonly endpoint: EndpointId };
  /** True when `self.endpoint` is new: no connection of before is of use. */
  readonly fresh: boolean;
  readonly seats: readonly SeatView[];
  readonly capacity: number;
  readonly locked: boolean;
  /** Which life of the room's log its positions are of. */
  readonly log: LogId;
  readonly ice: readonly IceServer[];
}

export type LinkEvent =
  | Snapshot
  /** After a resume without loss, or one seat's change: the state as it is now. */
  | { readonly type: "seats"; readonly seats: readonly SeatView[] }
  | Arrived
  | Left
  | SignalEvent
  | ChatEvent
  /** Chat that was handed on before has another place now, since a server told it anew. */
  | { readonly type: "chat-again"; readonly chat: ChatEvent }
  | AskEvent
  /** The others' view of what is no event; `lock` and `knocks` after a resume too. */
  | Extract<TogetherServerBody, { type: "past" | "lock" | "knocks" | "answer" | "reaction" }>
  | InsideUpdate
  | { readonly type: "typing"; readonly seat: SeatId; readonly on: boolean }
  | { readonly type: "ice"; readonly servers: readonly IceServer[] }
  /** A join or an event was refused; `re` is the type of the message it answers, `mark` its own. */
  | {
    readonly type: "refused";
    readonly code: ErrorCode;
    readonly re: string | null;
    readonly mark?: string;
    /** A free name like the one that was taken. */
    readonly suggestion?: string;
  };

/** What else is spoken on the link, by a part of the page that is loaded later. */
export interface LinkPart {
  /** The session stands on a socket; said at once if it does already. */
  welcomed(welcome: Welcome): void;
  /** The socket is gone. */
  lost(): void;
  /** Reads a frame that is no message of rooms; null if it is none of its own either. */
  read(frame: unknown): Settling | null;
}

export interface SignalingLink {
  readonly status: ReadonlySignal<LinkStatus>;
  /** True when the tab's memory holds a session that sat in a room when the page was unloaded. */
  readonly returning: RoomId | null;
  /** Opens the socket, with `resume` where there is something to resume. Idempotent. */
  start(): void;
  /** Wants to be in a room until `leave`: said again after every loss of the seat. */
  join(request: JoinRequest): void;
  leave(): void;
  /** The latest wins; said again in a resume. */
  setState(state: OwnState): void;
  sendSignal(to: EndpointId, body: SignalBody): void;
  sendChat(body: Saying["body"], more?: Pick<Saying, "mark" | "to">): void;
  /** Asks something of a seat, or refuses what it asked. */
  ask(to: SeatId, what: Request): void;
  /** Does what one's role allows; refused otherwise. */
  manage(act: Act): void;
  /** Shown to those who are there now; nobody is told later. */
  react(reaction: Reaction): void;
  /** Asks to be let into a locked room until answered or joined; null: no more. */
  knock(at: { readonly room: RoomId; readonly name: string } | null): void;
  sendTyping(on: boolean): void;
  watch(room: RoomId | null): void;
  /** Asks for fresh ICE servers, and with that whether the socket is alive: else another is opened. */
  askIce(): void;
  /** Drops waiting and tries at once. */
  retry(): void;
  on(listener: (event: LinkEvent) => void): Undo;
  /** Takes a part in, at most one. */
  plug(part: LinkPart): Undo;
  /** Says what is of names and calls; nothing while there is no socket. */
  say(body: NamesClientBody): void;
  dispose(): void;
}
