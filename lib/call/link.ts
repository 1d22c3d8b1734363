/**
 * What the call needs of signaling: `signaling.ts` implements it over a reconnecting socket, tests
 * by hand. Delivery (numbering, keeping, acknowledging, dropping repeats) is settled below this.
 */
import type { ReadonlySignal } from "@preact/signals-core";
import type { EndpointId, RoomId, SeatId } from "../protocol/ids.ts";
import type {
  Arrived,
  ChatBody,
  ChatEvent,
  ErrorCode,
  IceServer,
  InsideUpdate,
  Left,
  MediaState,
  OwnState,
  SeatView,
  SignalBody,
  SignalEvent,
} from "../protocol/messages.ts";
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
}

/** The whole room, to be reconciled by endpoint id; `self` is this page. */
export interface Snapshot {
  readonly type: "snapshot";
  readonly self: { readonly seat: SeatId; readonly endpoint: EndpointId };
  /** True when `self.endpoint` is new: no connection of before is of use. */
  readonly fresh: boolean;
  readonly seats: readonly SeatView[];
  readonly capacity: number;
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
  | InsideUpdate
  | { readonly type: "typing"; readonly seat: SeatId; readonly on: boolean }
  | { readonly type: "ice"; readonly servers: readonly IceServer[] }
  /** A join or an event was refused; `re` is the type of the message it answers. */
  | { readonly type: "refused"; readonly code: ErrorCode; readonly re: string | null };

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
  sendChat(body: ChatBody): void;
  sendTyping(on: boolean): void;
  watch(room: RoomId | null): void;
  /** Asks for fresh ICE servers, and with that whether the socket is alive: else another is opened. */
  askIce(): void;
  /** Drops waiting and tries at once. */
  retry(): void;
  on(listener: (event: LinkEvent) => void): Undo;
  dispose(): void;
}
