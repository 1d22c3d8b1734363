/** Who speaks, from loudness with hysteresis (pure): on at once, off after a pause for breath. */
export interface Speaking {
  readonly on: boolean;
  /** When it was last loud enough, in ms. */
  readonly loudMs: number;
}

/** Linear 0 to 1. Quiet speech at an arm's length measures about 0.02 to 0.05, a fan under 0.008. */
const LOUD = 0.02;
const STILL_LOUD = 0.01;
const BREATH_MS = 700;

export const SILENT: Speaking = { on: false, loudMs: -Infinity };

export function listen(before: Speaking, level: number, nowMs: number): Speaking {
  if (level >= (before.on ? STILL_LOUD : LOUD)) return { on: true, loudMs: nowMs };
  const on = before.on && nowMs - before.loudMs < BREATH_MS;
  return { on, loudMs: before.loudMs };
}
