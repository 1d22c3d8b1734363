import assert from "node:assert/strict";
import { asId } from "../../lib/protocol/ids.ts";
import { log, media, mine, only, request, room, seatOf, Stage, text } from "./signaling_stage.ts";

const { types } = Stage;

Deno.test("[CL5] nothing is opened before start, and start twice opens one socket", () => {
  const stage = new Stage();
  assert.equal(stage.talks.length, 0);
  assert.deepEqual(stage.client.status.value, { is: "idle" });
  stage.client.start();
  stage.client.start();
  assert.deepEqual(types(stage.heard()), ["hello"]);
  assert.equal(stage.talks.length, 1);
  assert.equal(stage.client.status.value.is, "connecting");
  stage.welcome();
  assert.equal(stage.client.status.value.is, "open");
  stage.end();
});

Deno.test("[CL5] a join asked for early is said as soon as the session stands", () => {
  const stage = new Stage();
  stage.client.start();
  stage.client.join(request);
  assert.deepEqual(types(stage.heard()), ["hello"]);
  stage.welcome();
  assert.deepEqual(stage.heard(), [{ type: "join", ...request }]);
  stage.joined(mine, 7);
  assert.deepEqual(stage.told, [{
    type: "snapshot",
    self: { seat: seatOf(mine).seat, endpoint: mine },
    fresh: true,
    seats: [seatOf(mine)],
    capacity: 6,
    locked: false,
    log,
    ice: [],
  }]);
  stage.end();
});

Deno.test("[CL4] after a loss it resumes with token, cursor, card and state, not as reloaded", () => {
  const stage = new Stage().seat();
  stage.say({ type: "card", card: "the-card" });
  stage.chat(9, 1);
  stage.client.setState({ hand: true });
  stage.cut();
  assert.deepEqual(stage.heard(), [{
    type: "resume",
    v: 1,
    token: "token-1",
    cursors: [{ log, p: 9 }],
    card: "the-card",
    reloaded: false,
    state: { name: "Ana", media, hand: true },
  }]);
  stage.end();
});

Deno.test("[CL1] unsettled events go again after a resume, in order, before new ones", () => {
  const stage = new Stage().seat();
  for (const word of ["a", "b", "c"]) stage.client.sendChat(text(word));
  assert.deepEqual(only(stage.heard(), "chat").map((each) => each.n), [1, 2, 3]);
  stage.say({ type: "ack", settled: 1 });
  stage.cut();
  stage.client.sendChat(text("d"));
  assert.deepEqual(types(stage.heard()), ["resume"]);
  stage.welcome(true, true);
  assert.deepEqual(types(stage.heard()), []);
  stage.say({ type: "synced", log, seats: [seatOf(mine)], locked: false });
  stage.client.sendChat(text("e"));
  assert.deepEqual(only(stage.heard(), "chat").map((each) => each.n), [2, 3, 4, 5]);
  assert.equal(stage.client.unsettled, 4);
  stage.say({ type: "ack", settled: 5 });
  assert.equal(stage.client.unsettled, 0);
  stage.end();
});

Deno.test("[CL2] what comes again is handed on once", () => {
  const stage = new Stage().seat();
  stage.chat(3, 1);
  stage.chat(3, 1);
  stage.cut();
  stage.welcome(true, false);
  stage.joined(mine, 2);
  stage.chat(3, 1);
  stage.chat(5, 1);
  stage.chat(6, 2);
  assert.deepEqual(
    stage.told.flatMap((each) => each.type === "chat" ? [each.n] : []),
    [1, 2],
  );
  stage.end();
});

Deno.test("[CL3] an acknowledgement waits 250 ms for a frame to ride on", () => {
  const stage = new Stage().seat();
  stage.chat(3, 1);
  stage.clock.advance(249);
  assert.deepEqual(stage.heard(), []);
  stage.clock.advance(1);
  assert.deepEqual(stage.heard(), [{ type: "ack", ack: 3 }]);
  stage.chat(4, 2);
  stage.say({ type: "ping" });
  assert.deepEqual(stage.heard(), [{ type: "pong", ack: 4 }]);
  stage.clock.advance(1000);
  assert.deepEqual(stage.heard(), []);
  stage.end();
});

