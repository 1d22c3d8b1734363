import assert from "node:assert/strict";
import type { Act } from "../../lib/protocol/messages.ts";
import { KNOCK_KEPT_MS, KNOCKS } from "../../lib/protocol/limits.ts";
import { roomOfOwner } from "../../lib/signaling/owner.ts";
import { MEDIA, type Page, type Stage, staged } from "./stage.ts";

const owner = "the-secret-of-whoever-made-the-room";
const room = roomOfOwner(owner);

/** Ana, whose room it is, and Bo. */
async function two(stage: Stage): Promise<[Page, Page]> {
  return [await stage.enter("Ana", room, { owner }), await stage.enter("Bo", room)];
}
const numbers = new WeakMap<Page, number>();
async function does(page: Page, act: Act): Promise<void> {
  const n = (numbers.get(page) ?? 0) + 1;
  numbers.set(page, n);
  await page.say({ type: "manage", n, act });
}
async function knocker(stage: Stage, name: string): Promise<Page> {
  const page = stage.connect();
  await page.say({ type: "hello", v: 1 });
  await page.say({ type: "knock", room, name });
  return page;
}
const rolesIn = (page: Page) => page.joined.seats.map(({ name, role }) => `${name} ${role}`);
const knocksAt = (page: Page) => page.last("knocks").knocks.map(({ name }) => name);

staged("[RO1] Whoever shows the secret the room's name was made of is its owner", async (stage) => {
  const bo = await stage.enter("Bo", room);
  const ana = await stage.enter("Ana", room, { owner });
  assert.deepEqual(rolesIn(ana), ["Bo guest", "Ana owner"], "not whoever was there first");
  assert.equal(bo.last("arrived").seat.role, "owner");
  const cy = await stage.enter("Cy", room, { owner: "another" });
  assert.deepEqual([cy.last("error").code, cy.last("error").re], ["not-allowed", "join"]);
  assert.equal(bo.all("arrived").length, 1);
});

staged("[RO1] Rooms with a typed name have no owner", async (stage) => {
  const ana = await stage.enter("Ana", "lunch");
  const bo = await stage.enter("Bo", "lunch", { owner });
  assert.deepEqual(rolesIn(ana), ["Ana guest"]);
  assert.equal(bo.last("error").code, "not-allowed");
});

staged("[RO2] Only an owner locks, removes and hands on; nothing else changes", async (stage) => {
  const [ana, bo] = await two(stage);
  ana.news();
  const acts: Act[] = [
    { do: "lock", on: true },
    { do: "remove", seat: ana.seat },
    { do: "hand-on", seat: bo.seat },
    { do: "admit", knock: bo.seat as never },
  ];
  for (const act of acts) await does(bo, act);
  assert.deepEqual(
    bo.all("error").map(({ code, re, n }) => [code, re, n]),
    [1, 2, 3, 4].map((n) => [
      "not-allowed",
      "manage",
      n,
    ]),
  );
  await bo.say({ type: "state", role: "owner", hand: true });
  await bo.say({ type: "join", room, name: "Bo", media: MEDIA, role: "owner" });
  await bo.say({ type: "manage", n: 5, act: { do: "rule" } });
  assert.equal(bo.last("error").code, "bad-message");
  assert.deepEqual(ana.news(), ["state"], "the hand, and nothing more");
  assert.equal(ana.last("state").seat.role, "guest");
});

staged("[RO2] An act is done once, and settled", async (stage) => {
  const [ana, bo] = await two(stage);
  bo.news();
  for (const n of [1, 1]) await ana.say({ type: "manage", n, act: { do: "lock", on: true } });
  await ana.say({ type: "manage", n: 2, act: { do: "lock", on: false } });
  await ana.say({ type: "manage", n: 1, act: { do: "lock", on: true } });
  assert.deepEqual(bo.all("lock").map(({ on }) => on), [true, false]);
  await stage.pass(300);
  assert.equal(ana.settled, 2);
});

staged("[RO3] A locked room keeps newcomers out, and nobody who is inside", async (stage) => {
  const [ana, bo] = await two(stage);
  await does(ana, { do: "lock", on: true });
  assert.equal(bo.last("lock").on, true);
  const cy = await stage.enter("Cy", room);
  assert.deepEqual([cy.last("error").code, cy.last("error").re], ["locked", "join"]);
  const again = await stage.resume(bo, { reloaded: true, cursors: [] });
  assert.equal(again.joined.settings.locked, true);
  const resumed = await stage.resume(again);
  assert.equal(resumed.last("synced").locked, true);
  const phone = await stage.enter("Ana's laptop", room, { owner });
  assert.equal(phone.joined.seats.length, 3, "the owner has the key");
  await does(ana, { do: "lock", on: false });
  await cy.say({ type: "join", room, name: "Cy", media: MEDIA });
  assert.equal(cy.joined.seats.length, 4);
});

