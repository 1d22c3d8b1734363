/** The call as a person meets it, on fakes. What needs a real browser is in tests/e2e. */
import assert from "node:assert/strict";
import { ASKING_PATIENCE_MS } from "../../lib/call/call.ts";
import { FULL_RETRY_MS } from "../../lib/call/full_retry.ts";
import { asId, type RoomId } from "../../lib/protocol/ids.ts";
import { fakeEnv, FakeLocks, FakeMemory, settle } from "../support/fake_env.ts";
import { inWorld, ROOM } from "./people.ts";

Deno.test("[CA1] two who open one room are connected, named and told of", () =>
  inWorld(async (world) => {
    const ana = await world.open("Ana");
    assert.equal(ana.call.phase.peek(), "lobby");
    await ana.call.join();
    await settle();
    assert.equal(ana.call.phase.peek(), "waiting");
    const ben = await world.join(" Ben\u0000 ");
    await world.pass(200);
    assert.deepEqual([ana.call.phase.peek(), ben.call.phase.peek()], ["live", "live"]);
    const [tile] = ana.call.others.peek();
    assert.equal(tile.name.peek(), "Ben");
    assert.equal(tile.link.peek().is, "connected");
    assert.notEqual(tile.colour.peek(), ana.call.colour.peek());
    assert.equal(ben.call.others.peek()[0].colour.peek(), ana.call.colour.peek());
    assert.deepEqual(ana.call.announcement.peek()?.key, "notice.joined");
    await world.pass(6_000);
    assert.equal(ana.call.notice.peek(), null, "gives way by itself");
  }));

Deno.test("[CA1] joining says everything once", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    await world.pass(1_000);
    assert.deepEqual(ana.link.joins, [{
      room: ROOM,
      name: "Ana",
      media: { microphone: true, camera: true, screen: false },
    }]);
    assert.deepEqual(ana.link.states, []);
    ana.call.media.setMicrophone(false);
    const media = { microphone: false, camera: true, screen: false };
    assert.deepEqual(ana.link.states, [{ media }]);
  }));

Deno.test("[CA1] offers are sent before the call's screen is drawn", () =>
  inWorld(async (world) => {
    await world.join("Ana");
    const ben = await world.open("Ben");
    const offered: boolean[] = [];
    const stop = ben.call.phase.subscribe((phase) => {
      if (phase === "live") offered.push(world.room.passed.some(({ body }) => body.desc));
    });
    ben.call.join();
    await settle();
    stop();
    assert.deepEqual(offered, [true]);
  }));

Deno.test("[CA1] leaving between the answer to a join and the first offer undoes it all", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    const ben = await world.open("Ben");
    let go = () => {};
    world.network.pause = () => new Promise((done) => go = done);
    ben.call.join();
    await settle();
    assert.equal(ben.call.phase.peek(), "joining");
    ben.call.leave();
    go();
    await settle();
    assert.equal(ben.call.phase.peek(), "lobby");
    assert.deepEqual(ana.call.others.peek(), []);
    assert.deepEqual(world.connections(ben), []);
  }));

Deno.test("[CA4] leaving clears the tile at once, frees the devices, and tells how long it was", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    const ben = await world.join("Ben");
    await world.pass(5_000);
    ben.call.leave();
    await settle();
    assert.deepEqual(ana.call.others.peek(), []);
    assert.equal(ana.call.phase.peek(), "waiting");
    assert.equal(ana.call.notice.peek()?.key, "notice.left");
    assert.equal(ben.call.phase.peek(), "ended");
    assert.equal(ben.call.lastedMs.peek(), 5_000);
    assert.deepEqual(ben.call.inside.peek(), { count: 1, capacity: 6, names: ["Ana"] });
    assert.ok(ben.env.media.tracks.every(({ readyState }) => readyState === "ended"));
    await ben.call.rejoin();
    await world.pass(200);
    assert.equal(ana.call.others.peek()[0].link.peek().is, "connected");
    assert.equal(ben.call.media.camera.peek().is, "on");
  }));

