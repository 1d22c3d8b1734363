import assert from "node:assert/strict";
import { PAST_MESSAGES } from "../../lib/protocol/limits.ts";
import { type Page, type Stage, staged } from "./stage.ts";

const chat = (n: number, text = `${n}`, more = {}) => ({
  type: "chat",
  n,
  body: { kind: "plain", text },
  ...more,
});
const textOf = ({ body }: { body: { kind: string } }) => (body as { text?: string }).text;
const had = (page: Page) => page.all("chat").map(textOf);
const past = (page: Page) => page.all("past").flatMap(({ said }) => said);

async function three(stage: Stage): Promise<[Page, Page, Page]> {
  return [await stage.enter("Ana"), await stage.enter("Bo"), await stage.enter("Cy")];
}

staged("[CH1] Everybody has chat in one order, who said it too", async (stage) => {
  const pages = await three(stage);
  const [ana, bo, cy] = pages;
  for (let n = 1; n <= 5; n++) {
    for (const page of [cy, ana, bo]) page.post(JSON.stringify(chat(n, `${page.seat} ${n}`)));
  }
  await stage.settle();
  const [first, ...rest] = pages.map((page) => page.all("chat").map(({ p, seat }) => [p, seat]));
  assert.equal(first.length, 15);
  for (const each of rest) assert.deepEqual(each, first);
});

staged("[CH1] Alone, what is said has its place too, and is settled", async (stage) => {
  const ana = await stage.enter("Ana");
  await ana.say(chat(1, "note", { mark: "m1" }));
  await stage.pass(300);
  assert.deepEqual([ana.last("chat").mark, ana.last("chat").name, ana.settled], ["m1", "Ana", 1]);
});

staged("[SV13] What is said bears the date of the computer's clock", async (stage) => {
  const date = Date.UTC(2027, 5, 1);
  const ana = await stage.enter("Ana");
  stage.clock.date = () => date;
  await ana.say(chat(1, "note"));
  assert.equal(ana.last("chat").at, date);
});

staged("[CH2] Who comes later has what was said, with names as they were", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  await bo.say(chat(1, "hello"));
  await bo.say({ type: "state", name: "Bob" });
  await bo.say(chat(2, "again"));
  await bo.say({ type: "leave" });
  const cy = await stage.enter("Cy");
  assert.deepEqual(past(cy).map(({ name, body }) => [name, textOf({ body })]), [
    ["Bo", "hello"],
    ["Bob", "again"],
  ]);
  assert.ok(past(cy).every(({ p, seat }) => p < cy.joined.p && seat === bo.seat));
  assert.deepEqual([had(cy), ana.all("past")], [[], []]);
});

staged("[CH2] A hundred are kept, and 128 KiB", async (stage) => {
  const ana = await stage.enter("Ana");
  for (let n = 1; n <= PAST_MESSAGES + 20; n++) await ana.say(chat(n));
  const bo = await stage.enter("Bo");
  assert.deepEqual(past(bo).map(textOf), [...Array(100).keys()].map((i) => `${i + 21}`));
  await stage.pass(10_000);
  for (let n = 121; n <= 180; n++) await ana.say(chat(n, "ñ😀".repeat(1000)));
  const cy = await stage.enter("Cy");
  const letters = past(cy).reduce((sum, each) => sum + textOf(each)!.length, 0);
  assert.ok(letters > 100_000 && letters < 131_072, `${letters}`);
  assert.ok(cy.all("past").length > 5, "in frames that fit");
});

staged("[CH2] A reload has it again; a room everybody left has none", async (stage) => {
  const ana = await stage.enter("Ana");
  await ana.say(chat(1, "mine"));
  const again = await stage.resume(ana, { reloaded: true, cursors: [] });
  assert.deepEqual(past(again).map(textOf), ["mine"]);
  await again.say({ type: "leave" });
  const bo = await stage.enter("Bo");
  assert.deepEqual(past(bo), []);
});

