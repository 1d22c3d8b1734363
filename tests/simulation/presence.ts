/**
 * Judges presence by the one clock nobody can set: who is given up, and when, and who is seen to go.
 * A fault shorter than its limit may dim somebody, never take them away.
 */
import type { EndpointId, SeatId } from "../../lib/protocol/ids.ts";
import { ABSENT_KEPT_MS, AWAY_KEPT_MS, SILENT_AFTER_MS } from "../../lib/protocol/limits.ts";
import type { Presence, SeatView } from "../../lib/protocol/messages.ts";
import type { RoomCommand } from "../../lib/signaling/room_commands.ts";
import type { EndpointState, RoomState } from "../../lib/signaling/room_state.ts";
import type { FakeClock } from "../support/clock.ts";
import type { Ledger } from "./ledger.ts";
import type { Page } from "./page.ts";

/** The server looks once a second; half of one more for what is under way. */
const LATE_MS = 1_500;

/** What may be held against a tab, or for it; outlives its pages. */
export interface Standing {
  /** It may lose its seat: away for longer than a seat is kept, or its token was made worthless. */
  excused: boolean;
  /** Two tabs have its session: either may lose the seat to the other. */
  shared: boolean;
  /** Several sit in its seat, or did, and say one name in turn. */
  hasDevices: boolean;
  /** When the server last heard anything of it, ms since 1970. */
  heardAt: number;
  /** How far the server's clock was ahead when its token was made. */
  tokenAheadMs: number;
}

export function newStanding(now: number): Standing {
  return { excused: false, shared: false, hasDevices: false, heardAt: now, tokenAheadMs: 0 };
}

interface Known {
  readonly presence: Presence;
  readonly sinceMs: number;
}

export class PresenceJudge {
  wrongs = 0;
  readonly #clock: FakeClock;
  readonly #ledger: Ledger;
  readonly #known = new Map<EndpointId, Known>();
  #isUp = false;
  #upSinceMs = 0;
  /** Of each viewer and seat, the latest name seen; names end in a number that only rises. */
  readonly #names = new Map<Page, Map<SeatId, number>>();

  constructor(clock: FakeClock, ledger: Ledger) {
    this.#clock = clock;
    this.#ledger = ledger;
  }

  wrong(why: string): void {
    this.wrongs++;
    this.#ledger.problems.push(`presence: ${why}`);
  }

  /** The server is gone, and with it all it knew. */
  died(): void {
    this.#known.clear();
    this.#isUp = false;
  }

  started(): void {
    this.#isUp = true;
    this.#upSinceMs = this.#clock.now();
  }