Deno.test("[CA6] a reload keeps tile and mute, and goes straight back in", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    const ben = await world.join("Ben");
    ben.call.media.setMicrophone(false);
    await world.pass(2_000);
    const [tile] = ana.call.others.peek();
    const before = tile.stream.peek();
    world.room.presence(ben.link, "away");
    await settle();
    assert.deepEqual(tile.link.peek(), { is: "reconnecting", why: "gone" });
    const since = ben.call.joinedAt.peek();
    ben.call.dispose();
    const again = await world.open("", {
      env: { tab: ben.env.tab, browser: ben.env.browser },
      returning: ben.link.self!.seat,
    });
    ben.link.self = null;
    await world.pass(300);
    assert.equal(again.call.phase.peek(), "live");
    assert.equal(again.call.joinedAt.peek(), since);
    assert.equal(again.call.name.peek(), "Ben");
    assert.equal(ana.call.others.peek()[0], tile, "the very same tile");
    assert.equal(tile.link.peek().is, "connected");
    assert.equal(tile.microphoneOn.peek(), false);
    assert.notEqual(tile.stream.peek(), before);
    assert.equal(ana.call.notice.peek()?.key, "notice.joined", "nothing was said of the reload");
  }));

Deno.test("[CA7] a full room is tried every 10 s, and at once when a seat is seen to be free", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    const ben = await world.join("Ben");
    const cem = await world.join("Cem");
    assert.equal(cem.call.phase.peek(), "full");
    assert.equal(cem.call.retryAt.peek(), world.clock.now() + FULL_RETRY_MS);
    assert.equal(ana.call.others.peek().length, 1);
    await world.pass(FULL_RETRY_MS);
    assert.equal(cem.link.joins.length, 2);
    ben.call.leave();
    const inside = { type: "inside", count: 1, capacity: 2, names: [] } as const;
    world.room.tell(cem.link, { ...inside, room: cem.link.watched! });
    await settle();
    assert.equal(cem.call.phase.peek(), "live");
    assert.equal(cem.call.retryAt.peek(), null);
    cem.call.leave();
  }, 2));

Deno.test("[CA9] a refused room fails with its reason", () =>
  inWorld(async (world) => {
    const ana = await world.open("Ana");
    const reasons = { "bad-room": "bad-room", version: "version", "bad-name": "refused" } as const;
    for (const [code, why] of Object.entries(reasons)) {
      ana.call.join();
      await settle();
      const refusal = { type: "refused", code: code as "locked", re: "join" } as const;
      ana.link.hear(refusal);
      assert.deepEqual([ana.call.phase.peek(), ana.call.failure.peek()], ["failed", why]);
    }
    ana.link.hear({ type: "refused", code: "rate", re: "join" });
    assert.equal(ana.call.failure.peek(), "refused", "a limit on the rate is no refusal");
  }));

Deno.test("[DR11] another's name leads back to the lobby, with a free one like it", () =>
  inWorld(async (world) => {
    const ana = await world.open("Ana");
    ana.call.join();
    await settle();
    const refusal = { type: "refused", code: "name-taken", suggestion: "Ana 2" } as const;
    ana.link.hear({ ...refusal, re: "join" });
    assert.deepEqual([ana.call.phase.peek(), ana.call.nameTaken.peek()], ["lobby", "Ana 2"]);
    ana.call.setName("Ana 2");
    await ana.call.join();
    await settle();
    assert.deepEqual([ana.call.phase.peek(), ana.call.nameTaken.peek()], ["waiting", null]);
  }));

