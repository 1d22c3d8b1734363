import assert from "node:assert/strict";
import { asId, type BootId, type EndpointId, type SeatId } from "../../lib/protocol/ids.ts";
import type { CardSeat } from "../../lib/signaling/room_commands.ts";
import { createTokens, type UnsignedCard } from "../../lib/signaling/tokens.ts";
import { macWith, MEDIA, type Page, roomId, type Stage, staged } from "./stage.ts";

const chat = (n: number, text = `${n}`) => ({ type: "chat", n, body: { kind: "plain", text } });
const texts = (page: Page) =>
  page.all("chat").map(({ body }) => body.kind === "plain" ? body.text : "");
const names = (page: Page) => page.joined.seats.map((seat) => seat.name).sort();

/** A card as the server before this one might have signed it, listing these pages. */
function cardOf(stage: Stage, pages: Page[], more: Partial<UnsignedCard> = {}): Promise<string> {
  const seats = pages.map((page): CardSeat => ({
    seat: page.seat,
    name: page.joined.seats.find((seat) => seat.seat === page.seat)!.name,
    role: "guest",
    hand: false,
    said: 0,
    main: page.endpoint,
    endpoints: [{ endpoint: page.endpoint, session: page.welcome.session, media: MEDIA }],
  }));
  return createTokens(macWith("the server's key")).card({
    boot: asId<BootId>("before"),
    room: roomId("lunch"),
    generation: 1,
    version: 1,
    settings: { capacity: 6, locked: false },
    seats,
    left: [],
    ...more,
  }, stage.clock.now());
}

staged("[RM14] After a restart the same people are inside, nobody left or came", async (stage) => {
  const ana = await stage.enter("Ana", "lunch", { settings: { capacity: 2 } });
  const bo = await stage.enter("Bo");
  await stage.restart();
  const ana2 = await stage.resume(ana);
  assert.deepEqual(ana2.news(), ["welcome", "joined"]);
  assert.notEqual(ana2.welcome.boot, ana.welcome.boot);
  assert.deepEqual([ana2.endpoint, ana2.seat], [ana.endpoint, ana.seat]);
  const absent = ana2.joined.seats.find((seat) => seat.seat === bo.seat)!;
  assert.deepEqual(absent.endpoints.map(({ endpoint, presence }) => [endpoint, presence]), [
    [bo.endpoint, "absent"],
  ]);
  const bo2 = await stage.resume(bo);
  assert.deepEqual([bo2.endpoint, bo2.seat], [bo.endpoint, bo.seat]);
  assert.deepEqual(ana2.news(), ["state"]);
  assert.deepEqual(ana2.joined.settings, { capacity: 2, locked: false });
  await ana2.say({ type: "signal", n: 9, to: bo.endpoint, conn: 1 });
  assert.equal(bo2.last("signal").n, 9);
});

staged("[RM14] The latest card says who is inside, whoever shows it first", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  bo.stalled = true; // Bo's card is of before Cy came and Ana left
  const cy = await stage.enter("Cy");
  await ana.say({ type: "leave" });
  await stage.restart();
  const bo2 = await stage.resume(bo);
  assert.deepEqual(names(bo2), ["Ana", "Bo"]);
  const cy2 = await stage.resume(cy);
  assert.deepEqual(names(cy2), ["Bo", "Cy"]);
  assert.deepEqual(bo2.news(), ["welcome", "joined", "left", "arrived", "state"]);
  assert.equal(bo2.last("left").endpoint, ana.endpoint);
});

staged("[RM14] After a restart everybody is shown as they last said", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  const muted = { microphone: false, camera: true, screen: false };
  await bo.say({ type: "state", name: "Bob", hand: true, media: muted });
  const news = ana.got.slice(-2).map(({ type }) => type);
  assert.deepEqual(news, ["card", "state"], "the card comes before what it tells");
  await stage.restart();
  const ana2 = await stage.resume(ana);
  const shown = ana2.joined.seats.find(({ seat }) => seat === bo.seat)!;
  assert.deepEqual([shown.name, shown.hand, shown.endpoints[0].media], ["Bob", true, muted]);
});

