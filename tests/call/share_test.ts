/** Screens between people who meet on fakes. */
import assert from "node:assert/strict";
import { CARE_AFTER_MS } from "../../lib/call/tending.ts";
import { settle } from "../support/fake_env.ts";
import { refusal } from "../support/fake_media.ts";
import { inWorld, type Person, type World } from "./people.ts";

async function together({ call }: Person) {
  return await call.together.bring() ?? assert.fail("nothing together");
}

async function share(world: World, person: Person) {
  const { share } = await together(person);
  await share.start();
  await world.pass(300);
  return share;
}

const screenOf = ({ call }: Person, at = 0) => call.others.peek()[at].screen.peek();
const kinds = (stream: MediaStream | null) => stream?.getTracks().map(({ kind }) => kind);
const key = ({ call }: Person) => call.notice.peek()?.key;

/** What a person sends to each of the others, by the senders' own tracks. */
const sent = (world: World, person: Person) =>
  world.connections(person).map((each) =>
    each.getTransceivers().map(({ sender }) => sender.track?.id.replace(/\d/g, "")).slice(2)
  );

Deno.test("[SH1] a screen goes beside the camera, with its sound, and to those who come later", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    const ben = await world.join("Ben");
    await world.pass(200);
    ana.screen.withSound = true;
    const stream = ben.call.others.peek()[0].stream.peek();
    assert.equal(screenOf(ben), null);
    await share(world, ana);
    assert.deepEqual(kinds(screenOf(ben)), ["video", "audio"]);
    assert.equal(ben.call.others.peek()[0].stream.peek(), stream, "the camera is as it was");
    assert.equal(ana.screen.tracks[0].contentHint, "detail");
    const seen = screenOf(ben);
    const cem = await world.join("Cem");
    await world.pass(300);
    assert.deepEqual(kinds(screenOf(cem)), ["video", "audio"]);
    assert.equal(screenOf(ben), seen, "it goes on as it was");
    assert.deepEqual(sent(world, ana), [["screen-", "sound-"], ["screen-", "sound-"]]);
  }));

Deno.test("[SH1] it goes over a new connection too", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    const ben = await world.join("Ben");
    await share(world, ana);
    world.network.cut = true;
    await world.pass(18_000);
    world.network.cut = false;
    await world.pass(12_000);
    assert.deepEqual(kinds(screenOf(ben)), ["video"]);
    assert.deepEqual(sent(world, ana), [["screen-"]]);
  }));

Deno.test("[SH2] who thinks better of it is told nothing, who fails is told what to do", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    await world.pass(200);
    ana.screen.refused = refusal("NotAllowedError");
    const { is } = await share(world, ana);
    assert.deepEqual([is.peek(), key(ana)], ["off", undefined]);
    const system = new DOMException("Permission denied by system", "NotAllowedError");
    for (const why of [system, refusal("NotReadableError")]) {
      ana.screen.refused = why;
      await share(world, ana);
      assert.deepEqual([is.peek(), key(ana)], ["off", "notice.shareFailed"]);
    }
    ana.screen.refused = null;
    await share(world, ana);
    assert.equal(is.peek(), "on", "and may try again");
  }));

Deno.test("[SH2] a choice that comes after the end of the call is let go", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    let choose = () => {};
    ana.screen.choosing = new Promise((done) => choose = done);
    const { share } = await together(ana);
    share.start();
    assert.equal(share.is.peek(), "asking");
    ana.call.leave();
    choose();
    await settle();
    assert.deepEqual(ana.screen.tracks.map(({ readyState }) => readyState), ["ended"]);
    assert.equal(ana.call.media.state.peek().screen, false);
  }));

Deno.test("[SH3] frozen, a still takes the place of picture and sound, for late comers too", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    const ben = await world.join("Ben");
    ana.screen.withSound = true;
    const { freeze, frozen, stop } = bound(await share(world, ana));
    const before = world.room.passed.length;
    await freeze(true);
    await world.pass(200);
    assert.equal(frozen.peek(), true);
    assert.deepEqual(sent(world, ana), [["still of screen-", undefined]]);
    assert.equal(world.room.passed.length, before, "without a negotiation");
    assert.equal(ana.screen.tracks[0].readyState, "live", "it is not stopped");
    assert.equal(ana.call.announcement.peek()?.key, "notice.frozen");
    const cem = await world.join("Cem");
    await world.pass(300);
    assert.deepEqual(kinds(screenOf(cem)), ["video"]);
    assert.deepEqual(sent(world, ana), [["still of screen-", undefined], ["still of screen-"]]);
    await freeze(false);
    await world.pass(300);
    assert.deepEqual(sent(world, ana), [["screen-", "sound-"], ["screen-", "sound-"]]);
    await freeze(true);
    stop();
    await world.pass(200);
    assert.ok(ana.screen.tracks.every(({ readyState }) => readyState === "ended"));
    assert.equal(screenOf(ben), null);
    assert.equal(frozen.peek(), false);
  }));

