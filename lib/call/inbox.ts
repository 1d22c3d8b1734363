/**
 * What this page had: where it stands in the room's log, what is a repeat, when to acknowledge
 * (docs/protocol.md, "Events to a client"). No timers, no socket.
 */
import type { EndpointId, EventNumber, LogId, Position } from "../protocol/ids.ts";
import { ACK_EVERY_MESSAGES } from "../protocol/limits.ts";
import type { RoomEvent } from "../protocol/messages.ts";

/** Senders whose count is remembered; far more than ever meet one page's endpoint. */
const SENDERS_REMEMBERED = 1024;

export interface Cursor {
  readonly log: LogId;
  readonly p: Position;
}

export class Inbox {
  #cursor: Cursor | null = null;
  /** What was had of the cursor's own position: one cause may take several people in or out. */
  readonly #here = new Set<string>();
  #unacked = 0;
  /**
   * The last number had of each sender. Outlives logs, and the senders' leaving: after a restart a
   * sender may come back from a card older than its leaving and send again what was had.
   */
  readonly #had = new Map<EndpointId, EventNumber>();

  /** A snapshot of log `log` as of position `p` was had; what is below comes no more. */
  open(log: LogId, p: Position): void {
    const cursor = this.#cursor;
    if (cursor?.log !== log || p > cursor.p) this.#moveTo({ log, p });
    this.#unacked = 0;
  }

  /** The room was left. */
  close(): void {
    this.#cursor = null;
    this.#here.clear();
    this.#unacked = 0;
  }

  /**
   * How far the room's log was had for certain; null outside of rooms. Lies below an `arrived` or
   * `left` that came last, since another one of the same position may be under way.
   */
  get cursor(): Cursor | null {
    if (this.#cursor === null || this.#here.size === 0) return this.#cursor;
    return { log: this.#cursor.log, p: this.#cursor.p - 1 };
  }

  /**
   * Takes note of an event.
   *
   * @returns true when it is to be handed on, false when it was had before
   */
  take(event: RoomEvent): boolean {
    const cursor = this.#cursor;
    if (cursor === null) return false;
    this.#unacked++;
    if (event.type === "arrived" || event.type === "left") {
      const name = `${event.type} ${event.endpoint}`;
      if (event.p < cursor.p || (event.p === cursor.p && !this.#isNewsHere(name))) return false;
      if (event.p > cursor.p) this.#moveTo({ log: cursor.log, p: event.p });
      this.#here.add(name);
      return true;
    }
    if (event.p <= cursor.p) return false;
    this.#moveTo({ log: cursor.log, p: event.p });
    if (this.#wasHad(event.from, event.n)) return false;
    this.#remember(event.from, event.n);
    if (event.type !== "chat" || event.was === undefined) return true;
    return !event.was.some(({ endpoint, n }) => this.#wasHad(endpoint, n));
  }

  /** True when so much was had since the last acknowledgement that it must not wait for a frame. */
  get mustAck(): boolean {
    return this.#unacked >= ACK_EVERY_MESSAGES;
  }

  /** True when there is anything to acknowledge. */
  get owesAck(): boolean {
    return this.#unacked > 0;
  }

  /** The acknowledgement for the frame about to go; undefined when none is owed. */
  takeAck(): Position | undefined {
    if (this.#unacked === 0) return undefined;
    this.#unacked = 0;
    return this.cursor?.p;
  }

  #moveTo(cursor: Cursor): void {
    this.#cursor = cursor;
    this.#here.clear();
  }

  /** At a snapshot's own position nothing is news: it tells it all. */
  #isNewsHere(name: string): boolean {
    return this.#here.size > 0 && !this.#here.has(name);
  }

  #wasHad(from: EndpointId, n: EventNumber): boolean {
    return n <= (this.#had.get(from) ?? 0);
  }

  #remember(from: EndpointId, n: EventNumber): void {
    this.#had.delete(from); // to the end of the map's order: the least recent is forgotten first
    this.#had.set(from, n);
    if (this.#had.size <= SENDERS_REMEMBERED) return;
    const [oldest] = this.#had.keys();
    this.#had.delete(oldest);
  }
}
