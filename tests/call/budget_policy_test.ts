/** How far below its budget a connection sends: the policy, on a clock of its own. */
import assert from "node:assert/strict";
import {
  type Conditions,
  isTroubled,
  restrain,
  type Restraint,
  UNRESTRAINED,
} from "../../lib/call/budget_policy.ts";
import { budgetFor, LOWEST_STEP, restrained } from "../../lib/call/quality.ts";

/** A connection looked at once a second. */
class Looked {
  nowS = 0;
  state: Restraint = UNRESTRAINED;

  /** The step after each of so many seconds. */
  look(seconds: number, troubled: boolean): number[] {
    return Array.from({ length: seconds }, () => {
      this.state = restrain(this.state, troubled, this.nowS++ * 1000, LOWEST_STEP);
      return this.state.step;
    });
  }

  /** Seconds of calm until it goes up. */
  calmUntilUp(): number {
    const { step } = this.state;
    for (let seconds = 1; seconds < 500; seconds++) {
      if (this.look(1, false)[0] < step) return seconds;
    }
    return Infinity;
  }
}

const CALM: Conditions = {
  limitedBy: "none",
  lossRatio: 0,
  availableBitsPerSecond: 3_000_000,
};

const CASES: readonly [title: string, conditions: Partial<Conditions>, troubled: boolean][] = [
  ["nothing is wrong", {}, false],
  ["the path limits", { limitedBy: "bandwidth" }, true],
  ["the processor limits", { limitedBy: "cpu" }, true],
  ["something else limits", { limitedBy: "other" }, false],
  ["a little is lost", { lossRatio: 0.05 }, false],
  ["much is lost", { lossRatio: 0.06 }, true],
  ["less is to be had than is sent", { availableBitsPerSecond: 1_600_000 }, true],
  ["the browser does not say what is to be had", { availableBitsPerSecond: null }, false],
  ["no picture is sent", { limitedBy: null, availableBitsPerSecond: 100_000 }, false],
  ["no picture is sent, and much is lost", { limitedBy: null, lossRatio: 0.2 }, true],
];
for (const [title, conditions, troubled] of CASES) {
  Deno.test(`[NG13] trouble or not: ${title}`, () => {
    assert.equal(isTroubled({ ...CALM, ...conditions }, budgetFor(2)), troubled);
  });
}

Deno.test("[NG13] down after 5 s of trouble, step by step, and no lower than the lowest", () => {
  const line = new Looked();
  assert.deepEqual(line.look(11, true), [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2]);
  assert.equal(line.look(60, true).at(-1), LOWEST_STEP);
});

Deno.test("[NG13] a bad moment changes nothing, and each one ends a calm", () => {
  const line = new Looked();
  for (let round = 0; round < 5; round++) {
    assert.deepEqual(new Set([...line.look(5, true), ...line.look(1, false)]), new Set([0]));
  }
  line.look(6, true);
  assert.equal(line.state.step, 1);
  for (let round = 0; round < 5; round++) {
    assert.deepEqual(new Set([...line.look(14, false), ...line.look(1, true)]), new Set([1]));
  }
});

Deno.test("[NG13] up after 15 s of calm, step by step, to all of the budget", () => {
  const line = new Looked();
  line.look(11, true);
  assert.equal(line.calmUntilUp(), 16); // the first look begins the calm
  assert.equal(line.calmUntilUp(), 15);
  assert.equal(line.state.step, 0);
  assert.deepEqual(new Set(line.look(60, false)), new Set([0]));
});

Deno.test("[NG13] where going up brings the trouble back it waits longer, then as before", () => {
  const line = new Looked();
  line.look(6, true);
  const waited = [];
  for (let round = 0; round < 5; round++) {
    waited.push(line.calmUntilUp());
    line.look(6, true);
  }
  assert.deepEqual(waited, [16, 31, 61, 121, 121]);
  assert.equal(line.calmUntilUp(), 121);
  line.look(11, false);
  line.look(6, true);
  assert.equal(line.calmUntilUp(), 16, "that step up had held");
});

Deno.test("[NG13] each step is below the one before, and none above the table", () => {
  for (const endpoints of [2, 3, 4, 6, 9]) {
    const budget = budgetFor(endpoints);
    assert.deepEqual(restrained(budget, 0), budget);
    let before = budget;
    for (let step = 1; step <= LOWEST_STEP; step++) {
      const now = restrained(budget, step);
      assert.ok(now.videoBitsPerSecond <= before.videoBitsPerSecond);
      assert.ok(now.heightPixels <= before.heightPixels);
      assert.ok(now.framesPerSecond <= before.framesPerSecond);
      before = now;
    }
    assert.ok(before.videoBitsPerSecond >= 60_000, "a face stays a face");
  }
});
