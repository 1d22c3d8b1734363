/** What has the stage, and where everything lies then (pure). */
import type { SeatId } from "../protocol/ids.ts";
import { arrangeShaped } from "./layout.ts";
import type { Picture } from "./pointing.ts";

/** All alike; one large with a strip of the others; one at the side of the others. */
export type View = "grid" | "speaker" | "side";

/** What decides who has the stage. */
export interface StageFacts {
  readonly self: SeatId | null;
  /** Everybody else, in the order of the seats. */
  readonly others: readonly SeatId[];
  /** Who shares a screen, the oldest share first. */
  readonly screens: readonly SeatId[];
  /** Who spoke last. */
  readonly speaker: SeatId | null;
  readonly pinned: Picture | null;
  readonly view: View;
}

export interface Staged {
  readonly picture: Picture;
  readonly view: Exclude<View, "grid">;
}

/** What has the stage; null: all are alike, or two are and one floats over the other. */
export function stagedOf(facts: StageFacts): Staged | null {
  const { others, screens, view } = facts;
  const pinned = isThere(facts.pinned, facts) ? facts.pinned : null;
  if (screens.length === 0 && others.length < 2 && view !== "side") return null;
  if (view === "grid") return pinned && { picture: pinned, view: "speaker" };
  const picture = pinned ?? newestScreen(facts) ?? speakerOf(facts);
  return picture && { picture, view };
}

/** One's own share is seen where it is shared; another's goes before it. */
function newestScreen({ screens, self }: StageFacts): Picture | null {
  const seat = screens.findLast((each) => each !== self) ?? screens.at(-1);
  return seat === undefined ? null : { seat, kind: "screen" };
}

function speakerOf({ others, speaker }: StageFacts): Picture | null {
  const seat = others.find((each) => each === speaker) ?? others[0];
  return seat === undefined ? null : { seat, kind: "camera" };
}

function isThere(picture: Picture | null, { others, screens, self }: StageFacts): boolean {
  if (picture === null) return false;
  const { seat, kind } = picture;
  return kind === "screen" ? screens.includes(seat) : others.includes(seat) || seat === self;
}

/** The ways to see a call that differ, in the order one goes through them. */
export function viewsFor(others: number, screens: number): readonly View[] {
  if (screens > 0) return ["speaker", "side", "grid"];
  return others < 2 ? ["grid", "side"] : ["grid", "speaker", "side"];
}

/** In px of the stage. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where what has the stage lies, and where the tiles of the rest: all one size. */
export interface Arrangement {
  readonly stage: Box;
  readonly rest: Box;
  /** A row or column may be longer than its box and is scrolled; a grid wraps. */
  readonly flow: "row" | "column" | "grid";
  readonly tile: { readonly width: number; readonly height: number };
}

export type ArrangeStage = (
  staged: Staged,
  /** How many tiles lie beside the stage. */
  count: number,
  widthPx: number,
  heightPx: number,
  gapPx: number,
) => Arrangement;

const STRIP = { width: 166, height: 104 };
/** On a phone, four are to be seen. */
const SMALL_STRIP_HEIGHT = 82;
const SMALL_STRIP_TILES = 4;
const SMALL_WIDTH = 700;
const SMALL_HEIGHT = 400;
/** A strip on top of such a stage would leave nothing of it. */
const LOW = 2;

/** A screen is to be read, a person is as good as the others. */
const SCREEN_PART = 2 / 3;
const PERSON_PART = 1 / 2;
/** As cameras see: beside a wide stage a column of these leaves more of a face than two of slits. */
const LANDSCAPE = 16 / 9;

export const arrangeStage: ArrangeStage = (staged, count, width, height, gap) => {
  if (count === 0) {
    const stage = { left: 0, top: 0, width, height };
    return { stage, rest: NOWHERE, flow: "row", tile: NOWHERE };
  }
  return staged.view === "side"
    ? besideEachOther(staged.picture.kind, count, width, height, gap)
    : withStrip(width, height, gap);
};

const NOWHERE: Box = { left: 0, top: 0, width: 0, height: 0 };

function withStrip(width: number, height: number, gap: number): Arrangement {
  const isSmall = width < SMALL_WIDTH || height < SMALL_HEIGHT;
  if (width / height > LOW) {
    const tile = isSmall ? { width: 120, height: 68 } : STRIP;
    const taken = tile.width + gap;
    return {
      stage: { left: taken, top: 0, width: width - taken, height },
      rest: { left: 0, top: 0, width: tile.width, height },
      flow: "column",
      tile,
    };
  }
  const tile = isSmall
    ? {
      width: Math.floor((width - gap * (SMALL_STRIP_TILES - 1)) / SMALL_STRIP_TILES),
      height: SMALL_STRIP_HEIGHT,
    }
    : STRIP;
  const taken = tile.height + gap;
  return {
    stage: { left: 0, top: taken, width, height: height - taken },
    rest: { left: 0, top: 0, width, height: tile.height },
    flow: "row",
    tile,
  };
}

function besideEachOther(
  kind: Picture["kind"],
  count: number,
  width: number,
  height: number,
  gap: number,
): Arrangement {
  const part = kind === "screen" ? SCREEN_PART : PERSON_PART;
  const isWide = width > height;
  const along = Math.floor(((isWide ? width : height) - gap) * part);
  const stage = isWide
    ? { left: 0, top: 0, width: along, height }
    : { left: 0, top: 0, width, height: along };
  const rest = isWide
    ? { left: along + gap, top: 0, width: width - along - gap, height }
    : { left: 0, top: along + gap, width, height: height - along - gap };
  const tile = arrangeShaped(isWide ? LANDSCAPE : 1, count, rest.width, rest.height, gap);
  return { stage, rest, flow: "grid", tile };
}

/** For so long somebody keeps the stage at least: two who talk at once would make it flicker. */
export const SPEAKER_HOLD_MS = 2_000;

export interface Speaker {
  readonly seat: SeatId | null;
  readonly sinceMs: number;
}

export const NOBODY: Speaker = { seat: null, sinceMs: -Infinity };

/** Who has spoken last; stays while they speak, and for a while in any case. */
export function nextSpeaker(before: Speaker, speaking: readonly SeatId[], nowMs: number): Speaker {
  const [next] = speaking;
  const stays = next === undefined || (before.seat !== null && speaking.includes(before.seat));
  if (stays || nowMs - before.sinceMs < SPEAKER_HOLD_MS) return before;
  return { seat: next, sinceMs: nowMs };
}
