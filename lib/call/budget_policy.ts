/**
 * How far below the budget of `quality.ts` one connection sends, by what is measured of it (pure).
 * Down quickly, up slowly, and slower still where going up brought the trouble back. Sound is never
 * touched: whatever the picture gives up is left to it.
 */
import type { Budget } from "./quality.ts";

export const DOWN_AFTER_MS = 5_000;
export const UP_AFTER_MS = 15_000;
/** Trouble so soon after a step up is taken for its doing. */
const RELAPSE_MS = 10_000;
const LONGEST_PATIENCE_MS = 120_000;

/** Loss up to this much is repaired by retransmission without anybody seeing it. */
const LOSSY = 0.05;

/** What one look at a connection says of what it sends. */
export interface Conditions {
  /** `qualityLimitationReason` of the camera (WebRTC Statistics, 8.4.1); null: nothing is sent. */
  readonly limitedBy: string | null;
  /** The part of our packets the other did not get, 0 to 1. */
  readonly lossRatio: number;
  /** What the path is estimated to carry; null where the browser does not say. */
  readonly availableBitsPerSecond: number | null;
}

/** Whether less should be sent than `budget` says. */
export function isTroubled(conditions: Conditions, budget: Budget): boolean {
  const { limitedBy, lossRatio, availableBitsPerSecond } = conditions;
  if (lossRatio > LOSSY) return true;
  if (limitedBy === null) return false;
  if (limitedBy === "bandwidth" || limitedBy === "cpu") return true;
  return availableBitsPerSecond !== null && availableBitsPerSecond < budget.videoBitsPerSecond;
}

export interface Restraint {
  /** How many steps of `STEPS` down, from 0. */
  readonly step: number;
  readonly troubleSinceMs: number | null;
  readonly calmSinceMs: number | null;
  /** When it last went up. */
  readonly raisedMs: number | null;
  /** How long it must be calm before it goes up. */
  readonly patienceMs: number;
}

export const UNRESTRAINED: Restraint = {
  step: 0,
  troubleSinceMs: null,
  calmSinceMs: null,
  raisedMs: null,
  patienceMs: UP_AFTER_MS,
};

/** After a look; to be called about once a second. `steps`: how many there are. */
export function restrain(
  before: Restraint,
  troubled: boolean,
  nowMs: number,
  steps: number,
): Restraint {
  return troubled ? inTrouble(before, nowMs, steps) : inCalm(before, nowMs);
}

function inTrouble(before: Restraint, nowMs: number, steps: number): Restraint {
  const troubleSinceMs = before.troubleSinceMs ?? nowMs;
  const next = { ...before, troubleSinceMs, calmSinceMs: null };
  if (nowMs - troubleSinceMs < DOWN_AFTER_MS || before.step === steps) return next;
  const relapse = before.raisedMs !== null && troubleSinceMs - before.raisedMs < RELAPSE_MS;
  return {
    step: before.step + 1,
    troubleSinceMs: nowMs,
    calmSinceMs: null,
    raisedMs: null,
    patienceMs: relapse ? Math.min(2 * before.patienceMs, LONGEST_PATIENCE_MS) : before.patienceMs,
  };
}

function inCalm(before: Restraint, nowMs: number): Restraint {
  const calmSinceMs = before.calmSinceMs ?? nowMs;
  const held = before.raisedMs !== null && nowMs - before.raisedMs >= RELAPSE_MS;
  const patienceMs = held ? UP_AFTER_MS : before.patienceMs;
  const next = { ...before, troubleSinceMs: null, calmSinceMs, patienceMs };
  if (before.step === 0 || nowMs - calmSinceMs < patienceMs) return next;
  return { ...next, step: before.step - 1, calmSinceMs: nowMs, raisedMs: nowMs };
}