Deno.test("[CA10] a duplicated tab resumes nothing until told to; then the other gives way", () =>
  inWorld(async (world) => {
    const locks = new FakeLocks();
    const env = fakeEnv({ locks });
    const ana = await world.join("Ana", { env: { locks, tab: env.tab } });
    const copy = await world.open("", {
      env: { locks, tab: new FakeMemory(ana.env.tab) },
      returning: ana.link.self!.seat,
    });
    await world.pass(2_000);
    assert.equal(copy.call.elsewhere.peek(), true);
    assert.equal(copy.link.status.peek().is, "idle");
    assert.deepEqual(copy.env.media.asked, []);
    await copy.call.useHere();
    await settle();
    assert.equal(copy.call.elsewhere.peek(), false);
    assert.equal(copy.call.phase.peek(), "waiting");
    assert.equal(ana.call.phase.peek(), "replaced");
  }));

Deno.test("[CA11] refused devices are said in the lobby, and joining works all the same", () =>
  inWorld(async (world) => {
    const ana = await world.open("Ana", {
      prepare({ media }) {
        media.refused.microphone = media.refused.camera = "NotAllowedError";
        media.permissions.microphone = media.permissions.camera = "prompt";
      },
    });
    assert.equal(ana.call.phase.peek(), "lobby");
    await ana.call.media.ask();
    assert.equal(ana.call.phase.peek(), "denied");
    await ana.call.join();
    await settle();
    assert.equal(ana.call.phase.peek(), "waiting");
    assert.equal(ana.call.notice.peek()?.key, "notice.listening");
    const ben = await world.join("Ben");
    await world.pass(200);
    assert.equal(ben.call.others.peek()[0].link.peek().is, "connected");
  }));

Deno.test("[CA11] a question nobody answers does not keep anybody out", () =>
  inWorld(async (world) => {
    let answer = () => {};
    const ana = await world.open("Ana", {
      prepare({ media }) {
        media.permissions.microphone = media.permissions.camera = "prompt";
        media.answering = new Promise((done) => answer = done);
      },
    });
    ana.call.join();
    await world.pass(ASKING_PATIENCE_MS - 1_000);
    assert.equal(ana.call.phase.peek(), "joining");
    await world.pass(1_000);
    assert.equal(ana.call.phase.peek(), "waiting");
    answer();
    await settle();
    assert.deepEqual(ana.link.states.at(-1)?.media?.camera, true, "seen once allowed");
  }));

Deno.test("[CA12] an absent one's tile goes after 20 s, and only while nothing arrives", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    const ben = await world.join("Ben");
    await world.pass(1_000);
    const [tile] = ana.call.others.peek();
    world.room.presence(ben.link, "absent");
    await world.pass(30_000);
    assert.deepEqual(ana.call.others.peek(), [tile], "beats still arrive");
    world.network.cut = true;
    await world.pass(2_500);
    assert.deepEqual(ana.call.others.peek(), []);
    assert.equal(ana.call.notice.peek()?.key, "notice.gone");
    world.network.cut = false;
    world.room.presence(ben.link, "present");
    await world.pass(1_000);
    assert.deepEqual(ana.call.others.peek(), [tile], "the same tile again");
  }));

Deno.test("[CA12] time this page slept, or had no word of the server, takes nobody's tile", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    const ben = await world.join("Ben");
    await world.pass(1_000);
    world.room.presence(ben.link, "absent");
    world.network.cut = true;
    await world.pass(5_000);
    world.clock.jump(180_000);
    await world.pass(3_000);
    assert.equal(ana.call.others.peek().length, 1, "after a sleep");
    ana.link.become({ is: "connecting", sinceMs: world.clock.now() });
    await world.pass(60_000);
    assert.equal(ana.call.others.peek().length, 1, "while nobody could tell");
    ana.link.become({ is: "open" });
    await world.pass(15_000);
    assert.equal(ana.call.others.peek().length, 0, "20 s awake and in touch");
  }));

