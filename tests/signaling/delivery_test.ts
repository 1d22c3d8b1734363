import assert from "node:assert/strict";
import { ACK_AFTER_MS } from "../../lib/protocol/limits.ts";
import type { Page, Stage } from "./stage.ts";
import { staged } from "./stage.ts";

const chat = (n: number, text = `${n}`) => ({ type: "chat", n, body: { kind: "plain", text } });
const texts = (page: Page) =>
  page.all("chat").map(({ body }) => body.kind === "plain" ? body.text : "");

async function two(stage: Stage): Promise<[Page, Page]> {
  return [await stage.enter("Ana"), await stage.enter("Bo")];
}

staged("[SG1] An event said again is relayed once, in order", async (stage) => {
  const [ana, bo] = await two(stage);
  for (const n of [1, 2, 3, 2, 1, 3, 4]) ana.post(JSON.stringify(chat(n)));
  await stage.settle();
  assert.deepEqual(texts(bo), ["1", "2", "3", "4"]);
  assert.deepEqual(bo.all("chat").map(({ n }) => n), [1, 2, 3, 4]);
  const positions = bo.all("chat").map(({ p }) => p);
  assert.deepEqual(positions, positions.toSorted((a, b) => a - b));
  assert.deepEqual([bo.last("chat").from, bo.last("chat").seat], [ana.endpoint, ana.seat]);
});

staged("[SG1] Descriptions and candidates are relayed byte for byte", async (stage) => {
  const [ana, bo] = await two(stage);
  const body = {
    conn: 3,
    desc: { id: "d1", type: "offer", sdp: "v=0\r\no=- é😀 \u0000\t end\r\n", re: "d0" },
    candidate: { candidate: "", sdpMid: null, sdpMLineIndex: 0, usernameFragment: "uf" },
    tracks: [{ mid: "0", kind: "microphone" }],
    proof: "p".repeat(128),
    restart: true,
  };
  await ana.say({ type: "signal", n: 1, to: bo.endpoint, ...body });
  const { type: _type, p: _p, from, n, ...had } = bo.last("signal");
  assert.deepEqual([had, from, n], [body, ana.endpoint, 1]);
});

staged("[SG1] A candidate written as pages write it is passed on unread", async (stage) => {
  const [ana, bo] = await two(stage);
  const candidate = { candidate: "a=/+ b", sdpMid: "0", sdpMLineIndex: 0, usernameFragment: "uf" };
  await ana.say({ type: "signal", to: bo.endpoint, conn: 1, candidate, n: 1 });
  const { p } = bo.last("signal");
  assert.deepEqual(bo.last("signal"), {
    type: "signal",
    p,
    from: ana.endpoint,
    n: 1,
    conn: 1,
    candidate,
  });
});

staged(
  "[SG2] Settled is told once everybody has acknowledged, alone after 250 ms",
  async (stage) => {
    const [ana, bo] = await two(stage);
    const cy = await stage.enter("Cy");
    cy.acks = false;
    await ana.say(chat(1));
    await stage.pass(ACK_AFTER_MS);
    assert.equal(ana.settled, 0);
    await cy.say({ type: "ack", ack: cy.last("chat").p });
    await stage.pass(ACK_AFTER_MS - 1);
    assert.equal(ana.settled, 0);
    await stage.pass(1);
    assert.equal(ana.settled, 1);
    assert.equal(ana.last("ack").settled, 1);
    assert.equal(bo.settled, 0);
  },
);

staged("[SG2] Who has something to tell later than another is not told with it", async (stage) => {
  const [ana, bo] = await two(stage);
  await ana.say(chat(1)); // acknowledged at once
  await stage.pass(150);
  await bo.say({ type: "state", hand: true });
  ana.acks = false;
  await bo.say(chat(1));
  await ana.say({ type: "ack", ack: ana.last("chat").p });
  await stage.pass(100);
  assert.deepEqual([ana.settled, bo.settled], [1, 0]);
  assert.equal(bo.all("ack").length, 0);
  await stage.pass(150);
  assert.equal(bo.last("ack").settled, 1);
});

