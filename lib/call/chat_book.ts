/**
 * What was said, in one order for all (pure): by the life of the room's log, then by position. What
 * a restarted server tells anew takes its later place, at everybody's.
 */
import type { EndpointId, EventNumber, LogId, SeatId } from "../protocol/ids.ts";
import type { ChatEvent } from "../protocol/messages.ts";

/** Far more than a room's own memory; the oldest go. */
export const LINES_KEPT = 500;

/** Something said by this page that has not come back with its place. */
export interface Pending {
  readonly mark: string;
  readonly text: string;
  readonly to: SeatId | null;
  /** On one's own clock, ms since 1970. */
  readonly atMs: number;
  readonly failed: boolean;
}

interface Line {
  life: number;
  chat: ChatEvent;
  readonly key: string;
}

export class ChatBook {
  readonly #lives: LogId[] = [];
  #lines: Line[] = [];
  #pending: Pending[] = [];
  /** Every name each had: an endpoint's number, and what it was before. */
  readonly #byName = new Map<string, Line>();

  /** What comes from now on is of this log. */
  open(log: LogId): void {
    this.#lifeOf(log);
  }

  /**
   * Takes what was said, once.
   *
   * @param log of which its position is; else the latest opened
   * @returns true when it is new here, and not this page's own
   */
  take(chat: ChatEvent, log: LogId | null = null): boolean {
    const life = log === null ? this.#lives.length - 1 : this.#lifeOf(log);
    const names = namesOf(chat);
    const known = names.map((name) => this.#byName.get(name)).find((line) => line !== undefined);
    const wasMine = chat.mark !== undefined && this.#settle(chat.mark);
    const line = known ?? { life, chat, key: names[0] };
    for (const name of names) this.#byName.set(name, line);
    if (known === undefined) this.#lines.push(line);
    else if (life > known.life || (life === known.life && chat.p > known.chat.p)) {
      known.life = life;
      known.chat = { ...chat, at: known.chat.at };
    }
    this.#lines.sort((a, b) => a.life - b.life || a.chat.p - b.chat.p);
    while (this.#lines.length > LINES_KEPT) this.#forget(this.#lines.shift()!);
    return known === undefined && !wasMine;
  }

  /** Shows what was said here before it has its place. */
  wait(pending: Omit<Pending, "failed">): void {
    this.#pending.push({ ...pending, failed: false });
  }

  /** It was refused. */
  fail(mark: string): void {
    this.#pending = this.#pending.map((each) =>
      each.mark === mark ? { ...each, failed: true } : each
    );
  }

  get said(): readonly { readonly key: string; readonly chat: ChatEvent }[] {
    return this.#lines;
  }

  get pending(): readonly Pending[] {
    return this.#pending;
  }

  #settle(mark: string): boolean {
    const before = this.#pending.length;
    this.#pending = this.#pending.filter((each) => each.mark !== mark);
    return this.#pending.length < before;
  }

  #forget(line: Line): void {
    for (const [name, each] of this.#byName) if (each === line) this.#byName.delete(name);
  }

  #lifeOf(log: LogId): number {
    const at = this.#lives.indexOf(log);
    return at >= 0 ? at : this.#lives.push(log) - 1;
  }
}

function namesOf({ from, n, was = [] }: ChatEvent): string[] {
  const name = (endpoint: EndpointId, n: EventNumber) => `${endpoint} ${n}`;
  return [name(from, n), ...was.map((each) => name(each.endpoint, each.n))];
}
