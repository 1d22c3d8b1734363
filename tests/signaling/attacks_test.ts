import assert from "node:assert/strict";
import { createTokens } from "../../lib/signaling/tokens.ts";
import { macWith, MEDIA, roomId, staged } from "./stage.ts";

const chat = (n: number, text = `${n}`) => ({ type: "chat", n, body: { kind: "plain", text } });

staged("[SE3] What is no message costs its sender an error, and nobody notices", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  ana.news();
  const frames = [
    "",
    "{",
    "null",
    "[]",
    "7",
    '"hello"',
    "{}",
    '{"type":{}}',
    '{"type":"__proto__"}',
    '{"type":"constructor"}',
    '{"type":"signal"}',
    JSON.stringify({ type: "signal", n: -1, to: ana.endpoint, conn: 1 }),
    JSON.stringify({ type: "signal", n: 1.5, to: ana.endpoint, conn: 1 }),
    JSON.stringify({ type: "signal", n: 1, to: { toString: 1 }, conn: 1 }),
    JSON.stringify({ type: "chat", n: 1, body: { kind: "plain", text: "x".repeat(4001) } }),
    JSON.stringify({ type: "ack", ack: "1" }),
  ];
  for (const frame of frames) bo.post(frame);
  await stage.settle();
  assert.equal(bo.all("error").length, frames.length);
  assert.equal(bo.closed, null);
  assert.deepEqual(ana.news(), []);
  await bo.say(chat(1));
  assert.deepEqual(ana.news(), ["chat"]);
});

staged("[SE3] Binary and oversize frames are refused", async (stage) => {
  const bo = await stage.enter("Bo");
  bo.post(new Uint8Array(10).buffer as unknown as string);
  bo.post(
    JSON.stringify({ type: "chat", n: 1, body: { kind: "plain", text: "x".repeat(70_000) } }),
  );
  bo.post(JSON.stringify({ type: "typing", on: true, pad: "é".repeat(33_000) }));
  await stage.settle();
  assert.deepEqual(bo.all("error").map(({ code }) => code), [
    "bad-message",
    "too-large",
    "too-large",
  ]);
});

staged("[SE3] A stream of what is no message ends the socket for good", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  for (let i = 0; i < 30; i++) bo.post("not JSON");
  await stage.settle();
  assert.equal(bo.closed, "4000 abuse");
  assert.ok(bo.all("error").length <= 21);
  assert.equal(ana.closed, null);
});

staged("[SE3] One bad frame a second is borne", async (stage) => {
  const bo = await stage.enter("Bo");
  for (let i = 0; i < 60; i++) {
    bo.post("not JSON");
    await stage.pass(1000);
  }
  assert.equal(bo.closed, null);
});

staged(
  "[SE4] Events over the rate close the socket; they come again, none is lost",
  async (stage) => {
    const ana = await stage.enter("Ana");
    const bo = await stage.enter("Bo");
    for (let n = 1; n <= 320; n++) {
      bo.post(JSON.stringify(chat(n)));
      if (n % 100 === 0) await stage.settle();
    }
    await stage.settle();
    assert.equal(bo.closed, "4001 rate");
    const had = ana.all("chat").length;
    assert.equal(had, 300);
    stage.clock.advance(1000);
    const back = await stage.resume(bo);
    for (let n = 290; n <= 320; n++) await back.say(chat(n));
    assert.deepEqual(
      ana.all("chat").map(({ n }) => n),
      Array.from({ length: 320 }, (_, i) => i + 1),
    );
  },
);

staged("[SE4] A new socket does not fill a session's bucket", async (stage) => {
  await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  for (let n = 1; n <= 301; n++) await bo.say(chat(n));
  const back = await stage.resume(bo);
  await back.say(chat(301));
  assert.equal(back.closed, "4001 rate");
});