  /** The server heard of a tab: who was silent for so long may have lost the seat. */
  heard(standing: Standing): void {
    const now = this.#clock.now();
    // A server that is down keeps seats for as long as it is.
    if (now - Math.max(standing.heardAt, this.#upSinceMs) >= ABSENT_KEPT_MS) {
      standing.excused = true;
    }
    standing.heardAt = now;
  }

  stepped(before: RoomState, after: RoomState, command: RoomCommand): void {
    if (!this.#isUp) return; // what a dying server does last is lost with it
    const now = this.#clock.now();
    const there = new Set(after.endpoints.map(({ endpoint }) => endpoint));
    for (const each of before.endpoints) {
      if (there.has(each.endpoint)) continue;
      this.#taken(each, command);
      this.#known.delete(each.endpoint);
    }
    for (const { endpoint, presence } of after.endpoints) {
      if (this.#known.get(endpoint)?.presence === presence) continue;
      this.#known.set(endpoint, { presence, sinceMs: now });
    }
  }

  /** The server gave a socket up, since nothing came from it. */
  silent(heardAt: number): void {
    const silentMs = this.#clock.now() - heardAt;
    if (silentMs < SILENT_AFTER_MS) this.wrong(`a socket was given up after ${silentMs} ms`);
  }

  /** What holds at every moment. */
  check(): void {
    const now = this.#clock.now();
    for (const [endpoint, { presence, sinceMs }] of this.#known) {
      const tenure = this.#ledger.tenureOf(endpoint);
      const lastedMs = now - sinceMs;
      if (presence === "present") {
        if (tenure === undefined || tenure.page.standing.shared) continue;
        const silentMs = now - Math.max(tenure.page.standing.heardAt, sinceMs);
        if (silentMs > SILENT_AFTER_MS + LATE_MS) {
          this.wrong(`${tenure.page.name} is present, silent for ${silentMs} ms`);
        }
      } else if (lastedMs > (presence === "away" ? AWAY_KEPT_MS : ABSENT_KEPT_MS) + LATE_MS) {
        this.wrong(`${tenure?.page.name ?? endpoint} is still ${presence} after ${lastedMs} ms`);
      }
    }
  }

  /** A page was given another endpoint than the one it had. */
  reseated(page: Page, endpoint: EndpointId, seat: SeatId): void {
    const { standing, awaitsSeat, tenure } = page;
    if (this.#mustBeThere(tenure?.endpoint)) this.wrong(`${page.name} lost its seat`);
    if (awaitsSeat !== null && awaitsSeat !== seat && !standing.excused && !standing.shared) {
      this.wrong(`${page.name} was loaded anew and lost its seat`);
    }
    page.awaitsSeat = null;
    // What a server said that is gone by now does not end anything.
    if (this.#known.has(endpoint)) standing.excused = false;
  }

  /** True while some may not be back yet who were there before the server was started. */
  get isRecovering(): boolean {
    return this.#clock.now() - this.#upSinceMs < ABSENT_KEPT_MS;
  }

  toldFull(page: Page): void {
    if (this.#mustBeThere(page.tenure?.endpoint)) {
      this.wrong(`${page.name} came back and was told full`);
    }
  }

  /** What a page sees changed: nobody went without a cause, and nothing is older than before. */
  saw(page: Page, before: readonly SeatView[], after: readonly SeatView[]): void {
    if (before.length === 0) this.#names.delete(page);
    const now = new Set(endpointsIn(after));
    for (const endpoint of endpointsIn(before)) {
      if (now.has(endpoint) || endpoint === page.tenure?.endpoint) continue;
      if (this.#mustBeThere(endpoint) && !page.standing.excused && !page.standing.shared) {
        const { name } = this.#ledger.tenureOf(endpoint)!.page;
        this.wrong(`${page.name} saw ${name} go, who only had a fault`);
      }
    }
    this.#seeNames(page, after);
  }

  #seeNames(page: Page, seats: readonly SeatView[]): void {
    const names = this.#names.get(page) ?? new Map<SeatId, number>();
    this.#names.set(page, names);
    for (const { seat, name } of seats) {
      const [, number] = /#(\d+)$/.exec(name) ?? [];
      if (number === undefined) continue;
      const latest = names.get(seat) ?? 0;
      if (Number(number) < latest) this.wrong(`${page.name} saw ${name} after #${latest}`);
      names.set(seat, Math.max(latest, Number(number)));
    }
  }

  #taken({ endpoint, session, presence }: EndpointState, command: RoomCommand): void {
    const tenure = this.#ledger.tenureOf(endpoint);
    const name = tenure?.page.name ?? endpoint;
    if (command.do === "tick") {
      const known = this.#known.get(endpoint);
      const lastedMs = this.#clock.now() - (known?.sinceMs ?? 0);
      const limitMs = presence === "away" ? AWAY_KEPT_MS : ABSENT_KEPT_MS;
      if (presence === "present" || lastedMs < limitMs) {
        this.wrong(`${name} was ${presence} for ${lastedMs} ms and taken for left`);
      }
      if (tenure !== undefined) tenure.takenOut = true;
    } else if (command.do !== "restore" && "session" in command && command.session !== session) {
      this.wrong(`${name} was taken out by another's ${command.do}`);
    }
  }

  /** It has not left, and nothing befell it for which it may lose its seat. */
  #mustBeThere(endpoint: EndpointId | undefined): boolean {
    const tenure = endpoint && this.#ledger.tenureOf(endpoint);
    if (!tenure || !tenure.lasts || tenure.takenOut) return false;
    const { gone, standing } = tenure.page;
    return !gone && !standing.excused && !standing.shared;
  }
}

function endpointsIn(seats: readonly SeatView[]): EndpointId[] {
  return seats.flatMap(({ endpoints }) => endpoints.map(({ endpoint }) => endpoint));
}