staged("[SG2] Settled rides on what is sent anyway", async (stage) => {
  const [ana, bo] = await two(stage);
  await ana.say(chat(1));
  await bo.say(chat(1));
  assert.equal(ana.last("chat").settled, 1);
  await stage.pass(1000);
  assert.equal(ana.all("ack").length, 0);
});

staged("[SG2] Acknowledgements are cumulative and ride on any message", async (stage) => {
  const [ana, bo] = await two(stage);
  bo.acks = false;
  for (const n of [1, 2, 3]) await ana.say(chat(n));
  await bo.say({ type: "state", hand: true, ack: bo.all("chat")[1].p });
  await stage.pass(300);
  assert.equal(ana.settled, 2);
});

staged("[SG2] An event settles when those it was due to have left", async (stage) => {
  const [ana, bo] = await two(stage);
  bo.acks = false;
  await ana.say(chat(1));
  await bo.say({ type: "leave" });
  await stage.pass(300);
  assert.equal(ana.settled, 1);
});

staged("[SG2] Settled never passes an earlier event that is pending", async (stage) => {
  const [ana, bo] = await two(stage);
  const cy = await stage.enter("Cy");
  bo.acks = false;
  await ana.say({ type: "signal", n: 1, to: bo.endpoint, conn: 1 });
  await ana.say({ type: "signal", n: 2, to: cy.endpoint, conn: 1 });
  await stage.pass(300);
  assert.equal(ana.settled, 0);
  await bo.say({ type: "ack", ack: bo.last("signal").p });
  await stage.pass(300);
  assert.equal(ana.settled, 2);
});

staged("[SG2] Who says a settled event again is told that it is", async (stage) => {
  const [ana, bo] = await two(stage);
  await ana.say(chat(1));
  await stage.pass(300);
  const again = await stage.resume(ana);
  await again.say(chat(1));
  await stage.pass(300);
  assert.equal(again.settled, 1);
  assert.deepEqual(texts(bo), ["1"]);
});

staged("[SG2] An acknowledgement of what was not sent yet counts for nothing", async (stage) => {
  const [ana, bo] = await two(stage);
  bo.acks = false;
  await bo.say({ type: "ack", ack: 1_000_000 });
  await ana.say(chat(1));
  await stage.pass(300);
  assert.equal(ana.settled, 0);
});

staged("[SG3] What an absent one holds back is given up, and it gets a snapshot", async (stage) => {
  const [ana, bo] = await two(stage);
  const cy = await stage.enter("Cy");
  bo.pair.cut();
  await cy.say(chat(1, "from Cy"));
  for (let n = 1; n <= 193; n++) await ana.say(chat(n));
  assert.equal(ana.closed, null);
  await stage.pass(300);
  assert.equal(ana.settled, 193);
  const back = await stage.resume(bo);
  assert.deepEqual(back.news(), ["welcome", "joined", "past", "past", "chat"]);
  assert.equal(back.endpoint, bo.endpoint);
  assert.deepEqual(texts(back), ["from Cy"], "only the flood was given up");
  assert.ok(back.joined.p < back.last("chat").p);
});

staged("[SG3] Bytes count as well as messages", async (stage) => {
  const [ana, bo] = await two(stage);
  bo.pair.cut();
  const sdp = "x".repeat(40 * 1024);
  const desc = { id: "d", type: "offer", sdp };
  for (let n = 1; n <= 5; n++) {
    await ana.say({ type: "signal", n, to: bo.endpoint, conn: 1, desc });
  }
  await stage.pass(300);
  assert.equal(ana.settled, 5);
});