Deno.test("[CL3] sixteen events are acknowledged at once", () => {
  const stage = new Stage().seat();
  for (let n = 1; n <= 17; n++) stage.chat(10 + n, n);
  assert.deepEqual(stage.heard(), [{ type: "ack", ack: 26 }]);
  stage.end();
});

Deno.test("[CL3] nothing is acknowledged on a new socket before the log is known again", () => {
  const stage = new Stage().seat();
  stage.chat(90, 1);
  stage.cut();
  stage.welcome(true, false);
  stage.say({ type: "ping" });
  for (const frame of stage.heard()) assert.equal(frame.ack, undefined);
  stage.end();
});

Deno.test("[CL8] a ping is answered in its own turn", () => {
  const stage = new Stage().seat();
  stage.say({ type: "ping" });
  stage.talk.pair.toServer();
  assert.deepEqual(types(stage.talk.heard), ["pong"]);
  stage.end();
});

Deno.test("[CL8] a socket silent for 15 s is given up for another at once", () => {
  const stage = new Stage().seat();
  stage.clock.advance(14_999);
  assert.equal(stage.talks.length, 1);
  stage.clock.advance(1);
  assert.deepEqual([stage.talks.length, stage.client.status.value.is], [2, "connecting"]);
  assert.deepEqual(types(stage.heard()), ["resume"]);
  stage.end();
});

Deno.test("[CL8] a dead socket is found whoever sets the page's clock back", () => {
  const stage = new Stage().seat();
  stage.clock.advance(3_000);
  stage.clock.jump(-3_600_000);
  stage.clock.advance(30_000);
  assert.equal(stage.talks.length, 2);
  stage.end();
});

Deno.test("[CL8] while the server cannot be reached the waits grow, and an event tries at once", () => {
  for (const what of ["online", "visible", "show"] as const) {
    const stage = new Stage().seat();
    stage.unreachable = true;
    stage.talk.pair.cut();
    stage.clock.advance(20_000);
    stage.unreachable = false;
    stage.page.happen(what);
    assert.deepEqual(types(stage.heard()), ["resume"], what);
    stage.end();
  }
});

Deno.test("[CL8] once the page or its network changed, silence is suspect sooner", () => {
  const stage = new Stage().seat();
  stage.page.happen("network");
  stage.clock.advance(7_500);
  assert.equal(stage.talks.length, 2);
  stage.end();
});

Deno.test("[CL8] a question without an answer is the end of a socket after 1 s", () => {
  const stage = new Stage().seat();
  stage.client.askIce();
  assert.deepEqual(types(stage.heard()), ["ice?"]);
  stage.clock.advance(900);
  stage.say({ type: "ping" });
  stage.clock.advance(5_000);
  assert.equal(stage.talks.length, 1, "anything heard is an answer");
  stage.client.askIce();
  stage.clock.advance(600);
  stage.client.askIce();
  stage.clock.advance(400);
  assert.equal(stage.talks.length, 2, "counted from the first question");
  assert.deepEqual(types(stage.heard()), ["resume"]);
  stage.end();
});

Deno.test("[CL8] a socket that does not open within 5 s gives way to another attempt", () => {
  const stage = new Stage().seat();
  stage.swallows = true;
  stage.talk.pair.cut();
  stage.clock.advance(500);
  const dialed = stage.swallowed;
  stage.clock.advance(15_000);
  assert.equal(stage.swallowed, dialed + 3);
  stage.swallows = false;
  stage.clock.advance(5_000);
  assert.deepEqual(types(stage.heard()), ["resume"]);
  stage.end();
});

Deno.test("[CL9] after `draining` it comes back within two seconds, not at once", () => {
  const stage = new Stage().seat();
  stage.say({ type: "draining" });
  stage.talk.pair.server.close(4001, "draining");
  stage.talk.pair.toClient();
  stage.clock.advance(0);
  assert.equal(stage.talks.length, 1);
  stage.clock.advance(2_000);
  assert.equal(stage.talks.length, 2);
  stage.end();
});

Deno.test("[CL11] a fatal close ends it, and start takes the session back as a new endpoint", () => {
  const stage = new Stage().seat();
  stage.talk.pair.server.close(4000, "replaced");
  stage.talk.pair.toClient();
  assert.deepEqual(stage.client.status.value, { is: "closed", why: "replaced" });
  stage.clock.advance(60_000);
  assert.equal(stage.talks.length, 1);
  stage.client.start();
  const [resume] = only(stage.heard(), "resume");
  assert.deepEqual([resume.reloaded, resume.cursors], [true, []]);
  stage.end();
});

