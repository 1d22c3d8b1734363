/**
 * Pointers between pages (pure): the words, how often they are said, how long they show. They go
 * over the channel for what may be lost; docs/protocol.md describes them.
 */
import { asId, type SeatId } from "../protocol/ids.ts";

/** A picture all see, whatever size and part of it each of them sees. */
export interface Picture {
  readonly seat: SeatId;
  readonly kind: "camera" | "screen";
}

/** Where on a picture, 0 to 1 from its left and its top, as it was taken: not mirrored. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** One message: `n` rises with each, since they may overtake one another. */
export type PointerWords =
  | {
    readonly is: "point";
    readonly n: number;
    readonly picture: Picture;
    readonly spot: Spot;
    /** How often was pressed, so that a press is seen though its own message was lost. */
    readonly presses: number;
  }
  | { readonly is: "away"; readonly n: number };

/** Steps a picture is divided into: a tenth of a pixel on a screen as wide as most. */
const STEPS = 10_000;
const PRESSES = 1_000;
/** Longer than any of ours, looked at before the words are. */
const LONGEST = 128;

const POINT = /^point (\d{1,9}) (camera|screen) ([\w-]{1,64}) (\d{1,5}) (\d{1,5}) (\d{1,3})$/;
const AWAY = /^away (\d{1,9})$/;

/** The text of one message. */
export function writePointer(words: PointerWords): string {
  if (words.is === "away") return `away ${words.n}`;
  const { n, picture: { kind, seat }, spot: { x, y }, presses } = words;
  const [across, down] = [x, y].map((each) => Math.round(each * STEPS));
  return `point ${n} ${kind} ${seat} ${across} ${down} ${presses % PRESSES}`;
}

/** What a text says; null for what is no message of these. Whose it is, no text can say. */
export function readPointer(text: unknown): PointerWords | null {
  if (typeof text !== "string" || text.length > LONGEST) return null;
  const point = POINT.exec(text);
  if (!point) {
    const away = AWAY.exec(text);
    return away && { is: "away", n: Number(away[1]) };
  }
  const [, n, kind, seat, across, down, presses] = point;
  const spot = { x: Number(across) / STEPS, y: Number(down) / STEPS };
  if (spot.x > 1 || spot.y > 1) return null;
  return {
    is: "point",
    n: Number(n),
    picture: { seat: asId<SeatId>(seat), kind: kind as Picture["kind"] },
    spot,
    presses: Number(presses),
  };
}

/** 30 a second at most. */
export const POINT_EVERY_MS = 1000 / 30;

/** A flood is not even read: twice what anybody has a reason to say. */
export const MOST_A_SECOND = 60;

/** What one endpoint has said in the second that began at `sinceMs`. */
export interface Flow {
  readonly sinceMs: number;
  readonly count: number;
}

export const NO_FLOW: Flow = { sinceMs: -Infinity, count: 0 };

/** After one more message: whether it is one too many. */
export function flowing(before: Flow, nowMs: number): { flow: Flow; tooMany: boolean } {
  const fresh = nowMs - before.sinceMs >= 1000;
  const flow = fresh ? { sinceMs: nowMs, count: 1 } : { ...before, count: before.count + 1 };
  return { flow, tooMany: flow.count > MOST_A_SECOND };
}

/** After so long without moving a pointer fades, and is gone a moment later. */
export const STILL_MS = 3_000;
export const FADE_MS = 400;

/** How a pointer shows that has not moved for so long. */
export function fading(stillMs: number): "shown" | "fading" | "gone" {
  if (stillMs < STILL_MS) return "shown";
  return stillMs < STILL_MS + FADE_MS ? "fading" : "gone";
}
