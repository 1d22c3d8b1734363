import assert from "node:assert/strict";
import { DRAIN_MS } from "../../lib/signaling/drain.ts";
import { staged } from "./stage.ts";

staged(
  "[SG12] A drain tells everybody, then closes, and ends when all have answered",
  async (stage) => {
    const pages = [await stage.enter("Ana"), await stage.enter("Bo"), stage.connect()];
    const drained = stage.signaling.drain();
    await stage.settle();
    await drained;
    for (const page of pages) {
      assert.equal(page.got.at(-1)?.type, "draining");
      assert.equal(page.closed, "4001 draining");
    }
  },
);

staged("[SG12] A stalled reader does not hold a drain up beyond 500 ms", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  bo.stalled = true;
  let done = false;
  const drained = stage.signaling.drain().then(() => done = true);
  await stage.settle();
  assert.deepEqual([ana.closed, done], ["4001 draining", false]);
  stage.clock.advance(DRAIN_MS);
  await drained;
  assert.ok(DRAIN_MS <= 500);
});

staged("[SG12] While it drains nobody new is taken", async (stage) => {
  await stage.signaling.drain();
  assert.equal(stage.signaling.refuses("192.0.2.1")?.status, 503);
  const late = stage.connect();
  await stage.settle();
  assert.equal(late.closed, "4001 draining");
});

staged("[SG12] Who was told draining comes back to the next process", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  const drained = stage.signaling.drain();
  await stage.settle();
  await drained;
  await stage.restart();
  const bo2 = await stage.resume(bo);
  const ana2 = await stage.resume(ana);
  assert.deepEqual([ana2.endpoint, bo2.endpoint], [ana.endpoint, bo.endpoint]);
  assert.deepEqual(bo2.all("left"), []);
});
