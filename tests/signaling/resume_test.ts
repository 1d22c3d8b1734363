import assert from "node:assert/strict";
import { TOKEN_LIFE_MS } from "../../lib/protocol/limits.ts";
import type { Page } from "./stage.ts";
import { MEDIA, roomId, staged } from "./stage.ts";

const chat = (n: number, text = `${n}`) => ({ type: "chat", n, body: { kind: "plain", text } });
const texts = (page: Page) =>
  page.all("chat").map(({ body }) => body.kind === "plain" ? body.text : "");

staged("[SG5] A resume catches up from the log, positions and all", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  await ana.say(chat(1));
  bo.pair.cut();
  await ana.say(chat(2));
  const cy = await stage.enter("Cy");
  await cy.say({ type: "state", hand: true });
  await cy.say({ type: "leave" });
  const back = await stage.resume(bo);
  assert.deepEqual(back.news(), ["welcome", "synced", "chat", "arrived", "left"]);
  assert.equal(back.welcome.resumed, true);
  assert.deepEqual(texts(back), ["2"]);
  assert.ok(back.last("chat").p > bo.cursor.p);
  assert.deepEqual(back.last("synced").seats.map((seat) => seat.name), ["Ana", "Bo"]);
  assert.equal(back.last("synced").seats[1].endpoints[0].presence, "present");
  assert.ok(back.all("card").length > 0, "cards are state: said again in a resume");
});

staged("[SG5] Who came while one was away is shown as now, all the way through", async (stage) => {
  await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  bo.pair.cut();
  const cy = await stage.enter("Cy");
  await cy.say({ type: "state", name: "Cyrus" });
  const again = await stage.resume(cy, { reloaded: true });
  const back = await stage.resume(bo);
  const shown = [back.last("synced").seats[2], ...back.all("arrived").map(({ seat }) => seat)];
  assert.equal(shown.length, 3);
  for (const seat of shown) {
    assert.deepEqual([seat.name, seat.main], ["Cyrus", again.endpoint]);
  }
});

staged("[SG5] What was had but not acknowledged does not come twice", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  bo.acks = false;
  await ana.say(chat(1));
  bo.pair.cut();
  const back = await stage.resume(bo);
  assert.deepEqual(texts(back), []);
  await stage.pass(300);
  assert.equal(ana.settled, 1, "the cursor acknowledges");
});

staged("[SG5] The state told in a resume reaches the others", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  bo.pair.cut();
  const media = { microphone: false, camera: false, screen: false };
  await stage.resume(bo, { state: { media, name: "Bob" } });
  const { seat } = ana.last("state");
  assert.deepEqual([seat.name, seat.endpoints[0].media], ["Bob", media]);
});

staged("[SG6] A cursor of another log, or none, gets a snapshot and what is due", async (stage) => {
  for (const cursors of [[], [{ log: "another", p: 3 }]]) {
    const ana = await stage.enter("Ana");
    const bo = await stage.enter("Bo");
    bo.pair.cut();
    await ana.say(chat(1, "while away"));
    const back = await stage.resume(bo, { cursors });
    assert.deepEqual(back.news(), ["welcome", "joined", "past", "chat"]);
    assert.equal(back.welcome.resumed, false);
    assert.equal(back.endpoint, bo.endpoint);
    assert.ok(back.joined.p < back.last("chat").p);
    await ana.say({ type: "leave" });
    await back.say({ type: "leave" });
  }
});

staged("[SG6] A cursor beyond the log is no cursor", async (stage) => {
  const ana = await stage.enter("Ana");
  const { log } = ana.joined;
  const back = await stage.resume(ana, { cursors: [{ log, p: 1_000_000 }] });
  assert.deepEqual(back.news(), ["welcome", "joined"]);
});

staged(
  "[SG6] Beyond what the log holds there is a snapshot, nothing due is lost",
  async (stage) => {
    const ana = await stage.enter("Ana");
    const bo = await stage.enter("Bo");
    await ana.say(chat(1, "kept"));
    bo.pair.cut();
    await ana.say(chat(2, "due"));
    for (let i = 0; i < 300; i++) {
      const guest = await stage.enter(`guest ${i}`);
      await guest.say({ type: "leave" });
      stage.pages.pop();
    }
    const back = await stage.resume(bo);
    assert.deepEqual(back.news(), ["welcome", "joined", "past", "chat"]);
    assert.deepEqual(texts(back), ["due"]);
  },
);

staged("[SG7] A resume evicts the socket before it, for good", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  const second = await stage.resume(bo);
  assert.equal(bo.closed, "4000 replaced");
  assert.equal(second.welcome.epoch, bo.welcome.epoch + 1);
  assert.equal(second.welcome.session, bo.welcome.session);
  assert.deepEqual(ana.all("state"), [], "nobody else notices");
  const third = await stage.resume(bo);
  assert.equal(second.closed, "4000 replaced");
  assert.equal(
    third.welcome.epoch,
    second.welcome.epoch + 1,
    "an old token still makes a new epoch",
  );
});