staged("[RO4] A knock is shown to the owner, and answered", async (stage) => {
  const [ana, bo] = await two(stage);
  await does(ana, { do: "lock", on: true });
  const cy = await knocker(stage, "Cy");
  const dora = await knocker(stage, "Dora");
  assert.deepEqual([knocksAt(ana), bo.all("knocks")], [["Cy", "Dora"], []]);
  const [first, second] = ana.last("knocks").knocks;
  await does(ana, { do: "admit", knock: first.knock });
  await does(ana, { do: "refuse", knock: second.knock });
  assert.deepEqual([cy.last("answer").admitted, dora.last("answer").admitted], [true, false]);
  assert.deepEqual(knocksAt(ana), []);
  for (const page of [cy, dora]) await page.say({ type: "join", room, name: "X", media: MEDIA });
  assert.equal(cy.joined.seats.length, 3);
  assert.equal(dora.last("error").code, "locked");
  await does(ana, { do: "admit", knock: first.knock });
  assert.equal(ana.last("error").code, "gone");
});

staged("[RO4] While no owner is inside, everybody there may answer", async (stage) => {
  const [ana, bo] = await two(stage);
  await does(ana, { do: "lock", on: true });
  await ana.say({ type: "leave" });
  const cy = await knocker(stage, "Cy");
  assert.deepEqual(knocksAt(bo), ["Cy"]);
  const again = await stage.resume(bo);
  assert.deepEqual(knocksAt(again), ["Cy"], "told again to who comes back");
  await does(again, { do: "admit", knock: again.last("knocks").knocks[0].knock });
  assert.equal(cy.last("answer").admitted, true);
});

staged("[RO4] A knock goes with its socket, and after two minutes", async (stage) => {
  const [ana] = await two(stage);
  await does(ana, { do: "lock", on: true });
  const cy = await knocker(stage, "Cy");
  const dora = await knocker(stage, "Dora");
  await dora.say({ type: "unknock" });
  assert.deepEqual(knocksAt(ana), ["Cy"]);
  cy.pair.cut();
  await stage.settle();
  assert.deepEqual(knocksAt(ana), []);
  const elif = await knocker(stage, "Elif");
  await stage.pass(KNOCK_KEPT_MS + 1000);
  assert.deepEqual([elif.last("answer").admitted, knocksAt(ana)], [false, []]);
});

staged("[RO4] At most eight knock; an open or empty room lets in at once", async (stage) => {
  const [ana, bo] = await two(stage);
  assert.equal((await knocker(stage, "early")).last("answer").admitted, true);
  await does(ana, { do: "lock", on: true });
  const pages = [];
  for (let i = 0; i <= KNOCKS; i++) pages.push(await knocker(stage, `N${i}`));
  assert.equal(pages[KNOCKS].last("answer").admitted, false);
  assert.equal(knocksAt(ana).length, KNOCKS);
  await ana.say({ type: "leave" });
  await bo.say({ type: "leave" });
  await stage.pass(2000);
  assert.equal(pages[0].last("answer").admitted, true, "nobody is left to answer");
  assert.equal((await knocker(stage, "late")).last("answer").admitted, true);
});

staged("[RO4] A knock has a name, and one who sits somewhere knocks nowhere", async (stage) => {
  const [ana, bo] = await two(stage);
  await does(ana, { do: "lock", on: true });
  const cy = stage.connect();
  await cy.say({ type: "hello", v: 1 });
  for (const name of ["", { toString: 1 }, "\u202e", "e".repeat(33)]) {
    await cy.say({ type: "knock", room, name });
  }
  assert.deepEqual(cy.all("error").map(({ code }) => code), Array(4).fill("bad-name"));
  await bo.say({ type: "knock", room, name: "Bo" });
  assert.equal(bo.last("error").code, "in-another-room");
  assert.deepEqual(ana.all("knocks"), []);
});

