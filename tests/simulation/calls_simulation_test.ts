import assert from "node:assert/strict";
import { CALL_KINDS, simulateCalls } from "./calls_simulation.ts";
import { Counter } from "./counter.ts";

const SEEDS = [1, 2, 3, 28, 50, 58, 70, 118, 140];
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
