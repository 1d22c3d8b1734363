import assert from "node:assert/strict";
import { RING_MS } from "../../lib/protocol/names_limits.ts";
import { Browser, type Tab, Town } from "../simulation/town.ts";

interface Two {
  readonly town: Town;
  readonly ana: Tab;
  readonly ben: Tab;
}

/** A test with two who have names, in two browsers, which ends clean. */
function two(name: string, play: (two: Two) => Promise<void>): void {
  Deno.test(name, async () => {
    const town = new Town();
    await play({ town, ana: await town.named("Ana"), ben: await town.named("Ben") });
    assert.equal(town.end(), 0, "a timer was left behind");
    assert.deepEqual(town.failures, []);
  });
}

const names = (tab: Tab) => tab.page!.names;
const stageOf = (tab: Tab) => {
  const stage = names(tab).outgoing.value?.stage;
  return stage?.is === "over" ? `over ${stage.why}` : stage?.is ?? null;
};
const fromOf = (tab: Tab) => names(tab).incoming.value?.from ?? null;
const recentOf = (tab: Tab) =>
  names(tab).recent.value.map(({ name, incoming, end, missed }) =>
    `${incoming ? "from" : "to"} ${name} ${end}${missed ? " missed" : ""}`
  );

async function ringing({ town, ana, ben }: Two): Promise<void> {
  await names(ana).call("Ben");
  await town.pass(200);
  assert.deepEqual([stageOf(ana), fromOf(ben)], ["ringing", "Ana"]);
}

async function talking(two: Two): Promise<void> {
  await ringing(two);
  await names(two.ben).accept();
  await two.town.pass(500);
  assert.ok(names(two.ana).talk.value !== null && names(two.ben).talk.value !== null);
}

