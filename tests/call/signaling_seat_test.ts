import assert from "node:assert/strict";
import { asId, type EndpointId, type RoomId } from "../../lib/protocol/ids.ts";
import {
  log,
  media,
  mine,
  only,
  other,
  request,
  room,
  seatOf,
  Stage,
  text,
} from "./signaling_stage.ts";

const { types } = Stage;

Deno.test("[CL6] a page loaded anew resumes as reloaded until it has its endpoint", () => {
  const before = new Stage().seat();
  before.say({ type: "card", card: "the-card" });
  const stage = new Stage(before.tab.copy());
  assert.equal(stage.client.returning, room);
  stage.client.join(request);
  stage.client.start();
  const [first] = only(stage.heard(), "resume");
  assert.deepEqual([first.reloaded, first.card, first.token], [true, "the-card", "token-1"]);
  assert.deepEqual(first.state, { name: "Ana", media });
  stage.cut();
  assert.equal(only(stage.heard(), "resume")[0].reloaded, true);
  stage.welcome(true);
  stage.joined(other, 5);
  assert.equal(stage.told[0].type === "snapshot" && stage.told[0].fresh, true);
  stage.cut();
  assert.equal(only(stage.heard(), "resume")[0].reloaded, false);
  before.end();
  stage.end();
});

Deno.test("[CL6] a token that is worth nothing is given up for a new session in the same room", () => {
  const stage = new Stage().seat();
  stage.cut();
  assert.deepEqual(types(stage.heard()), ["resume"]);
  stage.say({ type: "error", code: "bad-token", message: "expired", re: "resume" });
  assert.deepEqual(types(stage.heard()), ["hello"]);
  stage.welcome();
  assert.deepEqual(types(stage.heard()), ["join"]);
  stage.end();
});

Deno.test("[CL6] a new token takes the place of the old one, in the tab's memory too", () => {
  const stage = new Stage().seat();
  stage.say({ type: "token", token: "fresh" });
  stage.cut();
  assert.equal(only(stage.heard(), "resume")[0].token, "fresh");
  assert.match(stage.tab.get("tertulia.session")!, /fresh/);
  stage.end();
});

Deno.test("[CL7] a lost seat is joined anew; chat not settled goes with it, signals do not", () => {
  const stage = new Stage().seat();
  stage.client.sendChat(text("a"));
  stage.client.sendSignal(other, { conn: 1 });
  stage.client.sendChat(text("b"));
  stage.heard();
  stage.cut();
  stage.welcome(false);
  assert.deepEqual(types(stage.heard()), ["resume", "join"]);
  stage.joined(asId("endpoint-3"), 1);
  assert.deepEqual(
    only(stage.heard(), "chat").map(({ n, body, was }) => [n, body, was]),
    [[1, text("a"), [{ endpoint: mine, n: 1 }]], [2, text("b"), [{ endpoint: mine, n: 3 }]]],
  );
  const [snapshot] = stage.told;
  assert.equal(snapshot.type === "snapshot" && snapshot.fresh, true);
  stage.end();
});

Deno.test("[CL7] chat goes on by the names it had into a new session, cursor and seat do not", () => {
  const stage = new Stage().seat();
  stage.client.sendChat(text("a"));
  stage.cut();
  stage.heard();
  stage.say({ type: "error", code: "bad-token", message: "expired", re: "resume" });
  stage.welcome();
  stage.heard();
  stage.cut();
  assert.deepEqual(only(stage.heard(), "resume")[0].cursors, []);
  stage.welcome();
  stage.joined(asId("endpoint-3"), 1);
  assert.deepEqual(only(stage.heard(), "chat").map(({ n, was }) => [n, was]), [
    [1, [{ endpoint: mine, n: 1 }]],
  ]);
  stage.end();
});

Deno.test("[CL7] what is said after a refused join was numbered for nobody before", () => {
  const stage = new Stage().seat();
  stage.client.sendChat(text("a"));
  stage.cut();
  stage.welcome(false);
  stage.say({ type: "error", code: "full", message: "every seat is taken", re: "join" });
  stage.client.join(request);
  stage.client.sendChat(text("b"));
  stage.heard();
  stage.joined(asId("endpoint-3"), 1);
  assert.deepEqual(only(stage.heard(), "chat").map(({ body, was }) => [body, was]), [
    [text("b"), undefined],
  ]);
  stage.end();
});

Deno.test("[CL7] a resume that finds another page's endpoint asks for one of its own", () => {
  const stage = new Stage().seat();
  stage.client.sendChat(text("a"));
  stage.cut();
  stage.heard();
  stage.welcome(true, false);
  stage.joined(asId("endpoint-of-another-tab"), 4);
  assert.deepEqual(stage.told, []);
  const again = stage.heard();
  assert.deepEqual(types(again), ["resume"]);
  assert.equal(only(again, "resume")[0].reloaded, true);
  stage.end();
});

Deno.test("[CL7] `synced` of a room where this page's endpoint is not listed is not believed", () => {
  const stage = new Stage().seat();
  stage.cut();
  stage.heard();
  stage.welcome(true, true);
  stage.say({ type: "synced", log, seats: [seatOf(other)], locked: false });
  assert.deepEqual(stage.told, []);
  assert.equal(only(stage.heard(), "resume")[0].reloaded, true);
  stage.end();
});

