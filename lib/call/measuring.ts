/** Looks at every connection once a second: what it may send, and how it is with them. */
import type { EndpointId } from "../protocol/ids.ts";
import { isTroubled, restrain, type Restraint, UNRESTRAINED } from "./budget_policy.ts";
import type { Line } from "./line.ts";
import type { Lines } from "./lines.ts";
import type { Clock, Undo } from "./ports.ts";
import { LOWEST_STEP } from "./quality.ts";
import { type Reading, readStats, receptionOf } from "./stats.ts";
import { STRONG, type Weakness, weigh } from "./weakness.ts";

export const LOOK_EVERY_MS = 1_000;
/** Until then the browser is still finding out what the path carries. */
export const SETTLED_AFTER_MS = 8_000;

interface Watched {
  readonly line: Line;
  readonly reading: Reading | null;
  readonly restraint: Restraint;
  readonly weakness: Weakness;
}

export function measure(clock: Clock, lines: Lines): Undo {
  let watched = new Map<EndpointId, Watched>();
  const stop = clock.every(LOOK_EVERY_MS, () => {
    const before = watched;
    watched = new Map();
    for (const [endpoint, line] of lines.all.peek()) {
      const known = before.get(endpoint);
      const one: Watched = known?.line === line
        ? known
        : { line, reading: null, restraint: UNRESTRAINED, weakness: STRONG };
      watched.set(endpoint, one);
      look(one).then((seen) => {
        if (watched.get(endpoint) === one) watched.set(endpoint, seen);
      });
    }
  });
  return stop;

  async function look(before: Watched): Promise<Watched> {
    const { line } = before;
    const carriedMs = line.carriedMs;
    if (carriedMs === null) return { ...before, reading: null };
    const reading = readStats(await line.stats());
    const nowMs = clock.now();
    const weakness = weigh(before.weakness, receptionOf(before.reading, reading), nowMs);
    line.weak.value = weakness.weak;
    line.relayed.value = reading.relayed;
    const troubled = carriedMs >= SETTLED_AFTER_MS &&
      isTroubled(reading.conditions, line.budget.peek());
    const restraint = restrain(before.restraint, troubled, nowMs, LOWEST_STEP);
    line.restraint.value = restraint.step;
    return { line, reading, restraint, weakness };
  }
}