Deno.test("[CA13] a lost server is told after 2 s; tiles stay, and its return is told", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    await world.join("Ben");
    await world.pass(7_000);
    const tiles = ana.call.others.peek();
    ana.link.become({ is: "connecting", sinceMs: world.clock.now() });
    assert.equal(ana.call.phase.peek(), "resuming");
    await world.pass(1_900);
    assert.equal(ana.call.notice.peek(), null);
    await world.pass(10_000);
    assert.deepEqual(
      [ana.call.notice.peek()?.key, ana.call.notice.peek()?.stays],
      ["notice.serverLost", true],
    );
    assert.deepEqual(ana.call.others.peek(), tiles);
    assert.equal(tiles[0].link.peek().is, "connected");
    ana.link.become({ is: "open" });
    assert.equal(ana.call.phase.peek(), "live");
    assert.equal(ana.call.notice.peek()?.key, "notice.serverBack");
    assert.equal(ana.call.unreachableSince.peek(), null);
  }));

Deno.test("[CA15] who cannot reach the server is told, and let in when it answers", () =>
  inWorld(async (world) => {
    const ana = await world.open("Ana");
    world.room.loses = () => true;
    ana.link.become({ is: "connecting", sinceMs: world.clock.now() });
    const join = ana.link.join.bind(ana.link);
    ana.link.join = (request) => void ana.link.joins.push(request);
    ana.call.join();
    await world.pass(10_000);
    assert.deepEqual([ana.call.phase.peek(), ana.call.failure.peek()], ["failed", "unreachable"]);
    assert.equal(ana.call.unreachableSince.peek(), world.clock.now() - 10_000);
    ana.link.become({ is: "open" });
    join(ana.link.joins[0]);
    await settle();
    assert.equal(ana.call.phase.peek(), "waiting");
  }));

Deno.test("[CA15] a session taken elsewhere, and a page too old, are told apart", () =>
  inWorld(async (world) => {
    for (const [why, phase] of [["replaced", "replaced"], ["version", "failed"]] as const) {
      const ana = await world.join("Ana");
      ana.link.become({ is: "closed", why });
      assert.equal(ana.call.phase.peek(), phase);
      assert.equal(ana.call.failure.peek(), why === "version" ? "version" : null);
      assert.deepEqual(ana.call.others.peek(), []);
      assert.ok(ana.env.media.tracks.every(({ readyState }) => readyState === "ended"));
    }
  }));

Deno.test("[CA8] rooms with a typed name are not watched, and their ends name nobody", () =>
  inWorld(async (world) => {
    const room = asId<RoomId>("sunday lunch");
    const ana = await world.join("Ana", { room });
    const ben = await world.join("", { room });
    assert.equal(ana.link.watched, null);
    assert.equal(ana.call.others.peek()[0].name.peek(), "Guest");
    ben.call.leave();
    assert.deepEqual(ben.call.inside.peek(), { count: 1, capacity: 6, names: [] });
  }));

Deno.test("[CA16] a raised hand is seen and said; a changed name is seen", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    const ben = await world.join("Ben");
    ben.call.setHand(true);
    ben.call.setName("Benedict");
    await settle();
    const [tile] = ana.call.others.peek();
    assert.deepEqual([tile.hand.peek(), tile.name.peek()], [true, "Benedict"]);
    assert.equal(ben.call.hand.peek(), true);
    assert.deepEqual(ana.call.announcement.peek()?.values, { name: "Ben" });
  }));

Deno.test("[CA16] who speaks is marked, and a muted one is not", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    const ben = await world.join("Ben");
    await world.pass(1_000);
    const [tile] = ana.call.others.peek();
    const [microphone] = world.connections(ana)[0].getReceivers();
    microphone.level = 0.2;
    ben.env.media.metered.get(ben.env.media.tracks[0])!(0.2);
    await world.pass(400);
    assert.deepEqual([tile.speaking.peek(), ben.call.speaking.peek()], [true, true]);
    ben.call.media.setMicrophone(false);
    await world.pass(1_500);
    assert.deepEqual([tile.speaking.peek(), ben.call.speaking.peek()], [false, false]);
  }));
