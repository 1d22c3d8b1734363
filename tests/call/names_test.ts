import assert from "node:assert/strict";
import type { Keep } from "../../lib/signaling/ports.ts";
import { asId, type RoomId } from "../../lib/protocol/ids.ts";
import { recallName } from "../../lib/call/own_name_memory.ts";
import { Browser, type Tab, Town } from "../simulation/town.ts";

/** A test in a town of its own, which ends clean. */
function inTown(name: string, play: (town: Town) => Promise<void>): void {
  Deno.test(name, async () => {
    const town = new Town();
    await play(town);
    assert.equal(town.end(), 0, "a timer was left behind");
    assert.deepEqual(town.failures, []);
  });
}

const meOf = (tab: Tab) => tab.page!.names.me.value;
const listOf = (tab: Tab) =>
  tab.page!.names.people.value?.map(({ name, reach }) => `${name} ${reach}`);

function drawer(): Keep {
  let kept: Uint8Array | null = null;
  return {
    read: () => Promise.resolve(kept),
    write(value) {
      kept = value;
      return Promise.resolve();
    },
  };
}

inTown(
  "[DR14] A name taken is kept by the browser, and had again by every tab of it",
  async (town) => {
    const browser = new Browser("ana");
    const tab = await town.named("Ana", browser);
    assert.deepEqual(meOf(tab), { is: "held", name: "Ana" });
    assert.equal(recallName(browser.memory)?.name, "Ana");
    town.reload(tab);
    const second = town.open(browser);
    assert.deepEqual(meOf(second), { is: "asking", name: "Ana" });
    await town.pass(500);
    assert.deepEqual([meOf(tab), meOf(second)], [meOf(second), { is: "held", name: "Ana" }]);
  },
);

inTown(
  "[DR14] What is refused is told with the reason, and leaves the name one had",
  async (town) => {
    await town.named("Ana");
    const tab = await town.named("Ben");
    const { names } = tab.page!;
    for (
      const [typed, why] of [["", "empty"], ["x".repeat(33), "too-long"], ["12", "bad-characters"]]
    ) {
      await names.take(typed);
      assert.deepEqual(meOf(tab), { is: "refused", name: typed, why, suggestion: null });
    }
    await names.take("ana");
    await town.pass(500);
    assert.deepEqual(meOf(tab), { is: "refused", name: "ana", why: "taken", suggestion: "ana 2" });
    tab.cable!.cut("both");
    await town.pass(2000);
    assert.deepEqual(meOf(tab), { is: "held", name: "Ben" });
  },
);

inTown("[DR14] A page that cannot keep a key says so", async (town) => {
  const browser = new Browser("ana");
  browser.keys.refuses = true;
  const tab = await town.named("Ana", browser);
  assert.deepEqual(meOf(tab), { is: "refused", name: "Ana", why: "unsupported", suggestion: null });
});

inTown("[DR14] A name is proven anew on every socket, after a restart too", async (town) => {
  town.keep = drawer();
  town.kill();
  town.start();
  const tab = await town.named("Ana");
  town.kill();
  await town.pass(300);
  assert.deepEqual(meOf(tab), { is: "asking", name: "Ana" });
  town.start();
  await town.pass(20_000);
  assert.deepEqual(meOf(tab), { is: "held", name: "Ana" });
});

inTown(
  "[DR6][DR14] A claim gets the name back where nothing was kept and another took it",
  async (town) => {
    const owner = await town.named("Ana");
    await town.pass(1000);
    owner.blockedUntil = Infinity;
    town.kill();
    town.start();
    const thief = await town.named("Ana", new Browser("thief"));
    assert.equal(meOf(thief).is, "held");
    owner.blockedUntil = 0;
    owner.page!.client.retry();
    await town.pass(20_000);
    assert.deepEqual(meOf(owner), { is: "held", name: "Ana" });
    assert.deepEqual(meOf(thief), { is: "refused", name: "Ana", why: "taken", suggestion: null });
    town.reload(thief);
    await town.pass(1000);
    assert.equal(meOf(thief).is, "none");
  },
);

inTown("[DR7][DR14] Given back, a name is gone from all tabs, and anybody's", async (town) => {
  const browser = new Browser("ana");
  const tab = await town.named("Ana", browser);
  const second = town.open(browser);
  await town.pass(500);
  await tab.page!.names.forget();
  await town.pass(500);
  assert.deepEqual([meOf(tab).is, meOf(second).is], ["none", "none"]);
  assert.equal(recallName(browser.memory), null);
  assert.equal(meOf(await town.named("Ana", new Browser("other"))).is, "held");
});

