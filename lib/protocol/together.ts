/**
 * What people in a room do besides talking, on the wire: chat, requests, reactions, roles and the
 * door. Parts of the unions in `messages.ts`; docs/protocol.md tells the story.
 */
import type { EndpointId, EventNumber, KnockId, LogId, Position, RoomId, SeatId } from "./ids.ts";

/** The reactions there are; anything else is no message. */
export const REACTIONS = ["👍", "👏", "❤️", "😂", "😮", "🎉"] as const;
export type Reaction = typeof REACTIONS[number];

/** What one person may ask of another, and the answer no; a yes is done, and seen as state. */
export const REQUESTS = ["mute", "keep"] as const;
export type Request = typeof REQUESTS[number];

export type ChatBody =
  | { readonly kind: "plain"; readonly text: string }
  | { readonly kind: "sealed"; readonly box: string };

/** What an event was numbered, and for which endpoint. */
export interface EventName {
  readonly endpoint: EndpointId;
  readonly n: EventNumber;
}

/** Chat of a session that got a new endpoint says what it was before: some may have had that. */
export interface Carried {
  readonly was?: readonly EventName[];
}

/** What somebody says; the parts its sender gives. */
export interface Saying extends Carried {
  readonly body: ChatBody;
  /** The sender's own mark on it, by which it knows it again when it comes back in its place. */
  readonly mark?: string;
  /** For this seat alone; else for everybody. */
  readonly to?: SeatId;
}

/** What a role allows; to a room by the owner alone. */
export type Act =
  | { readonly do: "lock"; readonly on: boolean }
  | { readonly do: "admit"; readonly knock: KnockId }
  | { readonly do: "refuse"; readonly knock: KnockId }
  | { readonly do: "remove"; readonly seat: SeatId }
  /** Gives the role away: its giver is a guest then. */
  | { readonly do: "hand-on"; readonly seat: SeatId };

/** Somebody before the door of a locked room. */
export interface Knock {
  readonly knock: KnockId;
  readonly name: string;
}

export type TogetherClientBody =
  | ({ readonly type: "chat"; readonly n: EventNumber } & Saying)
  | {
    readonly type: "ask";
    readonly n: EventNumber;
    readonly to: SeatId;
    readonly what: Request;
  }
  | { readonly type: "manage"; readonly n: EventNumber; readonly act: Act }
  | { readonly type: "react"; readonly reaction: Reaction }
  /** Asks those inside a locked room to be let in, until answered, `unknock` or `join`. */
  | { readonly type: "knock"; readonly room: RoomId; readonly name: string }
  | { readonly type: "unknock" };

export interface ChatEvent extends Saying {
  readonly type: "chat";
  readonly p: Position;
  readonly from: EndpointId;
  readonly seat: SeatId;
  /** Of the sender as it was then: seats go, what was said stays. */
  readonly name: string;
  readonly n: EventNumber;
  /** Server's clock, ms since 1970. */
  readonly at: number;
}

/** Somebody asks something of this seat, or refused what it asked. */
export interface AskEvent {
  readonly type: "ask";
  readonly p: Position;
  readonly from: EndpointId;
  readonly seat: SeatId;
  readonly n: EventNumber;
  readonly what: Request;
}

export type TogetherServerBody =
  | ChatEvent
  | AskEvent
  /** After `joined`: what was said before, oldest first; several follow each other if need be. */
  | { readonly type: "past"; readonly log: LogId; readonly said: readonly ChatEvent[] }
  /** Whether the room is locked; the latest wins. */
  | { readonly type: "lock"; readonly on: boolean }
  /** Who knocks, oldest first, to those who may answer; the latest wins. */
  | { readonly type: "knocks"; readonly knocks: readonly Knock[] }
  /** To who knocked: it may join now, or is not let in. */
  | { readonly type: "answer"; readonly room: RoomId; readonly admitted: boolean }
  | { readonly type: "reaction"; readonly seat: SeatId; readonly reaction: Reaction };
