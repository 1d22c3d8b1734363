/** Whether somebody's connection with us is poor, with hysteresis (pure). */

/** What one look at a connection says of what it brings. */
export interface Reception {
  /** The part of their packets that got lost since the last look, 0 to 1. */
  readonly lossRatio: number;
  /** There and back; null while unknown. */
  readonly roundTripMs: number | null;
}

/** Over 5 % picture and sound break up; over 0.5 s people speak at the same time. */
const POOR = { lossRatio: 0.05, roundTripMs: 500 } as const;
/** Once weak, it must be clearly better than that. */
const GOOD = { lossRatio: 0.02, roundTripMs: 400 } as const;
/** A bad moment is nobody's business, and a good one no recovery. */
export const LASTING_MS = 5_000;

export interface Weakness {
  readonly weak: boolean;
  /** Since when the looks say the opposite; null: they do not. */
  readonly turnedMs: number | null;
}

export const STRONG: Weakness = { weak: false, turnedMs: null };

/** After a look. */
export function weigh(before: Weakness, reception: Reception, nowMs: number): Weakness {
  const limits = before.weak ? GOOD : POOR;
  const poor = reception.lossRatio > limits.lossRatio ||
    (reception.roundTripMs ?? 0) > limits.roundTripMs;
  if (poor === before.weak) return { weak: before.weak, turnedMs: null };
  const turnedMs = before.turnedMs ?? nowMs;
  if (nowMs - turnedMs < LASTING_MS) return { weak: before.weak, turnedMs };
  return { weak: poor, turnedMs: null };
}