staged("[SE4] State over the rate is dropped with an error; leaving is not", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  for (let i = 0; i < 70; i++) bo.post(JSON.stringify({ type: "state", hand: i % 2 === 0 }));
  await stage.settle();
  const { code, re } = bo.last("error");
  assert.deepEqual([code, re, bo.closed], ["rate", "state", null]);
  assert.ok(ana.all("state").length <= 60);
  await bo.say({ type: "leave" });
  assert.equal(ana.last("left").endpoint, bo.endpoint);
});

staged("[SE4] A flood of acknowledgements closes the socket", async (stage) => {
  const bo = await stage.enter("Bo");
  for (let i = 0; i < 700; i++) bo.post('{"type":"ack","ack":1}');
  await stage.settle();
  assert.equal(bo.closed, "4001 rate");
});

staged("[SE4] What comes while an answer is being made is bounded", async (stage) => {
  const page = stage.connect();
  page.post(JSON.stringify({ type: "hello", v: 1 }));
  for (let i = 0; i < 600; i++) page.post('{"type":"pong"}');
  page.pair.toServer();
  await stage.settle();
  assert.equal(page.closed, "4001 rate");
});

staged("[SE5] The first frame must be hello or resume, and come within 10 s", async (stage) => {
  const rude = stage.connect();
  await rude.say({ type: "join", room: roomId("lunch"), name: "Ana", media: MEDIA });
  assert.deepEqual([rude.last("error").code, rude.closed], ["no-hello", "4000 no-hello"]);
  const silent = stage.connect();
  await stage.pass(9_000);
  assert.equal(silent.closed, null);
  await stage.pass(2_000);
  assert.equal(silent.closed, "4000 no-hello");
});

staged("[SE5] Another version is told so and closed for good", async (stage) => {
  const page = stage.connect();
  await page.say({ type: "hello", v: 999 });
  assert.deepEqual([page.last("error").code, page.closed], ["version", "4000 version"]);
});

staged("[SE5] Hello is said once", async (stage) => {
  const page = await stage.enter("Ana");
  await page.say({ type: "hello", v: 1 });
  await page.say({ ...page.resumption() });
  assert.deepEqual(page.all("error").map(({ code, re }) => [code, re]), [
    ["bad-message", "hello"],
    ["bad-message", "resume"],
  ]);
  assert.equal(page.all("welcome").length, 1);
});

staged("[SE6] Forged, foreign and borrowed tokens are refused", async (stage) => {
  const ana = await stage.enter("Ana");
  await ana.say({ type: "ticket?" });
  const { token } = ana.welcome;
  const { session } = ana.welcome;
  const foreign = await createTokens(macWith("guess")).session(session, 9, stage.clock.now());
  const cut = token.slice(0, -1);
  const flipped = `${cut}${token.endsWith("A") ? "B" : "A"}`;
  const [body] = token.split(".");
  const others = [ana.last("ticket").ticket, ana.last("card").card.slice(0, 512)];
  for (
    const bad of ["", ".", "..", body, `${body}.`, cut, flipped, `${token}.x`, foreign, ...others]
  ) {
    const page = stage.connect();
    await page.say({ type: "resume", v: 1, token: bad, cursors: [], reloaded: false });
    assert.equal(page.last("error").code, "bad-token", bad);
    assert.equal(page.all("welcome").length, 0);
    page.pair.cut();
  }
  assert.equal(ana.closed, null);
});

staged("[SE6] Guessing tokens ends the socket", async (stage) => {
  const page = stage.connect();
  for (let i = 0; i < 30; i++) {
    page.post(
      JSON.stringify({ type: "resume", v: 1, token: `${i}`, cursors: [], reloaded: false }),
    );
    await stage.settle();
  }
  assert.equal(page.closed, "4000 abuse");
});