staged("[CH2] What came again under another endpoint's number is kept once", async (stage) => {
  const [ana, bo] = await three(stage);
  bo.acks = false;
  await ana.say(chat(1, "once"));
  await ana.say({ type: "leave" });
  const back = await stage.enter("Ana");
  await back.say(chat(1, "once", { was: [{ endpoint: ana.endpoint, n: 1 }] }));
  const dora = await stage.enter("Dora");
  assert.deepEqual(past(dora).map(textOf), ["once"]);
});

staged("[CH2] A restarted server knows nothing of what was said before", async (stage) => {
  const ana = await stage.enter("Ana");
  await ana.say(chat(1, "before"));
  await stage.pass(300);
  await stage.restart();
  await stage.resume(ana);
  const bo = await stage.enter("Bo");
  assert.deepEqual([past(bo), had(bo)], [[], []]);
});

staged("[CH3] What is said to one reaches that seat and its sender alone, ever", async (stage) => {
  const [ana, bo, cy] = await three(stage);
  await ana.say(chat(1, "psst", { to: bo.seat }));
  assert.deepEqual([had(ana), had(bo), had(cy)], [["psst"], ["psst"], []]);
  const dora = await stage.enter("Dora");
  const again = await Promise.all(
    [ana, bo, cy].map((page) => stage.resume(page, { reloaded: true, cursors: [] })),
  );
  assert.deepEqual([...again, dora].map((page) => past(page).map(textOf)), [
    ["psst"],
    ["psst"],
    [],
    [],
  ]);
});

staged("[CH3] What is for nobody here, or oneself, is refused", async (stage) => {
  const [ana, bo, cy] = await three(stage);
  await bo.say({ type: "leave" });
  await ana.say(chat(1, "late", { to: bo.seat }));
  assert.deepEqual([ana.last("error").code, ana.last("error").n], ["gone", 1]);
  await ana.say(chat(2, "self", { to: ana.seat }));
  assert.equal(ana.last("error").code, "bad-message");
  assert.deepEqual([had(ana), had(cy)], [[], []]);
});

staged("[CH5] What is no text, or too much of it, costs its sender an error", async (stage) => {
  const [ana, bo] = await three(stage);
  const bodies = [
    { kind: "plain", text: { toString: "x" } },
    { kind: "plain", text: ["a"] },
    { kind: "plain", text: "\u202e\u0000 " },
    { kind: "plain", text: `e${"\u0301".repeat(10_000)}` },
    { kind: "sealed", box: 7 },
    { kind: "html", text: "<b>" },
    null,
    "text",
  ];
  for (const body of bodies) await bo.say({ type: "chat", n: 1, body });
  await bo.say(chat(1, "x", { to: { seat: ana.seat } }));
  await bo.say(chat(1, "x", { mark: "<img>" }));
  assert.equal(bo.all("error").length, bodies.length + 2);
  assert.deepEqual([bo.closed, had(ana)], [null, []]);
  await bo.say(chat(1, "<b>a\u202eb</b>\njavascript:alert(1)"));
  assert.deepEqual(had(ana), ["<b>ab</b>\njavascript:alert(1)"], "text, and nothing else");
});

staged("[CH5] A flood of chat costs its sender the socket, and comes again", async (stage) => {
  const [ana, bo] = await three(stage);
  for (let n = 1; n <= 400; n++) bo.post(JSON.stringify(chat(n)));
  await stage.settle();
  assert.equal(bo.closed, "4001 rate");
  assert.equal(ana.closed, null);
  assert.ok(had(ana).length >= 200);
});

