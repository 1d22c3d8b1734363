import assert from "node:assert/strict";
import { CALLS_PER_MINUTE, ENDING_KEPT_MS, RING_MS } from "../../lib/protocol/names_limits.ts";
import { callId, MINUTE, roomOf, SECOND, Village } from "./people_stage.ts";

Deno.test("[CA20] A call rings in every tab of who is called, those that come later too", () => {
  const village = new Village().anaAndBen();
  village.register("b2", "Ben", "key-b");
  village.call("a1", "ben", "c1");
  assert.deepEqual(village.hears("a1"), [{ type: "ringing", call: "c1" }]);
  const ring = { type: "ring", call: "c1", from: "Ana", kind: "talk", key: "of a1" };
  assert.deepEqual(village.hears("b1"), [ring]);
  assert.deepEqual(village.hears("b2"), [ring]);
  village.register("b3", "Ben", "key-b");
  assert.deepEqual(village.hears("b3"), [ring]);
});

Deno.test("[CA21] Accepted: both are told of one room and each other's key, other tabs stop", () => {
  const village = new Village().anaAndBen();
  village.register("b2", "Ben", "key-b");
  village.call("a1", "Ben", "c1");
  for (const tab of ["a1", "b1", "b2"]) village.hears(tab);
  village.accept("b2", "c1", false);
  const both = { type: "accepted", call: "c1", as: "c1", kind: "talk", room: roomOf("c1") };
  assert.deepEqual(village.hears("a1"), [
    { ...both, role: "caller", with: "Ben", key: "of b2", camera: false },
  ]);
  assert.deepEqual(village.hears("b2"), [
    { ...both, role: "callee", with: "Ana", key: "of a1", camera: true },
  ]);
  assert.deepEqual(village.news("b1"), ["ended accepted"]);
  village.accept("b1", "c1");
  assert.deepEqual(village.news("b1"), ["names-error call-over", "ended accepted"]);
  village.accept("b2", "c1"); // the answer was lost: told again
  assert.deepEqual(village.news("b2"), ["accepted"]);
  assert.deepEqual(village.news("a1"), []);
});

Deno.test("[CA20] Declined, cancelled, unanswered, gone: one ending each, told to all", () => {
  const endings: [string, (village: Village) => void][] = [
    ["declined", (village) => village.say("decline", "b2", "c1")],
    ["cancelled", (village) => village.say("cancel", "a1", "c1")],
    ["unanswered", (village) => village.pass(RING_MS)],
    ["caller-gone", (village) => {
      village.detach("a1");
      village.pass(15 * SECOND);
    }],
    ["callee-gone", (village) => {
      village.detach("b1", 5 * SECOND);
      village.detach("b2");
      village.pass(15 * SECOND);
    }],
  ];
  for (const [why, happens] of endings) {
    const village = new Village().anaAndBen();
    village.register("b2", "Ben", "key-b");
    village.call("a1", "Ben", "c1");
    for (const tab of ["a1", "b1", "b2"]) village.hears(tab);
    happens(village);
    const isGone = (tab: string) => why === "callee-gone" && tab !== "a1";
    for (const tab of ["a1", "b1", "b2"]) {
      assert.deepEqual(village.news(tab), isGone(tab) ? [] : [`ended ${why}`], `${why} ${tab}`);
    }
    assert.equal(village.state.calls.size, 0);
    village.pass(MINUTE);
    for (const tab of ["a1", "b1", "b2"]) assert.deepEqual(village.news(tab), []);
    // Whatever comes late changes nothing.
    village.register("b1", "Ben", "key-b");
    village.register("a1", "Ana", "key-a");
    village.accept("b1", "c1");
    assert.deepEqual(village.news("b1"), ["names-error call-over", `ended ${why}`]);
    assert.deepEqual(village.news("a1"), []);
  }
});

Deno.test("[CA20] A tab that goes ends only what was placed from it or rang nowhere else", () => {
  const village = new Village().anaAndBen();
  village.register("a2", "Ana", "key-a");
  village.register("b2", "Ben", "key-b");
  village.call("a1", "Ben", "c1");
  village.detach("b1", 0);
  village.detach("a2", 0);
  village.pass(SECOND);
  assert.equal(village.state.calls.size, 1);
  village.detach("a1", 0);
  village.pass(SECOND);
  assert.equal(village.state.endings.get(callId("c1"))?.why, "caller-gone");
});

Deno.test("[CA22] Who is in a call, rings or is not to be disturbed is busy, and learns who called", () => {
  const busy: ((village: Village) => void)[] = [
    (village) => village.seat("b1", roomOf("another")),
    (village) => {
      village.register("c1", "Cleo", "key-c");
      village.call("c1", "Ben", "other");
    },
    (village) => village.run({ ...village.by("b1"), do: "reach", listed: true, dnd: true }),
  ];
  for (const makeBusy of busy) {
    const village = new Village().anaAndBen();
    makeBusy(village);
    village.hears("b1");
    village.call("a1", "Ben", "c1", "watch");
    assert.deepEqual(village.news("a1"), ["ended busy"]);
    assert.deepEqual(village.hears("b1"), [
      { type: "missed", call: "c1", from: "Ana", kind: "watch" },
    ]);
    assert.equal(village.state.endings.get(callId("c1"))?.why, "busy");
  }
});