staged("[SE7] Signals reach only endpoints of the sender's room", async (stage) => {
  const ana = await stage.enter("Ana", "lunch");
  const eve = await stage.enter("Eve", "dinner");
  for (const to of [ana.endpoint, ana.seat, ana.welcome.session, "__proto__", "constructor"]) {
    const n = eve.all("error").length + 1;
    await eve.say({ type: "signal", n, to, conn: 1 });
    assert.deepEqual([eve.last("error").code, eve.last("error").n], ["gone", n]);
  }
  assert.equal(ana.all("signal").length, 0);
});

staged(
  "[SE7] `from` is stamped, and what the protocol does not know is not relayed",
  async (stage) => {
    const ana = await stage.enter("Ana");
    const bo = await stage.enter("Bo");
    const extra = {
      from: ana.endpoint,
      p: 1,
      settled: 99,
      seat: ana.seat,
      evil: 1,
      constructor: 2,
    };
    bo.post(`{"__proto__":{"polluted":1},${
      JSON.stringify({
        type: "signal",
        n: 1,
        to: ana.endpoint,
        conn: 1,
        desc: { id: "x", type: "offer", sdp: "v=0", evil: 1 },
        ...extra,
      }).slice(1)
    }`);
    await bo.say({ ...chat(2), ...extra });
    const { p: _p, ...signal } = ana.last("signal");
    assert.deepEqual(signal, {
      type: "signal",
      from: bo.endpoint,
      n: 1,
      conn: 1,
      desc: { id: "x", type: "offer", sdp: "v=0" },
    });
    const { from, seat } = ana.last("chat");
    assert.deepEqual([from, seat], [bo.endpoint, bo.seat]);
    assert.equal(ana.settled, 0);
    assert.equal(({} as { polluted?: number }).polluted, undefined);
  },
);

staged("[SE7] Rooms and people named like parts of an object are only names", async (stage) => {
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    const ana = await stage.enter(name, name);
    const bo = await stage.enter("Bo", name);
    assert.deepEqual(bo.joined.seats.map((seat) => seat.name), [name, "Bo"]);
    await bo.say(chat(1));
    assert.equal(ana.all("chat").length, 1);
  }
});

staged("[SE8] Names and text are cleaned before anybody sees them", async (stage) => {
  const ana = await stage.enter("Ana");
  await stage.enter("  B\u202eo\u0000\n  Smith ");
  assert.equal(ana.last("arrived").seat.name, "Bo Smith");
  const cy = await stage.enter("Cy");
  await cy.say(chat(1, "one\u0007\r\ntwo\u2066"));
  assert.deepEqual(ana.last("chat").body, { kind: "plain", text: "one\ntwo" });
  const nobody = await stage.enter("\u0000 \u202e");
  assert.equal(nobody.last("error").code, "bad-name");
});

staged("[SE7] Settings and state of others are out of reach", async (stage) => {
  const ana = await stage.enter("Ana", "lunch", { settings: { capacity: 2 } });
  const bo = await stage.enter("Bo");
  await bo.say({
    type: "join",
    room: roomId("lunch"),
    name: "Bo",
    media: MEDIA,
    settings: { capacity: 6 },
  });
  assert.equal(bo.joined.settings.capacity, 2);
  await bo.say({ type: "state", seat: ana.seat, name: "Bobby" });
  assert.deepEqual(ana.last("state").seat.seat, bo.seat);
});

staged(
  "[SE9] A failure inside is logged, told as internal, and costs its sender alone",
  async (stage) => {
    const ana = await stage.enter("Ana");
    stage.failing = true;
    const page = stage.connect();
    await page.say({ type: "hello", v: 1 });
    const bo = stage.connect();
    await bo.say({ type: "watch", room: roomId("lunch") });
    assert.deepEqual([page.last("error").code, page.last("error").re], ["internal", "hello"]);
    stage.failing = false;
    await page.say({ type: "hello", v: 1 });
    assert.equal(page.all("welcome").length, 1, "the socket may try again");
    assert.equal(ana.closed, null);
    assert.ok(stage.errors.splice(0).every((line) => line.startsWith("message failed")));
  },
);
