import assert from "node:assert/strict";
import { CALL_KINDS, simulateCalls } from "./calls_simulation.ts";
import { Counter } from "./counter.ts";

const SEEDS = [1, 2, 3, 4, 5, 6];
const STEPS = 320;

/** A whole number of the environment, where it may be read. */
function asked(variable: string): number | null {
  if (Deno.permissions.querySync({ name: "env", variable }).state !== "granted") return null;
  const value = Deno.env.get(variable);
  return value === undefined ? null : Number(value);
}

Deno.test("[CA30][CA20] Callers, callees, drops and restarts in any order: one ending, the same for both", async () => {
  const seed = asked("SIM_SEED");
  const steps = asked("SIM_STEPS") ?? STEPS;
  const counts = new Counter(CALL_KINDS);
  for (const each of seed === null ? SEEDS : [seed]) {
    try {
      counts.merge(await simulateCalls(each, steps));
    } catch (error) {
      throw new Error(`SIM_SEED=${each} SIM_STEPS=${steps}`, { cause: error });
    }
  }
  for (const [kind, times] of counts.all) console.log(`${`${times}`.padStart(7)} ${kind}`);
  if (seed !== null || steps < STEPS) return;
  for (const [kind, times] of counts.all) assert.ok(times > 0, `there were no ${kind}`);
});

/** Runs in which something was wrong once: each shows it again if its cause comes back. */
const PINNED: readonly (readonly [seed: number, what: string])[] = [
  [2, "a call said again to a server started anew was refused, and noted as busy by the other"],
  [3, "a call cancelled in the moment of being accepted had two endings"],
  [28, "a decline that came two restarts late was another ending"],
  [50, "a page loaded anew was told that its call was another tab's"],
  [58, "two tabs took themselves for the one that had answered"],
  [70, "who called somebody while declining their call noted two endings"],
];
for (const [seed, what] of PINNED) {
  Deno.test(`[CA30] Seed ${seed}: ${what}`, async () => {
    await simulateCalls(seed, 400);
  });
}