Deno.test("[CL12] a refused join is told and not wanted any more", () => {
  for (const code of ["full", "locked", "bad-room", "bad-name"] as const) {
    const stage = new Stage();
    stage.client.start();
    stage.client.join(request);
    stage.heard();
    stage.welcome();
    stage.say({ type: "error", code, message: "", re: "join" });
    assert.deepEqual(stage.told, [{ type: "refused", code, re: "join" }]);
    stage.heard();
    stage.cut();
    stage.welcome();
    assert.deepEqual(types(stage.heard()), ["resume"], "it did not ask again");
    stage.end();
  }
});

Deno.test("[CL12] a join or state over the rate limit is said again a second later", () => {
  const stage = new Stage();
  stage.client.start();
  stage.client.join(request);
  stage.heard();
  stage.welcome();
  stage.heard();
  stage.say({ type: "error", code: "rate", message: "", re: "join" });
  stage.clock.advance(1000);
  assert.deepEqual(types(stage.heard()), ["join"]);
  stage.joined();
  stage.client.setState({ hand: true });
  stage.heard();
  stage.say({ type: "error", code: "rate", message: "", re: "state" });
  stage.clock.advance(1000);
  assert.deepEqual(only(stage.heard(), "state")[0].hand, true);
  stage.end();
});

Deno.test("[CL13] leaving is said at once, and what comes before `bye` is not handed on", () => {
  const stage = new Stage().seat();
  stage.client.leave();
  assert.deepEqual(types(stage.heard()), ["leave"]);
  stage.chat(5, 1);
  stage.joined(mine, 6);
  assert.deepEqual(stage.told, []);
  stage.say({ type: "bye" });
  assert.equal(stage.tab.get("tertulia.session"), null);
  assert.equal(new Stage(stage.tab).client.returning, null);
  stage.end();
});

Deno.test("[CL13] leaving while the socket is down reaches the server, what was typed before it", () => {
  const stage = new Stage().seat();
  stage.client.sendChat(text("last words"));
  stage.talk.pair.cut();
  stage.client.leave();
  while (stage.talks.length < 2) stage.clock.advance(100);
  assert.deepEqual(types(stage.heard()), ["resume"]);
  stage.welcome(true, true);
  stage.say({ type: "synced", log, seats: [seatOf(mine)], locked: false });
  assert.deepEqual(types(stage.heard()), ["chat", "leave"]);
  stage.say({ type: "bye" });
  assert.equal(stage.tab.get("tertulia.session"), null);
  assert.deepEqual(stage.told, []);
  stage.end();
});

Deno.test("[CL13] a leave that a reload cut short is said by the next page", () => {
  const before = new Stage().seat();
  before.talk.pair.cut();
  before.client.leave();
  const stage = new Stage(before.tab.copy());
  assert.equal(stage.client.returning, null);
  stage.client.start();
  assert.deepEqual(types(stage.heard()), ["resume"]);
  stage.welcome(true);
  stage.joined(other, 3);
  assert.deepEqual(types(stage.heard()), ["leave"]);
  assert.deepEqual(stage.told, []);
  before.end();
  stage.end();
});

Deno.test("[CL13] another room is joined after the old one was left", () => {
  const stage = new Stage().seat();
  const next = asId<RoomId>("next");
  stage.client.join({ ...request, room: next });
  assert.deepEqual(types(stage.heard()), ["leave"]);
  stage.say({ type: "bye" });
  const said = stage.heard();
  assert.deepEqual(types(said), ["join"]);
  assert.equal(only(said, "join")[0].room, next);
  stage.joined(asId("endpoint-9"), 1);
  assert.equal(stage.told[0].type, "snapshot");
  stage.end();
});

Deno.test("[CL13] what was typed for one room is not said where this page never sat", () => {
  const stage = new Stage().seat();
  stage.client.sendChat(text("a"));
  stage.cut();
  stage.heard();
  const elsewhere = { room: asId<RoomId>("elsewhere"), endpoint: asId<EndpointId>("endpoint-7") };
  stage.welcome(true, false, elsewhere.room);
  stage.joined(elsewhere.endpoint, 1, [seatOf(elsewhere.endpoint)]);
  assert.deepEqual(types(stage.heard()), ["leave"]);
  stage.say({ type: "bye" });
  assert.deepEqual(types(stage.heard()), ["join"]);
  stage.joined(asId("endpoint-8"), 1);
  assert.deepEqual(types(stage.heard()), ["chat"]);
  stage.end();
});

Deno.test("[CL13] a seat the server gave up is joined anew, unasked", () => {
  const stage = new Stage().seat();
  stage.say({ type: "bye" });
  assert.deepEqual(types(stage.heard()), ["join"]);
  stage.end();
});

Deno.test("[CL13] a seat in a room that is not wanted is given back", () => {
  const before = new Stage().seat();
  const stage = new Stage(before.tab.copy());
  stage.client.join({ ...request, room: asId<RoomId>("elsewhere") });
  stage.client.start();
  stage.heard();
  stage.welcome(true);
  stage.joined(other, 3);
  assert.deepEqual(types(stage.heard()), ["leave"]);
  stage.say({ type: "bye" });
  assert.deepEqual(types(stage.heard()), ["join"]);
  before.end();
  stage.end();
});
