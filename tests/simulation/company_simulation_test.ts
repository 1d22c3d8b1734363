import assert from "node:assert/strict";
import { simulateCompany } from "./company_simulation.ts";

const SEEDS = [1, 2, 3, 4, 5, 6];
const STEPS = 150;

Deno.test("[CH1][HR1][RO2][RO6][PE3] whatever happens, all have the same, in one order, once", async () => {
  const sum = { said: 0, asked: 0, acts: 0, kills: 0, moved: 0 };
  for (const seed of SEEDS) {
    const report = await simulateCompany(seed, STEPS).catch((error) => {
      error.message = `seed ${seed}: ${error.message}`;
      throw error;
    });
    for (const kind of Object.keys(sum) as (keyof typeof sum)[]) sum[kind] += report[kind];
  }
  console.log(Object.entries(sum).map(([kind, times]) => `${times} ${kind}`).join(", "));
  for (const [kind, times] of Object.entries(sum)) assert.ok(times > 10, `hardly any ${kind}`);
});