Deno.test("[SH3] what cannot be frozen is said to go on", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    const { freeze, frozen, is } = bound(await share(world, ana));
    ana.screen.refused = new Error("no picture");
    await freeze(true);
    assert.deepEqual([frozen.peek(), is.peek(), key(ana)], [false, "on", "notice.freezeFailed"]);
  }));

Deno.test("[SH4] the browser's own bar ends it; the sound alone may end before", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    const ben = await world.join("Ben");
    ana.screen.withSound = true;
    const { is } = await share(world, ana);
    const [picture, sound] = ana.screen.tracks;
    sound.unplug();
    await world.pass(200);
    assert.deepEqual(sent(world, ana), [["screen-", undefined]]);
    assert.equal(is.peek(), "on");
    picture.unplug();
    await world.pass(200);
    assert.equal(is.peek(), "off");
    assert.equal(screenOf(ben), null);
    assert.deepEqual(sent(world, ana), [[undefined, undefined]]);
    const { microphone, camera } = ana.call.media.state.peek();
    assert.deepEqual([microphone, camera], [true, true]);
  }));

Deno.test("[SH4] it ends with the call, and with the tab's seat", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    const ben = await world.join("Ben");
    await share(world, ana);
    ana.call.leave();
    assert.deepEqual(ana.screen.tracks.map(({ readyState }) => readyState), ["ended"]);
    await share(world, ben);
    ben.call.dispose();
    assert.deepEqual(ben.screen.tracks.map(({ readyState }) => readyState), ["ended"]);
  }));

Deno.test("[SH5] two may share; the newest of the others' has the stage until it ends", () =>
  inWorld(async (world) => {
    const [ana, ben, cem] = [
      await world.join("Ana"),
      await world.join("Ben"),
      await world.join("Cem"),
    ];
    await world.pass(CARE_AFTER_MS);
    const { staged, screens, pin } = bound(await together(cem));
    const held = () => screens.peek().find(({ seat }) => seat === staged.peek()?.picture.seat);
    await share(world, ana);
    assert.equal(key(cem), "notice.shares");
    assert.equal(held()?.name.peek(), "Ana");
    const bens = await share(world, ben);
    assert.equal(held()?.name.peek(), "Ben");
    await share(world, cem);
    assert.equal(held()?.name.peek(), "Ben", "one's own does not take it");
    assert.deepEqual(screens.peek().map(({ isOwn }) => isOwn), [false, false, true]);
    pin({ seat: ana.call.seat.peek()!, kind: "screen" });
    assert.equal(held()?.name.peek(), "Ana");
    pin({ seat: ana.call.seat.peek()!, kind: "screen" });
    bens.stop();
    await world.pass(200);
    assert.equal(held()?.name.peek(), "Ana");
    assert.equal(key(cem), "notice.shareEnded");
  }));

Deno.test("[SH6] who shares sees what the others see: the screen, or its still", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    const { preview, freeze } = bound(await share(world, ana));
    const shown = () =>
      (preview.peek()?.getTracks() as unknown as { id: string }[])?.map(({ id }) => id);
    assert.deepEqual(shown(), ["screen-0"]);
    await freeze(true);
    assert.deepEqual(shown(), ["still of screen-0"]);
    assert.equal(ana.call.announcement.peek()?.key, "notice.frozen");
  }));

Deno.test("[LY2] somebody who speaks while another has the stage gets it once that is due", () =>
  inWorld(async (world) => {
    const [ana, ben, cem] = [
      await world.join("Ana"),
      await world.join("Ben"),
      await world.join("Cem"),
    ];
    await world.pass(CARE_AFTER_MS);
    const { staged, nextView } = bound(await together(ana));
    nextView();
    const speak = (person: Person, level: number) => {
      for (const each of world.connections(person)) {
        for (const receiver of each.remote?.getReceivers() ?? []) receiver.level = level;
      }
    };
    const has = () => staged.peek()?.picture.seat;
    speak(ben, 0.5);
    await world.pass(400);
    assert.equal(has(), ben.call.seat.peek());
    speak(ben, 0);
    speak(cem, 0.5);
    await world.pass(1_000);
    assert.equal(has(), ben.call.seat.peek());
    await world.pass(2_000);
    assert.equal(has(), cem.call.seat.peek());
  }));

Deno.test("[LY3] views are chosen apart for calls with and without a share", () =>
  inWorld(async (world) => {
    const [ana, ben] = [await world.join("Ana"), await world.join("Ben")];
    await world.pass(CARE_AFTER_MS);
    const { view, nextView } = bound(await together(ana));
    assert.equal(view.peek(), "grid");
    nextView();
    assert.deepEqual([view.peek(), key(ana)], ["side", "notice.viewSide"]);
    const bens = await share(world, ben);
    assert.equal(view.peek(), "speaker");
    nextView();
    nextView();
    assert.deepEqual([view.peek(), key(ana)], ["grid", "notice.viewGrid"]);
    bens.stop();
    await world.pass(200);
    assert.equal(view.peek(), "side");
    nextView();
    assert.deepEqual([view.peek(), key(ana)], ["grid", "notice.viewTwo"]);
  }));

/** Its methods, to be called apart from it. */
function bound<Model extends object>(model: Model): Model {
  return new Proxy(model, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
