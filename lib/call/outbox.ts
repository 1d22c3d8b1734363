/**
 * What this page said and the server has not settled: numbered, kept, and given out again after a
 * resume. The sender is the keeper of its events, so that a server killed at any moment loses
 * nothing (docs/protocol.md, "Events from a client"). No timers, no socket.
 */
import type { EndpointId, EventNumber } from "../protocol/ids.ts";
import {
  FRAME_BYTES,
  NAMES_PER_EVENT,
  UNSETTLED_BYTES,
  UNSETTLED_MESSAGES,
} from "../protocol/limits.ts";
import type { ClientBody, ErrorCode } from "../protocol/messages.ts";

/** An event as it goes over the wire, its number included. */
export type OutEvent = Extract<ClientBody, { type: "signal" | "chat" | "ask" | "manage" }>;
/** An event before it has its number. */
export type Draft = Unnumbered<OutEvent>;
type Unnumbered<T> = T extends OutEvent ? Omit<T, "n"> : never;

/** Left free in each frame for what rides along: an acknowledgement. */
const RIDER_BYTES = 64;

interface Kept {
  readonly event: OutEvent;
  readonly bytes: number;
}

export type Added =
  | { readonly ok: true; readonly event: OutEvent }
  | { readonly ok: false; readonly code: Extract<ErrorCode, "rate" | "too-large"> };

export class Outbox {
  #kept: Kept[] = [];
  #bytes = 0;
  #next: EventNumber = 1;

  /**
   * Numbers an event and keeps it.
   *
   * @returns `rate` when as much as may be is unsettled already, `too-large` for what no frame
   * holds; nothing was kept then
   */
  add(draft: Draft): Added {
    const event = { ...draft, n: this.#next } as OutEvent;
    const bytes = bytesOf(event);
    if (bytes + RIDER_BYTES > FRAME_BYTES) return { ok: false, code: "too-large" };
    if (this.#kept.length >= UNSETTLED_MESSAGES || this.#bytes + bytes > UNSETTLED_BYTES) {
      return { ok: false, code: "rate" };
    }
    this.#next++;
    this.#keep({ event, bytes });
    return { ok: true, event };
  }

  /** Forgets every event up to `n`: all who were to have it had it or left. */
  settle(n: EventNumber): void {
    while (this.#kept.length > 0 && this.#kept[0].event.n <= n) {
      this.#bytes -= this.#kept.shift()!.bytes;
    }
  }

  /** Forgets event `n` alone: it was refused. Gives it back, if it was kept. */
  drop(n: EventNumber): OutEvent | undefined {
    const at = this.#kept.findIndex((each) => each.event.n === n);
    if (at < 0) return undefined;
    const [{ event, bytes }] = this.#kept.splice(at, 1);
    this.#bytes -= bytes;
    return event;
  }

  /** Events above `n` that are kept, in order. */
  after(n: EventNumber): OutEvent[] {
    return this.#kept.filter((each) => each.event.n > n).map((each) => each.event);
  }

  /**
   * Starts counting from 1 for a new endpoint. Chat is a person's and is carried over, with the names
   * it had, since some may have had it by one of these; signals were about the old endpoint's
   * connections, requests and acts about a moment that is over: they go.
   *
   * @param before the endpoint all that was kept so far was numbered for; null: there was none
   */
  renumber(before: EndpointId | null): void {
    const kept = this.#kept;
    this.clear();
    for (const { event } of kept) {
      if (event.type !== "chat") continue;
      const was = before === null ? event.was : [
        ...(event.was ?? []),
        { endpoint: before, n: event.n },
      ].slice(-NAMES_PER_EVENT);
      const carried = { ...event, ...(was === undefined ? {} : { was }), n: this.#next++ };
      this.#keep({ event: carried, bytes: bytesOf(carried) });
    }
  }

  /** Forgets everything; the count starts from 1. */
  clear(): void {
    this.#kept = [];
    this.#bytes = 0;
    this.#next = 1;
  }

  /** How many events are unsettled. */
  get size(): number {
    return this.#kept.length;
  }

  #keep(kept: Kept): void {
    this.#kept.push(kept);
    this.#bytes += kept.bytes;
  }
}

function bytesOf(event: OutEvent): number {
  return new TextEncoder().encode(JSON.stringify(event)).length;
}
