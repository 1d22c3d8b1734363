/**
 * What one sends to each of the others in a mesh: a table by the number of endpoints that meet
 * (oneself included). Uplinks of 3 to 4 Mb/s are common, and every further person costs a further
 * copy; sound goes first.
 */
export interface Budget {
  /** The camera's height, in pixels, scaled down to where it is larger. */
  readonly heightPixels: number;
  /** To each of the others, in bits per second. */
  readonly videoBitsPerSecond: number;
  readonly framesPerSecond: number;
  /** What the browser holds on to where it cannot send all of it; motion unless told. */
  readonly keeps?: "motion" | "size";
}

const TABLE: readonly { readonly upTo: number; readonly budget: Budget }[] = [
  { upTo: 2, budget: { heightPixels: 720, videoBitsPerSecond: 1_700_000, framesPerSecond: 30 } },
  { upTo: 3, budget: { heightPixels: 540, videoBitsPerSecond: 800_000, framesPerSecond: 30 } },
  { upTo: 4, budget: { heightPixels: 360, videoBitsPerSecond: 450_000, framesPerSecond: 30 } },
  { upTo: 6, budget: { heightPixels: 360, videoBitsPerSecond: 300_000, framesPerSecond: 24 } },
];
/** Rooms may be made larger than the default of six; there is little left for each. */
const CROWD: Budget = { heightPixels: 180, videoBitsPerSecond: 150_000, framesPerSecond: 15 };

const START_HEIGHT_PIXELS = 360;
/** Probing has found 1 to 2 Mb/s by then, where the path has them. */
export const WARM_UP_MS = 2_000;

/** @param endpoints how many meet, oneself included */
export function budgetFor(endpoints: number): Budget {
  return TABLE.find((row) => endpoints <= row.upTo)?.budget ?? CROWD;
}

/**
 * What a connection begins with, until it has carried for `WARM_UP_MS`. Chromium assumes 300 kb/s
 * at first and, where it may scale down, leaves frames over 320 × 240 out until it has: measured,
 * 80 to 370 ms between `connected` and the first packet, and a first picture of 320 × 180. Told to
 * keep the size it sends at once; a larger picture would take as long on its way.
 */
export function startingBudget(budget: Budget): Budget {
  const heightPixels = Math.min(START_HEIGHT_PIXELS, budget.heightPixels);
  return { ...budget, heightPixels, keeps: "size" };
}

/** What a connection in trouble sends, step by step: the part of its budget, and the picture's size. */
const STEPS: readonly {
  readonly share: number;
  readonly most: Omit<Budget, "videoBitsPerSecond">;
}[] = [
  { share: 1, most: { heightPixels: Infinity, framesPerSecond: Infinity } },
  { share: 0.6, most: { heightPixels: 540, framesPerSecond: 30 } },
  { share: 0.35, most: { heightPixels: 360, framesPerSecond: 24 } },
  { share: 0.2, most: { heightPixels: 240, framesPerSecond: 20 } },
  { share: 0.1, most: { heightPixels: 180, framesPerSecond: 15 } },
];
export const LOWEST_STEP = STEPS.length - 1;
/** Below this a face is no face any more. */
const FLOOR_BITS_PER_SECOND = 60_000;

/** The budget so many steps down, 0 being all of it. */
export function restrained(budget: Budget, step: number): Budget {
  const { share, most } = STEPS[step];
  return {
    heightPixels: Math.min(budget.heightPixels, most.heightPixels),
    videoBitsPerSecond: Math.max(FLOOR_BITS_PER_SECOND, budget.videoBitsPerSecond * share),
    framesPerSecond: Math.min(budget.framesPerSecond, most.framesPerSecond),
  };
}

/** Below this the words of a screen take seconds to become sharp. */
const SCREEN_FLOOR_BITS_PER_SECOND = 400_000;

/** What a shared screen takes at most, besides the camera: it stands still most of the time. */
export function screenBitsPerSecond({ videoBitsPerSecond }: Budget): number {
  return Math.max(SCREEN_FLOOR_BITS_PER_SECOND, 1.5 * videoBitsPerSecond);
}

/** `scaleResolutionDownBy`: never below 1, which would ask for more than there is. */
export function scaleFor(sourceHeightPixels: number | undefined, budget: Budget): number {
  return Math.max(1, (sourceHeightPixels ?? budget.heightPixels) / budget.heightPixels);
}
