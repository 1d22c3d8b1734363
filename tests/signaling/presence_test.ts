import assert from "node:assert/strict";
import type { EndpointId } from "../../lib/protocol/ids.ts";
import type { Page } from "./stage.ts";
import { staged } from "./stage.ts";

/** The presences one page was told of another's endpoint, in order. */
function presences(page: Page, endpoint: EndpointId): string[] {
  return page.all("state")
    .flatMap(({ seat }) => seat.endpoints)
    .filter((each) => each.endpoint === endpoint)
    .map((each) => each.presence);
}

staged("[RM7] Away is seen at once, and is left after 5 s", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  await bo.say({ type: "away" });
  bo.pair.cut();
  await stage.settle();
  assert.deepEqual(presences(ana, bo.endpoint), ["away"]);
  await stage.pass(4_000);
  assert.equal(ana.all("left").length, 0);
  await stage.pass(2_000);
  assert.deepEqual([ana.last("left").endpoint, ana.last("left").why], [bo.endpoint, "left"]);
});

staged("[RM7] Away and back within 5 s is nothing but a dimming", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  await bo.say({ type: "away" });
  bo.pair.cut();
  await stage.pass(3_000);
  const back = await stage.resume(bo);
  await stage.pass(10_000);
  assert.deepEqual(back.news(), ["welcome", "synced"]);
  assert.deepEqual(presences(ana, bo.endpoint), ["away", "present"]);
  assert.equal(ana.all("left").length, 0);
});

staged(
  "[RM7] A page shown again with its socket open says its state and is back",
  async (stage) => {
    const ana = await stage.enter("Ana");
    const bo = await stage.enter("Bo");
    await bo.say({ type: "away" });
    await bo.say({ type: "state", hand: false });
    await stage.pass(10_000);
    assert.deepEqual(presences(ana, bo.endpoint), ["away", "present"]);
    assert.equal(ana.all("left").length, 0);
  },
);

staged("[RM8] A socket lost without a word is absent at once, left after 120 s", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  bo.pair.cut();
  await stage.settle();
  assert.deepEqual(presences(ana, bo.endpoint), ["absent"]);
  await stage.pass(119_000);
  assert.equal(ana.all("left").length, 0);
  await stage.pass(2_000);
  assert.equal(ana.last("left").why, "timeout");
  const late = await stage.resume(bo);
  assert.equal(late.welcome.room, null);
});

staged("[RM8] Back within 120 s, the seat is the same", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  bo.pair.cut();
  await stage.pass(100_000);
  const back = await stage.resume(bo);
  assert.equal(back.welcome.room, "lunch");
  await ana.say({ type: "signal", n: 1, to: bo.endpoint, conn: 1 });
  assert.equal(back.all("signal").length, 1);
  assert.deepEqual(presences(ana, bo.endpoint), ["absent", "present"]);
});

staged("[RM9] A half-open socket is absent after 15 s, and is given up", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  bo.pair.halfOpen();
  await stage.pass(14_000);
  assert.deepEqual(presences(ana, bo.endpoint), []);
  await stage.pass(2_000);
  assert.deepEqual(presences(ana, bo.endpoint), ["absent"]);
  assert.equal(stage.signaling.stats().sockets, 1);
});

staged("[RM9][SG10] Who answers pings stays present, by one timer for all", async (stage) => {
  const ana = await stage.enter("Ana");
  for (let i = 0; i < 5; i++) await stage.enter(`${i}`);
  const timers = stage.clock.waiting;
  await stage.pass(61_000);
  assert.equal(ana.all("ping").length, 12);
  assert.equal(ana.all("state").length, 0);
  assert.ok(timers <= 2, `${timers} timers`); // the sweep, and what is settled
});

staged("[RM10] A reload keeps the seat with a new endpoint", async (stage) => {
  const ana = await stage.enter("Ana", "lunch", { settings: { capacity: 2 } });
  const bo = await stage.enter("Bo");
  await bo.say({ type: "state", hand: true });
  await bo.say({ type: "away" });
  bo.pair.cut();
  await stage.settle();
  const back = await stage.resume(bo, { reloaded: true, cursors: [] });
  assert.deepEqual(back.news(), ["welcome", "joined"]);
  assert.equal(back.welcome.resumed, false);
  assert.equal(back.seat, bo.seat);
  assert.notEqual(back.endpoint, bo.endpoint);
  const { endpoint, replaces, seat } = ana.last("arrived");
  assert.deepEqual([endpoint, replaces, seat.seat, seat.hand, seat.main], [
    back.endpoint,
    bo.endpoint,
    bo.seat,
    true,
    back.endpoint,
  ]);
  assert.equal(ana.all("left").length, 0);
  await back.say({ type: "signal", n: 1, to: ana.endpoint, conn: 1 });
  assert.equal(ana.last("signal").from, back.endpoint);
  await ana.say({ type: "signal", n: 1, to: bo.endpoint, conn: 1 });
  assert.equal(ana.last("error").code, "gone");
});

staged("[RM10] A reload's state is told with its arrival", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  const media = { microphone: false, camera: false, screen: false };
  await stage.resume(bo, { reloaded: true, cursors: [], state: { name: "Bob", media } });
  const { seat } = ana.last("arrived");
  assert.deepEqual([seat.name, seat.endpoints[0].media], ["Bob", media]);
});