staged("[RM14] What the absent said last wins, whichever card tells it", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  await stage.enter("Cy");
  ana.stalled = true;
  await stage.pass(1_000);
  const cy = stage.pages[2];
  await cy.say({ type: "state", name: "Cyril" });
  await cy.say({ type: "state", name: "Cy" });
  await cy.say({ type: "state", name: "Cyrus" });
  await stage.restart();
  const bare = await cardOf(stage, [ana, bo, cy], { version: 99 }); // later, but of before
  const ana2 = await stage.resume(ana, { card: bare });
  assert.deepEqual(names(ana2), ["Ana", "Bo", "Cy"]);
  await stage.resume(bo);
  assert.equal(ana2.last("state").seat.name, "Bo");
  assert.ok(ana2.all("state").some(({ seat }) => seat.name === "Cyrus"));
  const told = ana2.all("state").length;
  await stage.resume(ana2, { card: bare });
  assert.equal(ana2.all("state").length, told, "an older word changes nothing");
});

staged("[RM15] One's own card tells best where one sits", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  const before = await cardOf(stage, [ana, bo]);
  await bo.say({ type: "leave" });
  await bo.say({ type: "join", room: roomId("lunch"), name: "Bo", media: MEDIA });
  await stage.restart();
  const ana2 = await stage.resume(ana, { card: before });
  assert.deepEqual(names(ana2), ["Ana", "Bo"]);
  const own = bo.endpoint;
  const bo2 = await stage.resume(bo);
  assert.equal(bo2.endpoint, own);
  assert.deepEqual(ana2.last("arrived").endpoint, own);
});

staged("[RM14] An older card changes nothing but its own seat", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  bo.stalled = true;
  await stage.enter("Cy");
  await stage.restart();
  const ana2 = await stage.resume(ana);
  const bo2 = await stage.resume(bo);
  assert.deepEqual(names(ana2), ["Ana", "Bo", "Cy"]);
  assert.deepEqual(names(bo2), ["Ana", "Bo", "Cy"]);
});

staged("[RM15] Whoever shows a card of this generation has its seat back", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  const without = await cardOf(stage, [ana], { version: 9 });
  await stage.restart();
  const ana2 = await stage.resume(ana, { card: without });
  assert.deepEqual(names(ana2), ["Ana"]);
  const bo2 = await stage.resume(bo);
  assert.deepEqual([names(bo2), bo2.seat], [["Ana", "Bo"], bo.seat]);
});

staged(
  "[RM15] Who was taken for left, and is back by its own card, is back for good",
  async (stage) => {
    const ana = await stage.enter("Ana");
    const bo = await stage.enter("Bo");
    const without = await cardOf(stage, [ana], { version: 9, left: [bo.endpoint] });
    await stage.restart();
    const bo2 = await stage.resume(bo);
    const ana2 = await stage.resume(ana, { card: without });
    assert.deepEqual(names(ana2), ["Ana", "Bo"]);
    await stage.restart();
    const ana3 = await stage.resume(ana2);
    assert.deepEqual([names(ana3), bo2.endpoint], [["Ana", "Bo"], bo.endpoint]);
  },
);

staged("[RM15] A card of an older generation brings nobody back", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  const later = await cardOf(stage, [ana], { generation: 2, version: 1 });
  await stage.restart();
  const ana2 = await stage.resume(ana, { card: later });
  assert.equal(ana2.joined.generation, 2);
  const bo2 = await stage.resume(bo);
  assert.equal(bo2.welcome.room, null);
});

staged("[RM15] A later generation removes whom an older card had brought back", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  const later = await cardOf(stage, [ana], { generation: 2, version: 1 });
  await stage.restart();
  const bo2 = await stage.resume(bo);
  assert.deepEqual(names(bo2), ["Ana", "Bo"]);
  const ana2 = await stage.resume(ana, { card: later });
  assert.equal(bo2.closed, "4000 removed");
  assert.deepEqual(names(ana2), ["Ana"]);
});

staged("[RM15] A newcomer between two resumes gets a seat beside theirs", async (stage) => {
  const ana = await stage.enter("Ana", "lunch", { settings: { capacity: 2 } });
  const bo = await stage.enter("Bo");
  await stage.restart();
  const newcomer = await stage.enter("New", "lunch", { settings: { capacity: 5 } });
  const ana2 = await stage.resume(ana);
  assert.deepEqual(newcomer.news(), ["welcome", "joined", "arrived", "arrived", "state"]);
  const second = await stage.enter("Newer");
  assert.equal(second.last("error").code, "full");
  const bo2 = await stage.resume(bo);
  assert.deepEqual(names(bo2), ["Ana", "Bo", "New"]);
  assert.deepEqual([ana2.endpoint, bo2.endpoint], [ana.endpoint, bo.endpoint]);
  assert.equal(bo2.joined.settings.capacity, 2, "the older room's settings hold");
});