staged("[HR1] Hands have the order in which they went up, the same for all", async (stage) => {
  const [ana, bo, cy] = await three(stage);
  await cy.say({ type: "state", hand: true });
  await stage.pass(1000);
  await ana.say({ type: "state", hand: true });
  await stage.pass(1000);
  await cy.say({ type: "state", hand: true, name: "Cyd" });
  const dora = await stage.enter("Dora");
  const raised = dora.joined.seats.filter(({ hand }) => hand)
    .sort((a, b) => a.handAt! - b.handAt!).map(({ name }) => name);
  assert.deepEqual(raised, ["Cyd", "Ana"], "saying it again is no news");
  await cy.say({ type: "state", hand: false });
  assert.equal(bo.last("state").seat.handAt, undefined);
  assert.equal(cy.last("state").seat.hand, false, "who raised or lowered it is told too");
});

staged("[HR1] Hands in a card keep their order through a restart", async (stage) => {
  const [ana, , cy] = await three(stage);
  await cy.say({ type: "state", hand: true });
  await stage.pass(1000);
  await ana.say({ type: "state", hand: true });
  await stage.enter("Dora"); // a new card for everybody
  await stage.restart();
  const back = await stage.resume(ana, { state: { hand: true } });
  const hands = back.joined.seats.filter(({ hand }) => hand)
    .sort((a, b) => a.handAt! - b.handAt!).map(({ name }) => name);
  assert.deepEqual(hands, ["Cy", "Ana"]);
});

staged(
  "[HR2] A reaction is one of six, is shown to the others, and kept for nobody",
  async (stage) => {
    const [ana, bo] = await three(stage);
    await ana.say({ type: "react", reaction: "👍" });
    assert.deepEqual(bo.last("reaction"), { type: "reaction", seat: ana.seat, reaction: "👍" });
    assert.deepEqual(ana.all("reaction"), []);
    for (const reaction of ["💩", "<b>", 7, null, "👍👍"]) {
      await ana.say({
        type: "react",
        reaction,
      });
    }
    assert.deepEqual(ana.all("error").map(({ code }) => code), Array(5).fill("bad-message"));
    const dora = await stage.enter("Dora");
    assert.deepEqual([bo.all("reaction").length, dora.all("reaction").length], [1, 0]);
  },
);

staged("[HR2] Reactions beyond six, or one a second, are dropped with an error", async (stage) => {
  const [ana, bo] = await three(stage);
  for (let i = 0; i < 9; i++) await ana.say({ type: "react", reaction: "🎉" });
  assert.equal(bo.all("reaction").length, 6);
  assert.deepEqual(
    ana.all("error").map(({ code, re }) => [code, re]),
    Array(3).fill(["rate", "react"]),
  );
  await stage.pass(1000);
  await ana.say({ type: "react", reaction: "🎉" });
  assert.equal(bo.all("reaction").length, 7);
});

staged("[PE3] A request reaches the one asked alone, once, and mutes nobody", async (stage) => {
  const [ana, bo, cy] = await three(stage);
  const ask = { type: "ask", n: 1, to: bo.seat, what: "mute" };
  await ana.say(ask);
  await ana.say(ask);
  assert.deepEqual(bo.all("ask").map(({ from, seat, what }) => [from, seat, what]), [
    [ana.endpoint, ana.seat, "mute"],
  ]);
  assert.deepEqual([cy.all("ask"), cy.all("state")], [[], []]);
  await bo.say({ type: "ask", n: 1, to: ana.seat, what: "keep" });
  assert.equal(ana.last("ask").what, "keep");
});

staged(
  "[PE3] Nobody can ask for more than that, in another's name, or of nobody",
  async (stage) => {
    const [ana, bo, cy] = await three(stage);
    await ana.say({ type: "ask", n: 1, to: bo.seat, what: "unmute" });
    await ana.say({ type: "ask", n: 1, to: ana.seat, what: "mute" });
    await ana.say({ type: "ask", n: 2, to: "nobody", what: "mute" });
    assert.deepEqual(ana.all("error").map(({ code }) => code), [
      "bad-message",
      "bad-message",
      "gone",
    ]);
    await ana.say({
      type: "ask",
      n: 3,
      to: bo.seat,
      what: "mute",
      from: cy.endpoint,
      seat: cy.seat,
    });
    assert.equal(bo.last("ask").seat, ana.seat);
  },
);