staged("[SG7] The end of a socket that was replaced makes nobody absent", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  bo.pair.dropClient();
  await stage.resume(bo);
  bo.pair.dropServer();
  await stage.pass(20_000);
  assert.deepEqual(ana.all("state"), []);
});

staged("[SG7] What a replaced socket still says is not heard", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  bo.stalled = true;
  const back = await stage.resume(bo);
  bo.post(JSON.stringify(chat(1, "ghost")));
  bo.pair.toServer();
  await stage.settle();
  assert.deepEqual(texts(ana), []);
  await back.say(chat(1, "real"));
  assert.deepEqual(texts(ana), ["real"]);
});

staged("[SG7] Two resumes at once: one stays", async (stage) => {
  const bo = await stage.enter("Bo");
  const resume = JSON.stringify(bo.resumption());
  const pages = [stage.connect(), stage.connect(), stage.connect()];
  for (const page of pages) page.post(resume);
  await stage.settle();
  assert.equal(pages.filter((page) => page.closed === null).length, 1);
  const open = pages.find((page) => page.closed === null)!;
  assert.equal(open.all("synced").length, 1);
  assert.equal(stage.signaling.stats().sockets, 1);
});

staged("[SG8] Hello, join, watch and more may be said back to back", async (stage) => {
  const ana = await stage.enter("Ana");
  const page = stage.connect();
  page.post(JSON.stringify({ type: "hello", v: 1 }));
  page.post(JSON.stringify({ type: "join", room: "lunch", name: "Bo", media: MEDIA }));
  page.post(JSON.stringify(chat(1, "first words")));
  page.post(JSON.stringify({ type: "ice?" }));
  page.post(JSON.stringify({ type: "leave" }));
  await stage.settle();
  assert.deepEqual(page.news(), ["welcome", "ice", "joined", "chat", "bye"]); // joined waits for its card
  assert.deepEqual(texts(ana), ["first words"]);
});

staged("[SG8] Resume and join may be said back to back", async (stage) => {
  const bo = await stage.enter("Bo");
  bo.pair.cut();
  const page = stage.connect();
  page.post(JSON.stringify(bo.resumption()));
  page.post(JSON.stringify({ type: "join", room: "lunch", name: "Bo", media: MEDIA }));
  await stage.settle();
  assert.deepEqual(page.news(), ["welcome", "synced", "joined"]);
  assert.equal(page.endpoint, bo.endpoint);
});

staged("[SG9] A session in no room is resumed too", async (stage) => {
  const page = stage.connect();
  await page.say({ type: "hello", v: 1 });
  page.pair.cut();
  const back = await stage.resume(page);
  assert.deepEqual(
    [back.welcome.session, back.welcome.room, back.welcome.resumed],
    [page.welcome.session, null, false],
  );
  await back.say({ type: "join", room: roomId("lunch"), name: "Ana", media: MEDIA });
  assert.equal(back.joined.seats.length, 1);
});

staged("[SG9] A token is good for 12 hours; each welcome brings a new one", async (stage) => {
  const page = stage.connect();
  await page.say({ type: "hello", v: 1 });
  page.pair.cut();
  stage.clock.advance(TOKEN_LIFE_MS - 1000);
  const back = await stage.resume(page);
  assert.equal(back.all("welcome").length, 1);
  assert.notEqual(back.welcome.token, page.welcome.token);
  back.pair.cut();
  stage.clock.advance(2000);
  const late = await stage.resume(page);
  assert.equal(late.last("error").code, "bad-token");
  await late.say({ type: "hello", v: 1 });
  assert.notEqual(
    late.welcome.session,
    page.welcome.session,
    "hello may follow on the same socket",
  );
});

staged(
  "[SG9] Who stays gets a new token and a new card, long before the old ones end",
  async (stage) => {
    const ana = await stage.enter("Ana");
    const first = { token: ana.welcome.token, card: ana.last("card").card };
    for (let passed = 0; passed <= TOKEN_LIFE_MS; passed += 10_000) {
      stage.clock.advance(10_000);
      await stage.settle();
    }
    assert.equal(ana.all("token").length, 2);
    await stage.restart();
    const { token } = ana.last("token");
    const back = await stage.resume(ana, { token });
    assert.deepEqual([back.endpoint, back.seat], [ana.endpoint, ana.seat]);
    const late = await stage.resume(ana, first);
    assert.equal(late.last("error").code, "bad-token");
  },
);

staged("[SG13] A session nobody holds takes no memory", async (stage) => {
  for (let i = 0; i < 10; i++) {
    const page = stage.connect();
    await page.say({ type: "hello", v: 1 });
    page.pair.cut();
  }
  const ana = await stage.enter("Ana");
  ana.pair.cut();
  await stage.settle();
  assert.deepEqual(stage.signaling.stats().sessions, 1, "a seat keeps its session");
  await stage.pass(250_000);
  assert.deepEqual(stage.signaling.stats(), {
    sockets: 0,
    sessions: 0,
    rooms: 0,
    seats: 0,
    endpoints: 0,
    pending: 0,
  });
});