staged("[RM16] A card of this very boot proves nothing", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  await bo.say({ type: "leave" });
  bo.pair.cut();
  const back = await stage.resume(bo);
  assert.equal(back.welcome.room, null);
  assert.deepEqual(ana.all("arrived").length, 1);
});

staged("[RM16] A card counts within 120 s of the start", async (stage) => {
  const ana = await stage.enter("Ana");
  await stage.restart();
  await stage.pass(120_000);
  const back = await stage.resume(ana);
  assert.equal(back.welcome.room, null);
});

staged(
  "[RM16][SE6] A forged card, another's, or one not listing the shower is nothing",
  async (stage) => {
    const ana = await stage.enter("Ana");
    const bo = await stage.enter("Bo");
    const { card } = ana.last("card");
    const [body, mac] = card.split(".");
    const json = atob(body.replaceAll("-", "+").replaceAll("_", "/"));
    const forged = btoa(json.replace('"version":2', '"version":8')).replaceAll("+", "-")
      .replaceAll("/", "_").replace(/=+$/, "");
    const foreign = await createTokens(macWith("another key")).card({
      boot: asId<BootId>("before"),
      room: roomId("lunch"),
      generation: 1,
      version: 5,
      settings: { capacity: 6, locked: false },
      seats: [],
      left: [],
    }, stage.clock.now());
    await stage.restart();
    const others = await cardOf(stage, [bo]);
    for (const shown of [`${forged}.${mac}`, foreign, others, "garbage", ana.welcome.token]) {
      const back = await stage.resume(ana, { card: shown });
      assert.equal(back.welcome.room, null, shown);
      back.pair.cut();
    }
    assert.equal(stage.signaling.stats().rooms, 0);
  },
);

staged("[RM17] Who does not come back within 120 s has left", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  await stage.restart();
  const ana2 = await stage.resume(ana);
  await stage.pass(118_000);
  assert.equal(ana2.all("left").length, 0);
  await stage.pass(3_000);
  assert.deepEqual([ana2.last("left").endpoint, ana2.last("left").why], [bo.endpoint, "timeout"]);
});

staged("[RM17] Who came back and left is not brought back by another's card", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  await stage.restart();
  const ana2 = await stage.resume(ana, { card: await cardOf(stage, [ana, bo], { version: 1 }) });
  await ana2.say({ type: "leave" });
  await stage.pass(5_000);
  const bo2 = await stage.resume(bo);
  assert.deepEqual(names(bo2), ["Bo"]);
});

staged(
  "[RM17] One's own card counts more than what another's tells of an older seat",
  async (stage) => {
    const ana = await stage.enter("Ana");
    const bo = await stage.enter("Bo");
    bo.stalled = true; // Bo's card still lists Ana
    await ana.say({ type: "leave" });
    await ana.say({ type: "join", room: roomId("dinner"), name: "Ana", media: MEDIA });
    const { endpoint } = ana.last("joined");
    await stage.restart();
    const bo2 = await stage.resume(bo);
    assert.deepEqual(names(bo2), ["Ana", "Bo"]);
    const ana2 = await stage.resume(ana);
    assert.deepEqual([ana2.welcome.room, ana2.endpoint], [roomId("dinner"), endpoint]);
    assert.equal(bo2.last("left").seat, ana.all("joined")[0].seat);
  },
);

staged(
  "[RM14] A card of who had seen fewer does not hide those it does not list",
  async (stage) => {
    const ana = await stage.enter("Ana");
    const bo = await stage.enter("Bo");
    const cy = await stage.enter("Cy");
    const later = await cardOf(stage, [ana], { version: 9 }); // of a life in which only Ana was back
    await stage.restart();
    await stage.resume(ana, { card: later });
    const bo2 = await stage.resume(bo);
    assert.deepEqual(names(bo2), ["Ana", "Bo", "Cy"]);
    await bo2.say({ type: "signal", n: 1, to: cy.endpoint, conn: 1 });
    assert.deepEqual(bo2.all("error"), []);
  },
);