two(
  "[CA20][CA21] Accepted, both go into one room by one link, whose secret no server heard",
  async (both) => {
    const { town, ana, ben } = both;
    const sent: string[] = [];
    town.overhear = (frame) => sent.push(frame);
    await talking(both);
    const [mine, theirs] = [names(ana).talk.value!, names(ben).talk.value!];
    assert.equal(mine.address, theirs.address);
    assert.deepEqual([mine.with, theirs.with], ["Ben", "Ana"]);
    assert.match(mine.address, /^\/r\/[^#]+#k=[\w-]{43}$/);
    const secret = mine.address.split("#k=")[1];
    assert.ok(sent.length > 0 && sent.every((frame) => !frame.includes(secret)));
    assert.deepEqual([stageOf(ana), fromOf(ben)], [null, null]);
    assert.equal(ana.page!.room, mine.room);
    names(ana).hangUp();
    await town.pass(500);
    assert.deepEqual([names(ana).talk.value, names(ben).talk.value?.over], [null, true]);
    assert.deepEqual(recentOf(ana), ["to Ben accepted"]);
    assert.deepEqual(recentOf(ben), ["from Ana accepted"]);
  },
);

two(
  "[CA29] Devices are asked for before it rings, and before it is answered",
  async ({ town, ana, ben }) => {
    await names(ana).call("Ben");
    assert.deepEqual(ana.page!.prepared, [true]);
    await town.pass(200);
    assert.deepEqual(ben.page!.prepared, [], "nothing is asked of who is called");
    await names(ben).accept(false);
    await town.pass(200);
    assert.deepEqual(ben.page!.prepared, [false]);
    const [mine, theirs] = [names(ana).talk.value!, names(ben).talk.value!];
    assert.deepEqual([mine.camera, mine.theirCamera], [true, false]);
    assert.deepEqual([theirs.camera, theirs.theirCamera], [false, true]);
  },
);

two(
  "[CA29] Who only watches is asked for nothing and sends nothing; both know which it is",
  async ({ town, ana, ben }) => {
    await names(ana).call("Ben", "watch");
    await town.pass(200);
    assert.equal(names(ben).incoming.value?.kind, "watch");
    await names(ben).accept();
    await town.pass(200);
    assert.deepEqual([ana.page!.prepared, ben.page!.prepared], [[], [true]]);
    const [mine, theirs] = [names(ana).talk.value!, names(ben).talk.value!];
    assert.deepEqual([mine.kind, mine.sends, mine.camera], ["watch", false, false]);
    assert.deepEqual([theirs.kind, theirs.sends, theirs.camera], ["watch", true, true]);
  },
);

two("[CA20] Declined and cancelled are told, and noted by both", async (both) => {
  const { town, ana, ben } = both;
  await ringing(both);
  names(ben).decline();
  await town.pass(200);
  assert.equal(stageOf(ana), "over declined");
  names(ana).dismiss();
  await ringing(both);
  names(ana).cancel();
  assert.equal(stageOf(ana), null);
  await town.pass(200);
  assert.equal(fromOf(ben), null);
  assert.deepEqual(recentOf(ana), ["to Ben cancelled", "to Ben declined"]);
  assert.deepEqual(recentOf(ben), ["from Ana cancelled missed", "from Ana declined"]);
});

two("[CA20] Nobody answers: after 45 s it has ended for both", async (both) => {
  const { town, ana, ben } = both;
  await ringing(both);
  await town.pass(RING_MS + 1500);
  assert.deepEqual([stageOf(ana), fromOf(ben)], ["over unanswered", null]);
  assert.deepEqual(recentOf(ben), ["from Ana unanswered missed"]);
  assert.equal(names(ben).missed.value, 1);
  names(ben).seen();
  assert.equal(names(ben).missed.value, 0);
});

two("[CA22] Who is in a call is busy, and learns who called", async (both) => {
  const { town, ana, ben } = both;
  await talking(both);
  const cleo = await town.named("Cleo");
  assert.deepEqual(names(cleo).people.value, [
    { name: "Ana", reach: "busy" },
    { name: "Ben", reach: "busy" },
  ]);
  await names(cleo).call("Ben");
  await town.pass(200);
  assert.deepEqual([stageOf(cleo), fromOf(ben)], ["over busy", null]);
  assert.equal(recentOf(ben)[0], "from Cleo busy missed");
  assert.equal(names(ana).talk.value?.over, false);
});

two("[CA23] Two who call each other at once are connected", async ({ town, ana, ben }) => {
  await Promise.all([names(ana).call("Ben"), names(ben).call("Ana")]);
  await town.pass(500);
  const [mine, theirs] = [names(ana).talk.value!, names(ben).talk.value!];
  assert.equal(mine.address, theirs.address);
  assert.equal(mine.call, theirs.call);
  for (const tab of [ana, ben]) assert.deepEqual([stageOf(tab), fromOf(tab)], [null, null]);
  names(ben).hangUp();
  await town.pass(500);
  assert.equal(names(ana).talk.value?.over, true);
});

two("[CA20] It rings in all tabs, and stops in all when one answers", async (both) => {
  const { town, ana, ben } = both;
  const second = town.open(ben.browser);
  await town.pass(500);
  await ringing(both);
  assert.equal(fromOf(second), "Ana");
  await names(second).accept();
  await town.pass(500);
  assert.deepEqual([fromOf(ben), fromOf(second)], [null, null]);
  assert.deepEqual([names(ben).talk.value, names(second).talk.value?.with], [null, "Ana"]);
  assert.equal(names(ana).talk.value?.over, false);
  assert.deepEqual(recentOf(ben), ["from Ana accepted"]);
});

two(
  "[CA24] Leaving the room in any way ends it for both, a guest inside does not",
  async (both) => {
    const { town, ana, ben } = both;
    await talking(both);
    town.close(ana);
    await town.pass(6_000);
    assert.equal(names(ben).talk.value?.over, true);
    const again = await town.named("Ana", new Browser("another"));
    assert.equal(names(again).me.value.is, "refused", "hers, for 30 days");
  },
);

two("[CA24] With a third one inside, who hangs up is missed and nothing is over", async (both) => {
  const { town, ana, ben } = both;
  await talking(both);
  const cleo = await town.named("Cleo");
  const { room } = names(ana).talk.value!;
  const media = { microphone: true, camera: true, screen: false };
  cleo.page!.client.join({ room, name: "Cleo", media });
  await town.pass(500);
  names(ana).hangUp();
  await town.pass(500);
  assert.equal(names(ben).talk.value?.over, false);
  cleo.page!.client.leave();
  await town.pass(500);
  assert.equal(names(ben).talk.value?.over, true);
});

two("[CA25] Either page may be loaded anew while it rings", async (both) => {
  const { town, ana, ben } = both;
  await ringing(both);
  town.reload(ana);
  await town.pass(1000);
  assert.deepEqual([stageOf(ana), fromOf(ben)], ["ringing", "Ana"]);
  town.reload(ben);
  await town.pass(1000);
  assert.deepEqual([stageOf(ana), fromOf(ben)], ["ringing", "Ana"]);
  await names(ben).accept();
  await town.pass(500);
  assert.equal(names(ana).talk.value?.address, names(ben).talk.value!.address);
});

two("[CA25] A page loaded anew in the moment of accepting goes into the room", async (both) => {
  const { town, ana, ben } = both;
  await ringing(both);
  await names(ben).accept();
  town.reload(ben);
  town.reload(ana);
  await town.pass(8_000);
  assert.equal(names(ana).talk.value?.over, false);
  assert.equal(names(ana).talk.value?.address, names(ben).talk.value?.address);
});

two("[CA26] The server restarts while it rings: interrupted, for both", async (both) => {
  const { town, ana, ben } = both;
  await ringing(both);
  town.kill();
  town.start();
  await town.pass(30_000);
  assert.deepEqual([stageOf(ana), fromOf(ben)], ["over interrupted", null]);
  assert.deepEqual(recentOf(ben), ["from Ana interrupted missed"]);
});

two("[CA26] A talk outlives the server", async (both) => {
  const { town, ana, ben } = both;
  await talking(both);
  town.kill();
  await town.pass(2000);
  town.start();
  await town.pass(40_000);
  assert.deepEqual([names(ana).talk.value?.over, names(ben).talk.value?.over], [false, false]);
  names(ana).hangUp();
  await town.pass(2000);
  assert.equal(names(ben).talk.value?.over, true, "whoever leaves a room for two ends it");
});

two("[CA27] What is refused is told to who asked", async ({ town, ana, ben }) => {
  const wrong: [string, string][] = [["Nobody", "not-there"], ["ANA", "own-name"]];
  for (const [to, why] of wrong) {
    await names(ana).call(to);
    await town.pass(200);
    assert.equal(stageOf(ana), `over ${why}`);
  }
  for (let i = 0; i < 11; i++) {
    await names(ana).call("Ben");
    await town.pass(100);
    names(ana).cancel();
    await town.pass(100);
  }
  await names(ana).call("Ben");
  await town.pass(200);
  assert.deepEqual([stageOf(ana), fromOf(ben)], ["over too-many-calls", null]);
});

two(
  "[CA30] Where the server is not heard any more, nothing rings for ever; it tells later",
  async (both) => {
    const { town, ana, ben } = both;
    await ringing(both);
    ben.blockedUntil = Infinity;
    ben.cable!.cut("both");
    await town.pass(20_000);
    assert.equal(stageOf(ana), "over callee-gone");
    assert.equal(fromOf(ben), "Ana");
    await town.pass(45_000);
    assert.equal(fromOf(ben), null);
    assert.deepEqual(recentOf(ben), ["from Ana interrupted missed"]);
    ben.blockedUntil = 0;
    await town.pass(20_000);
    assert.deepEqual(recentOf(ben), ["from Ana callee-gone missed"]);
  },
);

two(
  "[CA30] What is cancelled or declined without the server is so once it is back",
  async (both) => {
    const { town, ana, ben } = both;
    await ringing(both);
    ana.cable!.cut("both");
    names(ana).cancel();
    await town.pass(3_000);
    assert.deepEqual([stageOf(ana), fromOf(ben)], [null, null]);
    await ringing(both);
    ben.cable!.cut("both");
    names(ben).decline();
    await town.pass(3_000);
    assert.deepEqual([stageOf(ana), fromOf(ben)], ["over declined", null]);
  },
);

two(
  "[CA30] Cancelled in the moment of being accepted, it was accepted, and is over",
  async (both) => {
    const { town, ana, ben } = both;
    await ringing(both);
    names(ana).cancel();
    await names(ben).accept();
    ben.cable!.cut("both"); // what was accepted reaches the server second, or first
    await town.pass(5_000);
    assert.deepEqual(recentOf(ana)[0].split(" ")[2], recentOf(ben)[0].split(" ")[2]);
    assert.deepEqual([stageOf(ana), fromOf(ben)], [null, null]);
    assert.notEqual(names(ana).talk.value?.over, false);
    assert.notEqual(names(ben).talk.value?.over, false);
  },
);

two(
  "[CA25] A page loaded anew has its call, though its old socket seems to stand",
  async (both) => {
    const { town, ana, ben } = both;
    await ringing(both);
    ana.cable!.cut("nobody");
    town.reload(ana);
    await town.pass(1_000);
    assert.equal(stageOf(ana), "ringing");
    await names(ben).accept();
    await town.pass(500);
    assert.equal(names(ana).talk.value?.address, names(ben).talk.value!.address);
    assert.equal(names(ana).talk.value?.over, false);
  },
);

two(
  "[CA26] A call an earlier life of the server may know is not placed again",
  async ({ town, ana, ben }) => {
    await names(ana).call("Ben");
    await town.pass(40);
    ana.cable!.cut("nobody"); // the answer is lost
    town.kill();
    town.start();
    ana.page!.client.retry();
    await town.pass(40_000);
    assert.equal(stageOf(ana), "over interrupted");
    assert.equal(fromOf(ben), null);
    for (const line of recentOf(ben)) assert.match(line, /interrupted/);
  },
);

two("[CA31] It rings by sound, title and notification, and the caller hears it", async (both) => {
  const { town, ana, ben } = both;
  ben.page!.events.visible = false;
  await ringing(both);
  const { alerts } = ben.page!.env;
  assert.equal(ana.page!.env.alerts.tone, "ringback");
  assert.deepEqual([alerts.tone, alerts.title], ["ring", "Ana calls"]);
  assert.equal(alerts.notification, "Ana calls you");
  await names(ben).accept();
  await town.pass(200);
  for (const { page } of [ana, ben]) {
    const { tone, title, notification } = page!.env.alerts;
    assert.deepEqual([tone, title, notification], [null, null, null]);
  }
});

two(
  "[CA25] Loaded anew in the midst of a talk, a page in its room goes on with it",
  async (both) => {
    const { town, ana, ben } = both;
    await talking(both);
    const { room } = names(ben).talk.value!;
    town.reload(ben);
    const media = { microphone: true, camera: true, screen: false };
    ben.page!.client.join({ room, name: "somebody", media });
    await town.pass(5_000);
    assert.equal(names(ana).talk.value!.over, false);
    ben.page!.client.leave();
    await town.pass(500);
    assert.equal(names(ana).talk.value!.over, true);
  },
);