inTown("[DR7][DR14] Given back without the server, it is so once that is back", async (town) => {
  const browser = new Browser("ana");
  const tab = await town.named("Ana", browser);
  town.kill();
  await town.pass(1_000);
  await tab.page!.names.forget();
  town.start();
  await town.pass(10_000);
  assert.equal(meOf(tab).is, "none");
  assert.equal(recallName(browser.memory), null);
  assert.equal(meOf(await town.named("Ana", new Browser("other"))).is, "held");
});

inTown("[DR7][DR14] A new name holds in all tabs of the browser", async (town) => {
  const browser = new Browser("ana");
  const tab = await town.named("Ana", browser);
  const second = town.open(browser);
  await town.pass(500);
  await tab.page!.names.take("Anita");
  await town.pass(1000);
  for (const each of [tab, second]) assert.deepEqual(meOf(each), { is: "held", name: "Anita" });
  assert.equal(meOf(await town.named("Ana", new Browser("other"))).is, "held");
});

inTown("[DR9][DR14] What one tab says of being disturbed or listed holds for all", async (town) => {
  const browser = new Browser("ana");
  const tab = await town.named("Ana", browser);
  const second = town.open(browser);
  const ben = await town.named("Ben");
  second.page!.names.setDnd(true);
  await town.pass(500);
  assert.deepEqual(listOf(ben), ["Ana dnd"]);
  tab.cable!.cut("both");
  await town.pass(3_000);
  assert.deepEqual(listOf(ben), ["Ana dnd"]);
  assert.equal(tab.page!.names.dnd.value, true);
});

inTown("[DR8] The list is live, and leaves oneself out", async (town) => {
  const ana = await town.named("Ana");
  assert.deepEqual(listOf(ana), []);
  const cleo = await town.named("Cleo");
  const ben = await town.named("Ben");
  assert.deepEqual(listOf(ana), ["Ben free", "Cleo free"]);
  ben.page!.names.setDnd(true);
  cleo.page!.names.setListed(false);
  await town.pass(300);
  assert.deepEqual(listOf(ana), ["Ben dnd"]);
  town.reload(ben);
  town.close(cleo);
  await town.pass(1000);
  assert.deepEqual(listOf(ana), ["Ben dnd"], "kept through a reload");
  town.kill();
  town.start();
  await town.pass(20_000);
  assert.deepEqual(listOf(ana), ["Ben dnd"]);
});

inTown("[DR11] Joining with one's own name waits for the key to be proven", async (town) => {
  const tab = await town.named("Ana");
  const media = { microphone: true, camera: true, screen: false };
  const room = asId<RoomId>("lunch");
  const heard: string[] = [];
  const page = town.reload(tab);
  page.client.on((event) => heard.push(event.type === "refused" ? event.code : event.type));
  page.client.join({ room, name: "Ana", media });
  await town.pass(3_000);
  assert.deepEqual(heard, ["snapshot"]);
});

inTown("[DR11] Another's name is refused, with a suggestion", async (town) => {
  await town.named("Ana");
  const tab = await town.named("Ben");
  const media = { microphone: true, camera: true, screen: false };
  const refusals: unknown[] = [];
  tab.page!.client.on((event) => event.type === "refused" && refusals.push(event));
  tab.page!.client.join({ room: asId<RoomId>("lunch"), name: "Ana", media });
  await town.pass(5_000);
  const refusal = { type: "refused", code: "name-taken", re: "join", suggestion: "Ana 2" };
  assert.deepEqual(refusals, [refusal]);
});

inTown("[DR14] A key that takes its time to be made loses no name", async (town) => {
  const browser = new Browser("ana");
  const { keys } = browser;
  const made = Promise.withResolvers<void>();
  const create = keys.create.bind(keys);
  keys.create = async () => {
    await made.promise;
    return await create();
  };
  const tab = town.open(browser);
  const taking = tab.page!.names.take("Ana");
  await town.pass(500); // the session stands before there is a key
  assert.deepEqual(meOf(tab), { is: "asking", name: "Ana" });
  made.resolve();
  await taking;
  await town.pass(500);
  assert.deepEqual(meOf(tab), { is: "held", name: "Ana" });
});