staged("[RO5] Who is removed is told, and no session or card brings them back", async (stage) => {
  const [ana, bo] = await two(stage);
  const cy = await stage.enter("Cy", room);
  const card = bo.last("card").card;
  await does(ana, { do: "remove", seat: bo.seat });
  assert.equal(bo.closed, "4000 removed");
  assert.deepEqual([cy.last("left").seat, cy.last("left").why], [bo.seat, "removed"]);
  const back = await stage.resume(bo);
  assert.equal(back.welcome.room, null);
  await back.say({ type: "join", room, name: "Bo", media: MEDIA });
  assert.equal(back.last("error").code, "not-allowed");
  await stage.restart();
  const ana2 = await stage.resume(ana);
  assert.deepEqual([ana2.joined.generation, ana2.joined.seats.length], [2, 2]);
  const late = await stage.resume(back, { card });
  assert.equal(late.welcome.room, null, "a card of an older generation");
});

staged("[RO5] A removed one who is back first after a restart is out again", async (stage) => {
  const [ana, bo] = await two(stage);
  const card = bo.last("card").card;
  await does(ana, { do: "remove", seat: bo.seat });
  await stage.restart();
  const bo2 = await stage.resume(bo, { card, cursors: [] });
  await stage.resume(ana);
  assert.equal(bo2.closed, "4000 removed");
});

staged("[RO5] Owners and nobody cannot be removed", async (stage) => {
  const [ana, bo] = await two(stage);
  await does(ana, { do: "remove", seat: ana.seat });
  await does(ana, { do: "remove", seat: "nobody" as never });
  assert.deepEqual(ana.all("error").map(({ code }) => code), ["not-allowed", "gone"]);
  assert.equal(bo.all("left").length, 0);
});

staged("[RO6] Lock and roles survive a restart", async (stage) => {
  const [ana, bo] = await two(stage);
  await does(ana, { do: "lock", on: true });
  await does(ana, { do: "hand-on", seat: bo.seat });
  await stage.restart();
  const bo2 = await stage.resume(bo);
  assert.deepEqual([rolesIn(bo2), bo2.joined.settings.locked], [["Ana guest", "Bo owner"], true]);
  const ana2 = await stage.resume(ana);
  await does(ana2, { do: "lock", on: false });
  assert.equal(ana2.last("error").code, "not-allowed");
});

staged(
  "[RO6] A later card knows better than an earlier one, but not than this life",
  async (stage) => {
    const [ana, bo] = await two(stage);
    const cy = await stage.enter("Cy", room);
    const early = cy.last("card").card;
    await does(ana, { do: "lock", on: true });
    await does(ana, { do: "hand-on", seat: bo.seat });
    await stage.restart();
    const cy2 = await stage.resume(cy, { card: early, cursors: [] });
    assert.deepEqual([rolesIn(cy2)[0], cy2.joined.settings.locked], ["Ana owner", false]);
    const bo2 = await stage.resume(bo);
    assert.deepEqual([rolesIn(bo2)[1], cy2.last("lock").on], ["Bo owner", true]);
    assert.equal(cy2.all("state").findLast(({ seat }) => seat.name === "Ana")!.seat.role, "guest");
    await does(bo2, { do: "lock", on: false });
    await stage.resume(ana);
    assert.equal(cy2.last("lock").on, false, "what was done since the restart stands");
  },
);

staged("[RO8] A role handed on is the other's, and the giver is a guest", async (stage) => {
  const [ana, bo] = await two(stage);
  await does(ana, { do: "lock", on: true });
  await does(ana, { do: "hand-on", seat: bo.seat });
  const cy = await knocker(stage, "Cy");
  assert.equal(cy.all("answer").length, 0);
  assert.deepEqual([knocksAt(bo), ana.all("knocks")], [["Cy"], []]);
  await does(ana, { do: "remove", seat: bo.seat });
  assert.equal(ana.last("error").code, "not-allowed");
  await does(bo, { do: "remove", seat: ana.seat });
  assert.equal(ana.closed, "4000 removed");
});

staged("[RO6] What a later card told stands in the cards after it", async (stage) => {
  const [ana, bo] = await two(stage);
  const cy = await stage.enter("Cy", room);
  const early = cy.last("card").card;
  await does(ana, { do: "lock", on: true });
  await does(ana, { do: "hand-on", seat: bo.seat });
  await stage.restart();
  const cy2 = await stage.resume(cy, { card: early, cursors: [] });
  await stage.resume(bo);
  await stage.restart();
  const cy3 = await stage.resume(cy2, { cursors: [] });
  const roles = cy3.joined.seats.map(({ name, role }) => `${name} ${role}`).toSorted();
  assert.deepEqual(roles, ["Ana guest", "Bo owner", "Cy guest"]);
  assert.equal(cy3.joined.settings.locked, true);
});