Deno.test("[CL11] a server of another version ends it", () => {
  const stage = new Stage();
  stage.client.start();
  const version = { type: "welcome" as const, v: 2, boot: asId("b"), session: asId("s"), epoch: 1 };
  stage.say({ ...version, token: "t", resumed: false, room: null } as never);
  assert.deepEqual(stage.client.status.value, { is: "closed", why: "version" });
  stage.end();
});

Deno.test("[CL14] `away` is said on pagehide and taken back by a resume on pageshow", () => {
  const stage = new Stage().seat();
  stage.page.happen("hide");
  assert.deepEqual(types(stage.heard()), ["away"]);
  stage.page.happen("show");
  assert.deepEqual(types(stage.heard()), ["resume"]);
  stage.end();
});

Deno.test("[CL14] `away` is said from the welcome on, and never before it", () => {
  const stage = new Stage().seat();
  stage.cut();
  stage.page.happen("hide");
  assert.deepEqual(types(stage.heard()), ["resume"]);
  stage.welcome(true, true);
  stage.page.happen("hide");
  assert.deepEqual(types(stage.heard()), ["away"]);
  stage.end();
});

Deno.test("[CL15] malformed and unknown frames are logged and change nothing", () => {
  const stage = new Stage().seat();
  for (const frame of ["", "{", "[]", '{"type":"nonsense"}', '{"type":"chat","p":-1}']) {
    stage.talk.pair.server.send(frame);
  }
  stage.chat(3, 1);
  assert.deepEqual(types(stage.told), ["chat"]);
  assert.equal(stage.logged.filter((line) => line.startsWith("server frame ignored")).length, 5);
  stage.end();
});

Deno.test("[CL10] too much unsettled is refused out loud, and outside of rooms everything is", () => {
  const stage = new Stage().seat();
  for (let i = 0; i < 257; i++) stage.client.sendChat(text("x"));
  assert.deepEqual(stage.told, [{ type: "refused", code: "rate", re: "chat" }]);
  stage.client.leave();
  stage.client.sendChat(text("y"));
  assert.deepEqual(stage.told[1], { type: "refused", code: "not-in-room", re: "chat" });
  stage.end();
});

Deno.test("[CL16] state is said at once when inside, and only what the server does not have", () => {
  const stage = new Stage().seat();
  stage.client.setState({ media: { ...media, microphone: false } });
  const [state] = only(stage.heard(), "state");
  assert.equal(state.media?.microphone, false);
  stage.talk.pair.cut();
  stage.client.setState({ hand: true });
  const [resume] = only(stage.heard(), "resume");
  assert.deepEqual(resume.state, {
    name: "Ana",
    media: { ...media, microphone: false },
    hand: true,
  });
  stage.welcome(true, true);
  stage.say({ type: "synced", log, seats: [seatOf(mine)], locked: false });
  assert.deepEqual(stage.heard(), []);
  stage.cut();
  stage.heard();
  stage.client.setState({ hand: false });
  stage.welcome(true, true);
  stage.say({ type: "synced", log, seats: [seatOf(mine)], locked: false });
  assert.deepEqual(only(stage.heard(), "state").map((each) => each.hand), [false]);
  stage.end();
});

Deno.test("[CL17] watching is said while outside, again after a loss, and ends with a join", () => {
  const stage = new Stage();
  stage.client.watch(room);
  stage.client.start();
  stage.heard();
  stage.welcome();
  assert.deepEqual(types(stage.heard()), ["watch"]);
  stage.say({ type: "inside", room, count: 1, capacity: 6, names: ["Eva"] });
  assert.deepEqual(types(stage.told), ["inside"]);
  stage.cut();
  stage.welcome();
  assert.deepEqual(types(stage.heard()), ["resume", "watch"]);
  stage.client.watch(null);
  stage.client.watch(room);
  stage.client.join(request);
  assert.deepEqual(types(stage.heard()), ["unwatch", "watch", "join"]);
  stage.end();
});

Deno.test("[CL16] typing goes only when nothing is queued", () => {
  const stage = new Stage().seat();
  stage.client.sendTyping(true);
  stage.client.sendTyping(false);
  assert.deepEqual(types(stage.heard()), ["typing"]);
  stage.end();
});
