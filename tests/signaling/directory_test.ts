import assert from "node:assert/strict";
import { NAME_RESERVED_MS } from "../../lib/protocol/names_limits.ts";
import { keptOf, wornBy } from "../../lib/signaling/directory.ts";
import { stepPeople } from "../../lib/signaling/people.ts";
import { nobody } from "../../lib/signaling/people_state.ts";
import { asId, type RoomId } from "../../lib/protocol/ids.ts";
import { DAY, isRegistered, MINUTE, newsIn, SECOND, session, Village } from "./people_stage.ts";

const room = asId<RoomId>("lunch");

Deno.test("[DR3] Whoever proves the key has the name at once, from as many tabs as they like", () => {
  const village = new Village();
  assert.ok(isRegistered(village.register("a1", "Ana", "key-a")));
  assert.ok(isRegistered(village.register("a2", "ana", "key-a")), "a second tab");
  village.detach("a1");
  assert.ok(
    isRegistered(village.register("a3", "Ana", "key-a")),
    "after a crash: no ghost is asked",
  );
  assert.equal(village.state.names.size, 1);
});

Deno.test("[DR3][DR5] Nobody else has it while it is reserved, for 30 days after its last use", () => {
  const village = new Village();
  village.register("a1", "Ana", "key-a");
  assert.ok(!isRegistered(village.register("b1", "ＡＮＡ", "key-b")));
  const refusal = village.single("b1", "names-error");
  assert.equal(refusal.code, "name-taken");
  assert.equal(refusal.suggestion, "ＡＮＡ 2");
  village.pass(40 * DAY); // she is there all the time
  village.detach("a1");
  village.pass(NAME_RESERVED_MS);
  assert.ok(!isRegistered(village.register("b1", "Ana", "key-b")));
  village.pass(16 * SECOND);
  assert.ok(isRegistered(village.register("b1", "Ana", "key-b")));
});

Deno.test("[DR6] Of two owners the one who had it first is right", () => {
  const village = new Village();
  village.register("b1", "Ana", "key-b");
  const early = village.at - DAY;
  assert.ok(!isRegistered(village.register("c1", "Ana", "key-c", { issuedAt: village.at + 1 })));
  assert.ok(isRegistered(village.register("a1", "Ana", "key-a", { issuedAt: early })));
  assert.deepEqual(village.news("b1"), ["unnamed claimed"]);
  const [reservation] = keptOf(village.state, village.at).names;
  assert.equal(reservation.issuedAt, early);
  assert.deepEqual(reservation.keys, ["key-a"]);
  assert.ok(!isRegistered(village.register("b1", "Ana", "key-b")));
});

Deno.test("[DR6] What is kept gives the same names again, and what stands counts before it", () => {
  const village = new Village();
  village.register("a1", "Ana", "key-a");
  village.detach("a1");
  village.pass(MINUTE);
  village.register("b1", "Ben", "key-b");
  const kept = keptOf(village.state, village.at);
  const next = new Village();
  next.at = village.at + DAY;
  next.register("c1", "Ben", "key-c");
  next.run({ do: "load", at: next.at, kept });
  assert.ok(isRegistered(next.register("a9", "Ana", "key-a")));
  assert.ok(!isRegistered(next.register("c1", "Ana", "key-c")));
  assert.deepEqual(next.state.names.get("ben")!.keys, ["key-c"]);
});

Deno.test("[DR7] A name given back is free at once, and all its tabs hear of it", () => {
  const village = new Village();
  village.register("a1", "Ana", "key-a");
  village.register("a2", "Ana", "key-a");
  const effects = village.run({ ...village.by("a1"), do: "forget" });
  assert.ok(effects.some((effect) => effect.do === "save"));
  assert.deepEqual(village.news("a1"), ["unnamed forgotten"]);
  assert.deepEqual(village.news("a2"), ["unnamed forgotten"]);
  assert.ok(isRegistered(village.register("b1", "Ana", "key-b")));
  village.run({ ...village.by("a1"), do: "forget" });
  assert.deepEqual(village.news("a1"), ["names-error no-name"]);
});

Deno.test("[DR7] One key holds one name: with a new one the old one is free", () => {
  const village = new Village();
  village.register("a1", "Ana", "key-a");
  village.register("a2", "Ana", "key-a");
  village.register("a1", "Anita", "key-a");
  assert.deepEqual(village.news("a2"), ["unnamed forgotten"]);
  assert.deepEqual(village.news("a1"), [], "who asked knows");
  assert.deepEqual([...village.state.names.keys()], ["anita"]);
  assert.ok(isRegistered(village.register("b1", "Ana", "key-b")));
});

Deno.test("[DR7] A claim of before a name was given back is worth nothing, after a restart too", () => {
  const village = new Village();
  village.register("a1", "Ana", "key-a");
  const issuedAt = village.at;
  village.pass(DAY);
  village.run({ ...village.by("a1"), do: "forget" });
  village.pass(DAY);
  village.register("b1", "Ana", "key-b");
  assert.ok(!isRegistered(village.register("a1", "Ana", "key-a", { issuedAt })));
  const next = new Village();
  next.at = village.at;
  next.run({ do: "load", at: next.at, kept: keptOf(village.state, village.at) });
  assert.ok(!isRegistered(next.register("a1", "Ana", "key-a", { issuedAt })));
  next.pass(40 * DAY);
  assert.equal(next.state.given.size, 0);
});