staged("[SG3] A burst to healthy pages closes nobody, however late they answer", async (stage) => {
  const [ana, bo] = await two(stage);
  bo.stalled = true;
  for (let n = 1; n <= 256; n++) await ana.say(chat(n));
  stage.clock.advance(2_000);
  bo.stalled = false;
  await stage.settle();
  await stage.pass(2_000);
  assert.deepEqual([ana.closed, bo.closed, ana.settled], [null, null, 256]);
});

staged("[SG3] Who says more than it may before others had it is closed itself", async (stage) => {
  const [ana, bo] = await two(stage);
  bo.acks = false;
  for (let n = 1; n <= 257; n++) await ana.say(chat(n));
  assert.deepEqual([ana.closed, bo.closed], ["4001 rate", null]);
  assert.equal(texts(bo).length, 256);
});

staged("[SG3] A present one that never acknowledges is closed as slow", async (stage) => {
  const [ana, bo] = await two(stage);
  const cy = await stage.enter("Cy");
  bo.acks = false;
  for (let n = 1; n <= 193; n++) {
    await ana.say(chat(n));
    if (n % 50 === 0) await stage.pass(1000);
  }
  await stage.pass(4_000);
  assert.equal(bo.closed, "4001 slow");
  assert.equal(cy.closed, null);
  assert.equal(texts(cy).length, 193);
  const back = await stage.resume(bo);
  assert.deepEqual(back.welcome.resumed, false);
});

staged("[SG3] What those who left have pending is bounded too", async (stage) => {
  const [ana, bo] = await two(stage);
  bo.pair.cut();
  for (let round = 0; round < 3; round++) {
    const guest = await stage.enter(`guest ${round}`);
    for (let n = 1; n <= 150; n++) await guest.say(chat(n));
    await guest.say({ type: "leave" });
  }
  assert.ok(stage.signaling.stats().pending <= 192);
  assert.equal(texts(ana).length, 450);
  const back = await stage.resume(bo);
  assert.equal(back.welcome.resumed, false);
  assert.equal(texts(back).at(-1), "150");
});

staged("[SG4] An event for somebody who is not there is refused and settled", async (stage) => {
  const [ana, bo] = await two(stage);
  await bo.say({ type: "leave" });
  await ana.say({ type: "signal", n: 1, to: bo.endpoint, conn: 1 });
  const { code, re, n } = ana.last("error");
  assert.deepEqual([code, re, n], ["gone", "signal", 1]);
  await stage.pass(300);
  assert.equal(ana.settled, 1);
});

staged("[SG4] A signal to oneself is refused", async (stage) => {
  const ana = await stage.enter("Ana");
  await ana.say({ type: "signal", n: 1, to: ana.endpoint, conn: 1 });
  assert.equal(ana.last("error").code, "bad-message");
  assert.equal(ana.all("signal").length, 0);
});

staged(
  "[CL7] Chat of a seat that is not known to be lost yet is relayed by its names",
  async (stage) => {
    const ana = await stage.enter("Ana");
    const bo = await stage.enter("Bo");
    const before = ana.endpoint; // her token was worth nothing, her old socket is half-open
    const ana2 = await stage.enter("Ana");
    const body = { kind: "plain", text: "hello" } as const;
    await ana2.say({ type: "chat", n: 1, body, was: [{ endpoint: before, n: 3 }] });
    assert.deepEqual(bo.last("chat").was, [{ endpoint: before, n: 3 }]);
  },
);

staged("[SG1] Typing is told to the others, and never later", async (stage) => {
  const [ana, bo] = await two(stage);
  await bo.say({ type: "typing", on: true });
  assert.deepEqual([ana.last("typing").seat, ana.last("typing").on], [bo.seat, true]);
  assert.equal(bo.all("typing").length, 0);
  ana.stalled = true;
  await bo.say(chat(1));
  await bo.say({ type: "typing", on: false });
  ana.stalled = false;
  await stage.settle();
  assert.equal(ana.all("typing").length, 1);
});
