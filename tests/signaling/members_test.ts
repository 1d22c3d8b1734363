import assert from "node:assert/strict";
import { GENERATED, MEDIA, roomId, staged } from "./stage.ts";

staged("[RM2] The first one in makes the room, and its settings hold", async (stage) => {
  const ana = await stage.enter("Ana", "lunch", { settings: { capacity: 2 } });
  const bo = await stage.enter("Bo", "lunch", { settings: { capacity: 5 } });
  assert.deepEqual(ana.joined.settings, { capacity: 2, locked: false });
  assert.deepEqual(bo.joined.settings, { capacity: 2, locked: false });
});

staged("[RM2] Capacity is from 2 to the server's own", async (stage) => {
  const small = await stage.enter("Ana", "small", { settings: { capacity: 0 } });
  const large = await stage.enter("Bo", "large", { settings: { capacity: 1000 } });
  const plain = await stage.enter("Cy", "plain");
  assert.deepEqual([small, large, plain].map((page) => page.joined.settings.capacity), [2, 6, 6]);
});

staged("[RM2] A room nobody is in vanishes, and one that comes back is another", async (stage) => {
  const ana = await stage.enter("Ana", "lunch", { settings: { capacity: 2 } });
  await ana.say({ type: "leave" });
  await stage.pass(130_000);
  assert.equal(stage.signaling.stats().rooms, 0);
  const again = await stage.enter("Bo");
  assert.notEqual(again.joined.log, ana.joined.log);
  assert.equal(again.joined.settings.capacity, 6);
});

staged("[RM2][RM12] Watching makes no room", async (stage) => {
  const page = stage.connect();
  await page.say({ type: "hello", v: 1 });
  await page.say({ type: "watch", room: GENERATED });
  assert.deepEqual(page.last("inside").count, 0);
  assert.equal(stage.signaling.stats().rooms, 0);
});

staged(
  "[RM3] One in excess is told who is inside and full; nobody inside notices",
  async (stage) => {
    const ana = await stage.enter("Ana", GENERATED, { settings: { capacity: 2 } });
    const bo = await stage.enter("Bo", GENERATED);
    ana.news(), bo.news();
    const cy = await stage.enter("Cy", GENERATED);
    assert.deepEqual(cy.news(), ["welcome", "inside", "error"]);
    assert.deepEqual(cy.last("inside").names, ["Ana", "Bo"]);
    assert.deepEqual([cy.last("error").code, cy.last("error").re], ["full", "join"]);
    assert.deepEqual([ana.news(), bo.news()], [[], []]);
    await bo.say({ type: "leave" });
    await cy.say({ type: "join", room: GENERATED, name: "Cy", media: MEDIA });
    assert.equal(cy.joined.seats.length, 2);
  },
);

staged(
  "[RM3] Told full, nobody learns names from a room whose name can be guessed",
  async (stage) => {
    await stage.enter("Ana", "lunch", { settings: { capacity: 2 } });
    await stage.enter("Bo");
    const cy = await stage.enter("Cy");
    assert.deepEqual([cy.last("inside").count, cy.last("inside").names], [2, []]);
  },
);

staged(
  "[RM4] A newcomer gets the room, those inside hear of it, before any signal",
  async (stage) => {
    const ana = await stage.enter("Ana");
    const bo = await stage.enter("Bo");
    assert.deepEqual(bo.joined.seats.map((seat) => seat.name), ["Ana", "Bo"]);
    await bo.say({ type: "signal", n: 1, to: ana.endpoint, conn: 1 });
    assert.deepEqual(ana.news(), ["welcome", "joined", "arrived", "signal"]);
    assert.equal(ana.last("arrived").endpoint, bo.endpoint);
    assert.equal(ana.last("arrived").p, bo.joined.p);
    assert.ok(ana.last("signal").p > bo.joined.p);
  },
);

staged("[RM4] Everything after `joined` has a higher position", async (stage) => {
  const ana = await stage.enter("Ana");
  for (let n = 1; n < 9; n++) ana.post(JSON.stringify({ type: "chat", n, body: plain(`${n}`) }));
  const bo = stage.connect();
  bo.post(JSON.stringify({ type: "hello", v: 1 }));
  bo.post(JSON.stringify({ type: "join", room: "lunch", name: "Bo", media: MEDIA }));
  for (let n = 9; n < 20; n++) ana.post(JSON.stringify({ type: "chat", n, body: plain(`${n}`) }));
  await stage.settle();
  const { p } = bo.joined;
  assert.ok(bo.all("chat").every((each) => each.p > p));
});

staged(
  "[RM5] A ticket seats a second device in a full room, without taking capacity",
  async (stage) => {
    const ana = await stage.enter("Ana", "lunch", { settings: { capacity: 2 } });
    const bo = await stage.enter("Bo");
    await bo.say({ type: "ticket?" });
    const { ticket } = bo.last("ticket");
    const phone = await stage.enter("ignored", "lunch", { ticket });
    assert.equal(phone.seat, bo.seat);
    assert.notEqual(phone.endpoint, bo.endpoint);
    const seen = ana.last("arrived");
    assert.deepEqual([seen.seat.name, seen.seat.endpoints.length, seen.seat.main], [
      "Bo",
      2,
      bo.endpoint,
    ]);
    await bo.say({ type: "leave" });
    assert.equal(phone.last("left").endpoint, bo.endpoint);
    await ana.say({ type: "signal", n: 1, to: phone.endpoint, conn: 1 });
    assert.equal(phone.all("signal").length, 1);
    await ana.say({ type: "state", hand: true });
    const full = await stage.enter("Cy");
    assert.equal(full.last("error").code, "full");
  },
);

