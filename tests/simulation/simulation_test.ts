import assert from "node:assert/strict";
import { Counter, KINDS } from "./counter.ts";
import { type Report, simulate } from "./simulation.ts";

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const STEPS = 600;

/** A whole number of the environment, where it may be read. */
function asked(variable: string): number | null {
  if (Deno.permissions.querySync({ name: "env", variable }).state !== "granted") return null;
  const value = Deno.env.get(variable);
  return value === undefined ? null : Number(value);
}

/** Fails with what went wrong, and how to see it again. */
function assertNothingWrong(report: Report, steps: number): void {
  const { seed, lost, doubled, reordered, ghosts, leftBehind, problems } = report;
  assert.deepEqual(
    { lost, doubled, reordered, ghosts, leftBehind },
    { lost: 0, doubled: 0, reordered: 0, ghosts: 0, leftBehind: 0 },
    `SIM_SEED=${seed} SIM_STEPS=${steps}\n${problems.join("\n")}`,
  );
}

Deno.test("[CL18] Whatever network, pages and server do, everybody has everything once", async () => {
  const seed = asked("SIM_SEED");
  const steps = asked("SIM_STEPS") ?? STEPS;
  const seeds = seed === null ? SEEDS : [seed];
  console.log(`seeds ${seeds.join(", ")}, ${steps} steps each`);
  const counts = new Counter(KINDS);
  const sum = { lost: 0, doubled: 0, reordered: 0, ghosts: 0, leftBehind: 0 };
  for (const each of seeds) {
    const report = await simulate(each, steps);
    assertNothingWrong(report, steps);
    counts.merge(report.counts);
    for (const kind of ["lost", "doubled", "reordered", "ghosts", "leftBehind"] as const) {
      sum[kind] += report[kind];
    }
  }
  for (const [kind, times] of counts.all) console.log(`${`${times}`.padStart(7)} ${kind}`);
  if (seed === null && steps >= STEPS) {
    for (const [kind, times] of counts.all) assert.ok(times > 0, `there were no ${kind}`);
    assert.ok(counts.of("kills between acceptance and delivery") >= 100);
  }
  const { lost, doubled, reordered, ghosts, leftBehind } = sum;
  console.log(
    `${lost} lost, ${doubled} doubled, ${reordered} reordered, ${ghosts} ghosts, ` +
      `${leftBehind} left behind`,
  );
});

/** Runs in which something was wrong once: each shows it again if its cause comes back. */
const PINNED: readonly (readonly [seed: number, steps: number, what: string])[] = [
  [2, 300, "chat of a lost seat was handed on again, under its next endpoint"],
  [4, 300, "a card brought back who had left, and a seat's main endpoint changed unheard"],
  [5, 300, "a page spoke for an endpoint it had given back, and was taken for repeating itself"],
  [7, 300, "a page took the endpoint of another tab for its own; a join took up one from a card"],
  [10, 300, "another's card was believed before one's own"],
  [52, 600, "who arrived while one was away was shown as then, not as now"],
  [68, 600, "a card of a room since left brought nobody back"],
  [113, 600, "who seemed to sit elsewhere, by a card alone, was not brought back"],
];
for (const [seed, steps, what] of PINNED) {
  Deno.test(`[CL18] Seed ${seed}: ${what}`, async () => {
    assertNothingWrong(await simulate(seed, steps), steps);
  });
}
