/** The latest events of a room as frames: what a resume catches up with. */
import type { EndpointId, EventNumber, Position, SeatId } from "../protocol/ids.ts";
import type { Effect } from "./room_commands.ts";
import type { PendingEvent } from "./room_state.ts";

/** Beyond these a resume starts from a snapshot; events still pending are kept all the same. */
export const TAIL_ENTRIES = 512;
export const TAIL_LETTERS = 256 * 1024;

export interface TailEntry {
  readonly p: Position;
  readonly to: readonly EndpointId[];
  readonly frame: string;
  /** How much it holds in memory, roughly. */
  readonly letters: number;
  /** The seat it shows as it was then; told late, it is to be shown as it is now. */
  readonly shows?: SeatId;
}

/**
 * A signal that is written each time it is told, nearly always once: its body is a part of the
 * frame it came in, and keeping a second frame until all have had it is work for the collector.
 */
export class RelayedSignal implements TailEntry {
  readonly p: Position;
  readonly to: readonly EndpointId[];
  readonly #from: EndpointId;
  readonly #n: EventNumber;
  readonly #body: string;

  constructor({ p, to, from, n, body }: Extract<Effect, { do: "relay" }>) {
    this.p = p;
    this.to = to;
    this.#from = from;
    this.#n = n;
    this.#body = body;
  }

  get frame(): string {
    return `{"type":"signal","p":${this.p},"from":"${this.#from}","n":${this.#n},${this.#body}}`;
  }

  get letters(): number {
    return this.#body.length;
  }
}

/** In order of position. */
export class Tail {
  #entries: TailEntry[] = [];
  #letters = 0;
  /** The highest position that was dropped while somebody may have needed it. */
  #floor: Position = 0;

  get length(): number {
    return this.#entries.length;
  }

  /** The position below which nothing is held; `otherwise` when nothing is. */
  start(otherwise: Position): Position {
    return this.#entries[0]?.p ?? otherwise;
  }

  /** True when everything above `p` is still here. */
  covers(p: Position): boolean {
    return p >= this.#floor;
  }

  /**
   * Adds an event; over the limits the oldest go, unless they are pending: their receivers get
   * them after a snapshot, and each sender's limit bounds how many those are.
   */
  push(entry: TailEntry, pending: readonly PendingEvent[]): void {
    this.#entries.push(entry);
    this.#letters += entry.letters;
    if (this.#entries.length <= TAIL_ENTRIES && this.#letters <= TAIL_LETTERS) return;
    const needed = new Set(pending.map(({ p }) => p));
    let left = this.#entries.length;
    this.#entries = this.#entries.filter(({ p, letters }) => {
      const over = left > TAIL_ENTRIES / 2 || this.#letters > TAIL_LETTERS / 2;
      if (!over || needed.has(p)) return true;
      left--;
      this.#letters -= letters;
      this.#floor = p;
      return false;
    });
  }

  /**
   * Lets go of what everybody has had, from the oldest on.
   *
   * @param hadUpTo how far an endpoint has had its events; Infinity for one that left
   */
  trim(hadUpTo: (endpoint: EndpointId) => Position): void {
    let count = 0;
    for (const { p, to, letters } of this.#entries) {
      if (!to.every((endpoint) => hadUpTo(endpoint) >= p)) break;
      this.#letters -= letters;
      count++;
    }
    if (count > 0) this.#entries.splice(0, count);
  }

  /** What this endpoint missed after `p`. */
  missed(endpoint: EndpointId, p: Position): TailEntry[] {
    return this.#entries.filter((entry) => entry.p > p && entry.to.includes(endpoint));
  }

  /** What is still due to this endpoint, whatever else it missed. */
  due(endpoint: EndpointId, pending: readonly PendingEvent[]): TailEntry[] {
    const due = new Set(pending.filter((each) => each.due.includes(endpoint)).map(({ p }) => p));
    return due.size === 0 ? [] : this.#entries.filter(({ p }) => due.has(p));
  }

  /** A new life of the room begins: nothing of the old one is told any more. */
  clear(): void {
    this.#entries = [];
    this.#letters = 0;
    this.#floor = 0;
  }
}