staged("[RM5] A ticket is good for 5 minutes, its own room, and four devices", async (stage) => {
  const ana = await stage.enter("Ana");
  await ana.say({ type: "ticket?" });
  const { ticket } = ana.last("ticket");
  for (let i = 0; i < 3; i++) await stage.enter("phone", "lunch", { ticket });
  const fifth = await stage.enter("phone", "lunch", { ticket });
  assert.equal(fifth.last("error").code, "full");
  const elsewhere = await stage.enter("phone", "dinner", { ticket });
  assert.equal(elsewhere.last("error").code, "bad-ticket");
  await stage.pass(300_000);
  const late = await stage.enter("phone", "lunch", { ticket });
  assert.equal(late.last("error").code, "bad-ticket");
});

staged("[RM5] A ticket for a seat that is free again is refused", async (stage) => {
  const ana = await stage.enter("Ana");
  await stage.enter("Bo");
  await ana.say({ type: "ticket?" });
  await ana.say({ type: "leave" });
  const phone = await stage.enter("phone", "lunch", { ticket: ana.last("ticket").ticket });
  assert.equal(phone.last("error").code, "bad-ticket");
});

staged("[RM6] Who leaves is gone at once, its seat free, and told bye", async (stage) => {
  const ana = await stage.enter("Ana", "lunch", { settings: { capacity: 2 } });
  const bo = await stage.enter("Bo");
  await bo.say({ type: "leave" });
  assert.equal(bo.news().at(-1), "bye");
  assert.deepEqual(
    [ana.last("left").endpoint, ana.last("left").seat, ana.last("left").why],
    [bo.endpoint, bo.seat, "left"],
  );
  const cy = await stage.enter("Cy");
  assert.deepEqual(cy.joined.seats.map((seat) => seat.name), ["Ana", "Cy"]);
  await bo.say({ type: "leave" });
  assert.equal(bo.all("bye").length, 2, "leaving where one is not is answered too");
});

staged("[RM11] State goes to all others, the latest wins, and to nobody twice", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  const media = { microphone: false, camera: true, screen: true };
  await bo.say({ type: "state", media, hand: true, name: "Bob" });
  const { seat } = ana.last("state");
  assert.deepEqual([seat.name, seat.hand, seat.endpoints[0].media], ["Bob", true, media]);
  assert.equal(bo.last("state").seat.hand, true, "name and hand come back");
  await bo.say({ type: "state", media: { ...media, screen: false } });
  assert.equal(bo.all("state").length, 1, "media do not");
  await bo.say({ type: "state", media });
  const before = ana.all("state").length;
  await bo.say({ type: "state", media, hand: true, name: "Bob" });
  assert.equal(ana.all("state").length, before);
});

staged("[RM12] Watchers of a generated room hear who is inside at each change", async (stage) => {
  const watcher = stage.connect();
  await watcher.say({ type: "hello", v: 1 });
  await watcher.say({ type: "watch", room: GENERATED });
  const ana = await stage.enter("Ana", GENERATED);
  await ana.say({ type: "state", name: "Anna" });
  assert.deepEqual(watcher.last("inside").names, ["Anna"]);
  await ana.say({ type: "leave" });
  assert.equal(watcher.last("inside").count, 0);
  assert.equal(watcher.all("inside").length, 4);
  await watcher.say({ type: "unwatch" });
  await stage.enter("Bo", GENERATED);
  assert.equal(watcher.all("inside").length, 4);
});

staged("[RM12] Rooms whose name can be guessed tell nobody who is inside", async (stage) => {
  await stage.enter("Ana");
  const watcher = stage.connect();
  await watcher.say({ type: "hello", v: 1 });
  await watcher.say({ type: "watch", room: roomId("lunch") });
  assert.deepEqual([watcher.last("error").code, watcher.last("error").re], ["bad-room", "watch"]);
  assert.equal(watcher.all("inside").length, 0);
});

staged("[RM12] A join ends the watching", async (stage) => {
  const page = stage.connect();
  await page.say({ type: "hello", v: 1 });
  await page.say({ type: "watch", room: GENERATED });
  await page.say({ type: "join", room: roomId("lunch"), name: "Ana", media: MEDIA });
  page.news();
  await stage.enter("Bo", GENERATED);
  assert.deepEqual(page.news(), []);
});

staged("[RM13] A session is in one room; joining that one again gives it again", async (stage) => {
  const ana = await stage.enter("Ana");
  await ana.say({ type: "join", room: roomId("dinner"), name: "Ana", media: MEDIA });
  assert.equal(ana.last("error").code, "in-another-room");
  const { endpoint } = ana;
  await ana.say({ type: "join", room: roomId("lunch"), name: "Ann", media: MEDIA });
  assert.equal(ana.all("joined").length, 2);
  assert.deepEqual([ana.endpoint, ana.joined.seats.length, ana.joined.seats[0].name], [
    endpoint,
    1,
    "Ann",
  ]);
  await ana.say({ type: "leave" });
  await ana.say({ type: "join", room: roomId("dinner"), name: "Ana", media: MEDIA });
  assert.equal(ana.joined.room, "dinner");
});

staged("[RM13] Outside a room there is nothing to say to it", async (stage) => {
  const page = stage.connect();
  await page.say({ type: "hello", v: 1 });
  await page.say({ type: "state", hand: true });
  await page.say({ type: "ticket?" });
  await page.say({ type: "chat", n: 7, body: plain("hello?") });
  const errors = page.all("error").map(({ code, re, n }) => [code, re, n]);
  assert.deepEqual(errors, [
    ["not-in-room", "state", undefined],
    ["not-in-room", "ticket?", undefined],
    ["not-in-room", "chat", 7],
  ]);
});

function plain(text: string) {
  return { kind: "plain" as const, text };
}