Deno.test("[CA23] Two who call each other are connected, by the call that was first", () => {
  const village = new Village().anaAndBen();
  village.call("a1", "Ben", "c1");
  village.call("b1", "Ana", "c2");
  const both = { type: "accepted", as: "c1", kind: "talk", room: roomOf("c1"), camera: true };
  assert.deepEqual(village.hears("a1"), [
    { type: "ringing", call: "c1" },
    { ...both, call: "c1", role: "caller", with: "Ben", key: "of b1" },
  ]);
  assert.deepEqual(village.hears("b1").slice(1), [
    { ...both, call: "c2", role: "callee", with: "Ana", key: "of a1" },
  ]);
  village.ask("b1", "c2");
  assert.equal(village.single("b1", "accepted").as, "c1");
  village.say("hangup", "b1", "c1");
  assert.deepEqual(village.news("a1"), ["hungup"]);
  village.ask("b1", "c2");
  assert.deepEqual(village.news("b1"), ["ended accepted"]);
});

Deno.test("[CA23] Who only wants to see does not meet who wants to talk", () => {
  const village = new Village().anaAndBen();
  village.call("a1", "Ben", "c1", "watch");
  village.hears("b1");
  village.call("b1", "Ana", "c2");
  assert.deepEqual(village.news("b1"), ["names-error in-call"]);
});

Deno.test("[CA24] Hanging up, leaving the room and going end a talk for both", () => {
  const ends: ((village: Village) => void)[] = [
    (village) => village.say("hangup", "a1", "c1"),
    (village) => village.seat("a1", null),
  ];
  for (const end of ends) {
    const village = new Village().anaAndBen();
    village.call("a1", "Ben", "c1");
    village.accept("b1", "c1");
    village.seat("a1", roomOf("c1"));
    village.seat("b1", roomOf("c1"));
    village.hears("b1");
    end(village);
    assert.deepEqual(village.news("b1"), ["hungup"]);
    assert.equal(village.state.calls.size, 0);
    village.seat("b1", null);
    assert.deepEqual(village.news("b1"), []);
  }
});

Deno.test("[CA24] Going to a talk from another room ends nothing, a lost socket in it neither", () => {
  const village = new Village().anaAndBen();
  village.call("a1", "Ben", "c1");
  village.seat("b1", roomOf("before"));
  village.accept("b1", "c1");
  village.seat("b1", null);
  village.seat("b1", roomOf("c1"));
  village.seat("a1", roomOf("c1"));
  village.detach("b1");
  village.pass(MINUTE);
  assert.equal(village.state.calls.size, 1);
});

Deno.test("[CA24] Who accepted and never came has left once their tab is gone", () => {
  const village = new Village().anaAndBen();
  village.call("a1", "Ben", "c1");
  village.accept("b1", "c1");
  village.seat("a1", roomOf("c1"));
  village.hears("a1");
  village.detach("b1");
  village.pass(14 * SECOND);
  assert.deepEqual(village.news("a1"), []);
  village.pass(SECOND);
  assert.deepEqual(village.news("a1"), ["hungup"]);
});

Deno.test("[CA25] Who comes back is told how their calls stand, and a reloaded tab takes them up", () => {
  const village = new Village().anaAndBen();
  village.call("a1", "Ben", "c1");
  village.hears("b1");
  village.detach("a1");
  village.register("a2", "Ana", "key-a"); // the page, loaded anew: another session
  village.ask("a2", "c1", { key: "of a1" });
  assert.deepEqual(village.hears("a2"), [{ type: "ringing", call: "c1" }]);
  village.pass(16 * SECOND);
  assert.equal(village.state.calls.size, 1, "the old tab has gone, and the call is another's");
  village.detach("b1");
  village.register("b2", "Ben", "key-b");
  assert.deepEqual(village.news("b2"), ["ring"]);
  village.accept("b2", "c1");
  village.hears("b2");
  village.hears("a2");
  village.ask("a2", "c1");
  assert.equal(village.single("a2", "accepted").role, "caller");
  village.detach("b2");
  village.register("b3", "Ben", "key-b");
  village.ask("b3", "c1");
  assert.deepEqual(village.news("b3"), ["ended accepted"], "another tab");
  village.ask("b3", "c1", { key: "of b2" });
  assert.equal(village.single("b3", "accepted").role, "callee");
});

