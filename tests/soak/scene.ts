/**
 * A scene: a fault played in real browsers, any number of times in one call. `tests/e2e/` plays each
 * twice, `deno task soak` twenty times; both the same code.
 */

import { percentile } from "../bench/figures.ts";

/** A window so small that drawing it costs little beside sending and decoding the pictures in it. */
export const SMALL = { viewport: { width: 640, height: 480 } } as const;

/** What is measured, by what it is; in ms. */
export class Figures {
  readonly #values = new Map<string, number[]>();
  readonly #goals = new Map<string, Goal>();

  /** Notes one measurement. */
  note(what: string, valueMs: number, goal: Goal = {}): void {
    this.#values.set(what, [...this.#values.get(what) ?? [], valueMs]);
    this.#goals.set(what, goal);
  }

  /** What was measured, in the order of the first of each. */
  all(): { what: string; values: readonly number[]; goal: Goal }[] {
    return [...this.#values].map(([what, values]) => ({
      what,
      values,
      goal: this.#goals.get(what)!,
    }));
  }

  /** One line for each. */
  lines(): string[] {
    return this.all().map(({ what, values, goal }) => {
      const [p50, p95, max] = [0.5, 0.95, 1].map((share) => percentile(values, share));
      const over = p50 > (goal.p50 ?? Infinity) || p95 > (goal.p95 ?? Infinity) ||
        max > (goal.max ?? Infinity);
      const goals = Object.entries(goal).map(([name, ms]) => `${name} ≤ ${ms}`).join(", ");
      const verdict = goals === "" ? "" : `  (goal: ${goals}${over ? "; over" : ""})`;
      const figures = `p50 ${ms(p50)}  p95 ${ms(p95)}  max ${ms(max)}  of ${values.length}`;
      return `${what}: ${figures}${verdict}`;
    });
  }
}

/** What a figure should be at most, in ms. */
export interface Goal {
  readonly p50?: number;
  readonly p95?: number;
  readonly max?: number;
}

export interface Pace {
  readonly rounds: number;
  /** Long waits are as long as the issue says; else as short as still shows the same. */
  readonly full: boolean;
}

export interface Scene {
  /** As `deno task soak` is told it. */
  readonly name: string;
  /** Why it cannot be played on this machine, in words; null where it can. */
  cannot?(): Promise<string | null>;
  play(pace: Pace, figures: Figures): Promise<void>;
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}
