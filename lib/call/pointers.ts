/** Everybody's pointers: one's own goes out, the others' come in and fade. */
import { effect, type ReadonlySignal, signal } from "@preact/signals-core";
import type { EndpointId, SeatId } from "../protocol/ids.ts";
import type { Lines } from "./lines.ts";
import type { Pointer, PointersModel } from "./model.ts";
import {
  fading,
  type Flow,
  flowing,
  NO_FLOW,
  type Picture,
  POINT_EVERY_MS,
  readPointer,
  type Spot,
  writePointer,
} from "./pointing.ts";
import type { Clock, Undo } from "./ports.ts";

const LOOK_EVERY_MS = 200;

/** What pointers need to know of the room. */
export interface Company {
  /** Whose endpoint it is; undefined for one the room does not list. */
  seatOf(endpoint: EndpointId): SeatId | undefined;
  /** Those whose pointers may be seen. */
  readonly seats: ReadonlySignal<readonly SeatId[]>;
}

interface Place {
  readonly picture: Picture;
  readonly spot: Spot;
}

/** Somebody's pointer. Its place changes without a word to signals: 30 times a second. */
class Seen implements Pointer {
  presses = 0;
  fading = false;
  constructor(readonly seat: SeatId, readonly picture: Picture, public spot: Spot) {}
}

/** Of one endpoint: the last message, and how many came lately. */
interface Heard {
  readonly n: number;
  readonly presses: number;
  readonly flow: Flow;
}

export class Pointers implements PointersModel {
  readonly #clock: Clock;
  readonly #lines: Pick<Lines, "sendFast">;
  readonly #company: Company;
  readonly #seen = signal<readonly Seen[]>([]);
  readonly #heard = new Map<EndpointId, Heard>();
  readonly #movedMs = new Map<SeatId, number>();
  readonly #listeners = new Set<() => void>();
  readonly #undo: Undo[];
  #looking: Undo | null = null;
  #n = 0;
  #presses = 0;
  #place: Place | null = null;
  #saidMs = -Infinity;
  #waiting: Undo | null = null;

  readonly all: ReadonlySignal<readonly Pointer[]> = this.#seen;

  constructor(clock: Clock, lines: Pick<Lines, "sendFast" | "onFast">, company: Company) {
    this.#clock = clock;
    this.#lines = lines;
    this.#company = company;
    this.#undo = [
      lines.onFast((from, data) => this.#hear(from, data)),
      effect(() => this.#forget(company.seats.value)),
    ];
  }

  point(picture: Picture, spot: Spot): void {
    this.#place = { picture, spot };
    const wait = this.#saidMs + POINT_EVERY_MS - this.#clock.now();
    if (wait <= 0) this.#say();
    else this.#waiting ??= this.#clock.after(wait, () => this.#say());
  }

  press(picture: Picture, spot: Spot): void {
    this.#presses++;
    this.point(picture, spot);
  }

  away(): void {
    if (!this.#place) return;
    this.#hush();
    this.#lines.sendFast(writePointer({ is: "away", n: ++this.#n }));
  }

  onMove(listener: () => void): Undo {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#hush();
    this.#looking?.();
    for (const undo of this.#undo) undo();
    this.#seen.value = [];
  }

  #say(): void {
    this.#waiting?.();
    this.#waiting = null;
    if (!this.#place) return;
    this.#saidMs = this.#clock.now();
    const words = { is: "point", n: ++this.#n, presses: this.#presses, ...this.#place } as const;
    this.#lines.sendFast(writePointer(words));
  }

  #hush(): void {
    this.#waiting?.();
    this.#waiting = null;
    this.#place = null;
  }

  #hear(from: EndpointId, data: unknown): void {
    const nowMs = this.#clock.now();
    const before = this.#heard.get(from) ?? { n: 0, presses: 0, flow: NO_FLOW };
    const { flow, tooMany } = flowing(before.flow, nowMs);
    const words = tooMany ? null : readPointer(data);
    if (!words || words.n <= before.n) {
      this.#heard.set(from, { ...before, flow });
      return;
    }
    const { presses } = words.is === "point" ? words : before;
    this.#heard.set(from, { n: words.n, presses, flow });
    const seat = this.#company.seatOf(from);
    if (seat === undefined || !this.#company.seats.peek().includes(seat)) return;
    if (words.is === "away") this.#keep((each) => each.seat !== seat);
    else this.#show(seat, words, presses !== before.presses);
  }

  #show(seat: SeatId, { picture, spot }: Place, pressed: boolean): void {
    this.#movedMs.set(seat, this.#clock.now());
    const known = this.#seen.peek().find((each) => each.seat === seat);
    const stays = known && !known.fading && isSame(known.picture, picture);
    const pointer = stays ? known : new Seen(seat, picture, spot);
    pointer.spot = spot;
    if (pressed) pointer.presses++;
    if (!stays) {
      this.#seen.value = [...this.#seen.peek().filter((each) => each !== known), pointer];
      this.#looking ??= this.#clock.every(LOOK_EVERY_MS, () => this.#look());
    }
    for (const listener of this.#listeners) listener();
  }

  /** Lets those fade that stand still. */
  #look(): void {
    const nowMs = this.#clock.now();
    const shows = (each: Seen) => fading(nowMs - (this.#movedMs.get(each.seat) ?? -Infinity));
    const before = this.#seen.peek();
    const after = before.filter((each) => shows(each) !== "gone");
    const fades = after.filter((each) => !each.fading && shows(each) === "fading");
    for (const each of fades) each.fading = true;
    if (fades.length > 0 || after.length < before.length) this.#seen.value = after;
    if (after.length > 0) return;
    this.#looking?.();
    this.#looking = null;
  }

  #keep(stays: (each: Seen) => boolean): void {
    const before = this.#seen.peek();
    const after = before.filter(stays);
    if (after.length < before.length) this.#seen.value = after;
  }

  /** Those who are gone point at nothing any more, and at nobody who is gone. */
  #forget(seats: readonly SeatId[]): void {
    this.#keep(({ seat }) => seats.includes(seat));
    for (const endpoint of this.#heard.keys()) {
      if (this.#company.seatOf(endpoint) === undefined) this.#heard.delete(endpoint);
    }
    for (const seat of this.#movedMs.keys()) if (!seats.includes(seat)) this.#movedMs.delete(seat);
  }
}

function isSame(a: Picture, b: Picture): boolean {
  return a.seat === b.seat && a.kind === b.kind;
}