Deno.test("[CA25] A call said again is answered by how it stands", () => {
  const village = new Village().anaAndBen();
  village.call("a1", "Ben", "c1");
  village.hears("a1");
  village.hears("b1");
  village.call("a1", "Ben", "c1");
  assert.deepEqual(village.news("a1"), ["ringing"]);
  assert.deepEqual(village.news("b1"), [], "it does not ring twice");
  village.say("decline", "b1", "c1");
  village.hears("a1");
  village.call("a1", "Ben", "c1");
  assert.deepEqual(village.news("a1"), ["ended declined"]);
});

Deno.test("[CA26] A call nobody knows any more was interrupted, once those who may know had time", () => {
  const village = new Village().anaAndBen();
  const recoveringUntil = village.at + 15 * SECOND;
  village.ask("a1", "old", { recoveringUntil });
  assert.deepEqual(village.news("a1"), []);
  village.pass(16 * SECOND);
  assert.deepEqual(village.news("a1"), ["ended interrupted"]);
  village.ask("b1", "old", { recoveringUntil, known: "declined" });
  assert.deepEqual(village.news("b1"), ["ended interrupted"], "one ending, for both");
  village.ask("a1", "older", { recoveringUntil: village.at + 15 * SECOND });
  village.ask("b1", "older", { recoveringUntil: village.at + 15 * SECOND, known: "declined" });
  assert.deepEqual(village.news("a1"), ["ended declined"]);
  assert.deepEqual(village.news("b1"), ["ended declined"]);
});

Deno.test("[CA26] Endings are told for ten minutes, and only to the two", () => {
  const village = new Village().anaAndBen();
  village.register("c1", "Cleo", "key-c");
  village.call("a1", "Ben", "c1");
  village.say("decline", "b1", "c1");
  village.hears("a1");
  village.ask("c1", "c1");
  assert.deepEqual(village.news("c1"), ["names-error no-call"]);
  village.pass(ENDING_KEPT_MS - SECOND);
  village.ask("a1", "c1");
  assert.deepEqual(village.news("a1"), ["ended declined"]);
  village.pass(2 * SECOND);
  assert.equal(village.state.endings.size, 0);
});

Deno.test("[CA27] What makes no sense is an error to its sender, and nothing to anybody else", () => {
  const village = new Village().anaAndBen();
  village.register("c1", "Cleo", "key-c");
  village.call("a1", "Ben", "ringing");
  for (const tab of ["a1", "b1", "c1"]) village.hears(tab);
  const wrong: [string, string, () => void][] = [
    ["a1", "own-name", () => village.call("a1", "ANA", "c1")],
    ["c1", "not-there", () => village.call("c1", "Nobody", "c1")],
    ["c1", "not-there", () => village.call("c1", "", "c1")],
    ["x1", "no-name", () => village.call("x1", "Ben", "c1")],
    ["a1", "in-call", () => village.call("a1", "Cleo", "c1")],
    ["c1", "bad-call", () => village.call("c1", "Ben", "ringing")],
    ["b1", "no-call", () => village.accept("b1", "forged")],
    ["c1", "not-called", () => village.accept("c1", "ringing")],
    ["a1", "not-called", () => village.accept("a1", "ringing")],
    ["c1", "not-called", () => village.say("decline", "c1", "ringing")],
    ["a1", "not-called", () => village.say("decline", "a1", "ringing")],
    ["b1", "not-called", () => village.say("cancel", "b1", "ringing")],
    ["b1", "not-called", () => village.say("hangup", "b1", "ringing")],
    ["x1", "no-name", () => village.ask("x1", "ringing")],
    ["c1", "no-call", () => village.ask("c1", "ringing")],
  ];
  for (const [who, code, happens] of wrong) {
    happens();
    assert.deepEqual(village.news(who), [`names-error ${code}`]);
    for (const tab of ["a1", "b1", "c1"]) assert.deepEqual(village.news(tab), [], code);
  }
  assert.equal(village.state.calls.size, 1);
});

Deno.test("[CA27] Ten calls a minute to the same person, to others as many again", () => {
  const village = new Village().anaAndBen();
  village.register("c1", "Cleo", "key-c");
  for (let i = 0; i < CALLS_PER_MINUTE; i++) {
    village.call("a1", "Ben", `c${i}`);
    village.say("cancel", "a1", `c${i}`);
    village.pass(SECOND);
  }
  village.hears("a1");
  village.hears("b1");
  village.call("a1", "Ben", "more");
  assert.deepEqual(village.news("a1"), ["names-error too-many-calls"]);
  assert.deepEqual(village.news("b1"), []);
  village.call("a1", "Cleo", "cleo");
  assert.deepEqual(village.news("a1"), ["ringing"]);
  village.say("cancel", "a1", "cleo");
  village.pass(MINUTE);
  village.hears("a1");
  village.call("a1", "Ben", "later");
  assert.deepEqual(village.news("a1"), ["ringing"]);
});