Deno.test("[DR8] Who comes and goes is news, by the name as its owner writes it", () => {
  const village = new Village();
  const come = newsIn(village.register("a1", "Ana", "key-a"));
  assert.deepEqual(come, [{ name: "Ana", reach: "free" }]);
  assert.deepEqual(newsIn(village.register("a2", "Ana", "key-a")), [], "a second tab is no news");
  assert.deepEqual(newsIn(village.register("a2", "ANA", "key-a")), [
    { name: "Ana", reach: "gone" },
    { name: "ANA", reach: "free" },
  ]);
  village.detach("a1");
  village.detach("a2");
  const before = village.effects.length;
  village.pass(16 * SECOND);
  assert.deepEqual(newsIn(village.effects.slice(before)), [{ name: "ANA", reach: "gone" }]);
});

Deno.test("[DR8][DR9] Who is not listed is no news, whatever they do", () => {
  const village = new Village();
  assert.deepEqual(newsIn(village.register("a1", "Ana", "key-a", { listed: false })), []);
  village.seat("a1", room);
  const reach = { ...village.by("a1"), do: "reach" as const, dnd: false };
  assert.deepEqual(newsIn(village.run({ ...reach, listed: true })), [{
    name: "Ana",
    reach: "busy",
  }]);
  assert.deepEqual(newsIn(village.run({ ...reach, listed: false })), [
    { name: "Ana", reach: "gone" },
  ]);
});

Deno.test("[DR9] One is free, busy in any room or call, or not to be disturbed", () => {
  const village = new Village();
  village.register("a1", "Ana", "key-a");
  village.register("a2", "Ana", "key-a");
  village.register("b1", "Ben", "key-b");
  const reaches: string[] = [];
  const look = (change: () => void) => {
    const before = village.effects.length;
    change();
    for (const { name, reach } of newsIn(village.effects.slice(before))) {
      if (name === "Ana") reaches.push(reach);
    }
  };
  look(() => village.seat("a2", room));
  look(() => village.seat("a2", null));
  look(() => village.call("b1", "Ana", "c1"));
  look(() => village.say("decline", "a1", "c1"));
  look(() => village.run({ ...village.by("a1"), do: "reach", listed: true, dnd: true }));
  look(() => village.seat("a1", room));
  assert.deepEqual(reaches, ["busy", "free", "busy", "free", "dnd"]);
});

Deno.test("[DR10] A tab without socket is there for a while; coming back in time is no news", () => {
  const village = new Village();
  village.register("a1", "Ana", "key-a");
  village.detach("a1");
  village.pass(14 * SECOND);
  assert.deepEqual(newsIn(village.register("a1", "Ana", "key-a")), []);
  village.pass(MINUTE);
  assert.equal(village.state.bySession.size, 1);
  village.detach("a1", 5 * SECOND); // the page says that it goes
  village.detach("a1"); // and its socket breaks
  village.pass(6 * SECOND);
  assert.equal(village.state.bySession.size, 0);
});

Deno.test("[DR10] A tab whose seat a room keeps is there as long as that", () => {
  const village = new Village();
  village.register("a1", "Ana", "key-a");
  village.seat("a1", room);
  village.detach("a1");
  village.pass(MINUTE);
  assert.equal(village.state.bySession.size, 1);
  village.seat("a1", null);
  village.pass(SECOND);
  assert.equal(village.state.bySession.size, 0);
});

Deno.test("[DR11] A held name is worn by its holder alone", () => {
  const village = new Village();
  village.register("a1", "Ana", "key-a");
  const worn = (name: string, who: string) => wornBy(village.state, name, session(who), village.at);
  assert.deepEqual(worn("ana", "a1"), { is: "own" });
  assert.deepEqual(worn("Ana", "b1"), { is: "taken", suggestion: "Ana 2" });
  assert.deepEqual(worn("Ben", "b1"), { is: "free" });
  village.detach("a1");
  village.pass(MINUTE);
  assert.equal(worn("Ana", "b1").is, "taken", "reserved while nobody is there");
});

Deno.test("[DR12] One log folded twice, or taken up half-way, gives equal people", () => {
  const village = new Village().anaAndBen();
  village.call("a1", "Ben", "c1");
  village.accept("b1", "c1");
  village.register("c1", "Cleo", "key-c");
  village.call("c1", "Ana", "c2");
  village.say("hangup", "b1", "c1");
  village.call("b1", "Cleo", "c3");
  village.detach("b1");
  village.pass(20 * SECOND);
  let again = nobody();
  const half = Math.floor(village.commands.length / 2);
  for (const command of village.commands.slice(0, half)) again = stepPeople(again, command).state;
  let taken = structuredClone(again);
  for (const command of village.commands.slice(half)) {
    again = stepPeople(again, command).state;
    taken = stepPeople(taken, structuredClone(command)).state;
  }
  assert.deepEqual(again, village.state);
  assert.deepEqual(taken, village.state);
});