staged("[RM17] A card does not take anybody out of the room it has joined since", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  await stage.restart();
  const ana2 = await stage.resume(ana, { card: undefined, cursors: [] });
  assert.equal(ana2.welcome.room, null);
  await ana2.say({ type: "join", room: roomId("dinner"), name: "Ana", media: MEDIA });
  const bo2 = await stage.resume(bo);
  assert.deepEqual(names(bo2), ["Bo"]);
  await ana2.say({ type: "state", hand: true });
  assert.deepEqual(ana2.all("error"), []);
});

staged(
  "[RM18] While a room recovers, one who comes back without a card is not told full",
  async (stage) => {
    const ana = await stage.enter("Ana", "lunch", { settings: { capacity: 2 } });
    const alone = await cardOf(stage, [ana], { settings: { capacity: 2, locked: false } });
    const bo = await stage.enter("Bo");
    await stage.restart();
    await stage.resume(ana, { card: alone });
    await stage.enter("New");
    const bo2 = await stage.resume(bo, { card: undefined });
    assert.equal(bo2.welcome.room, null);
    await bo2.say({ type: "join", room: roomId("lunch"), name: "Bo", media: MEDIA });
    assert.deepEqual(names(bo2), ["Ana", "Bo", "New"]);
    await bo2.say({ type: "leave" });
    await stage.pass(16_000);
    await bo2.say({ type: "join", room: roomId("lunch"), name: "Bo", media: MEDIA });
    assert.equal(bo2.last("error").code, "full");
  },
);

staged("[SG6] What is said to a restored but absent one waits for its snapshot", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  await stage.restart();
  const ana2 = await stage.resume(ana);
  await ana2.say(chat(4, "said again"));
  await ana2.say({ type: "signal", n: 5, to: bo.endpoint, conn: 1 });
  await stage.pass(300);
  assert.equal(ana2.settled, 0, "kept by its sender until Bo has it");
  const bo2 = await stage.resume(bo);
  assert.deepEqual(bo2.news(), ["welcome", "joined", "past", "chat", "signal"]);
  assert.deepEqual(texts(bo2), ["said again"]);
  assert.ok(bo2.joined.p < bo2.last("chat").p);
  await stage.pass(300);
  assert.equal(ana2.settled, 5);
});

staged("[RM10][RM14] A reload across a restart keeps the seat", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  await stage.restart();
  const ana2 = await stage.resume(ana, { reloaded: true, cursors: [] });
  assert.equal(ana2.seat, ana.seat);
  assert.notEqual(ana2.endpoint, ana.endpoint);
  const bo2 = await stage.resume(bo);
  assert.deepEqual(names(bo2), ["Ana", "Bo"]);
});

staged("[RM5][RM14] A seat with two endpoints comes back with both", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  await bo.say({ type: "ticket?" });
  const phone = await stage.enter("", "lunch", { name: "x", ticket: bo.last("ticket").ticket });
  await stage.restart();
  const phone2 = await stage.resume(phone);
  const seat = phone2.joined.seats.find((each) => each.seat === bo.seat)!;
  assert.deepEqual(new Set(seat.endpoints.map((each) => each.endpoint)), ids(bo, phone));
  assert.equal(seat.main, bo.endpoint);
  assert.deepEqual(names(await stage.resume(ana)), ["Ana", "Bo"]);
});

staged("[RM14] The card of the fullest room fits in one message", async (stage) => {
  const ids26 = (i: number) => `${i}`.padStart(26, "0");
  const seats = Array.from({ length: 16 }, (_, i): CardSeat => ({
    seat: asId<SeatId>(ids26(i)),
    name: "😀".repeat(32),
    role: "owner",
    hand: false,
    said: 0,
    main: asId<EndpointId>(ids26(i)),
    endpoints: Array.from({ length: 4 }, (_, j) => ({
      endpoint: asId(ids26(100 * i + j)),
      session: asId(ids26(100 * i + j)),
      media: MEDIA,
    })),
  }));
  const left = Array.from({ length: 32 }, (_, i) => asId<EndpointId>(ids26(i)));
  const card = await cardOf(stage, [], { seats, left });
  assert.ok(card.length <= 16 * 1024, `${card.length}`);
});

function ids(...pages: Page[]): Set<EndpointId> {
  return new Set(pages.map((page) => page.endpoint));
}
