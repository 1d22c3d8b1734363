import assert from "node:assert/strict";
import { Media } from "../../lib/call/media.ts";
import type { DeviceState } from "../../lib/call/model.ts";
import { type FakeEnv, fakeEnv, settle } from "../support/fake_env.ts";

interface Setting {
  readonly env: FakeEnv;
  readonly media: Media;
  readonly told: string[];
}

async function withMedia(
  test: (setting: Setting) => Promise<void>,
  env: FakeEnv = fakeEnv(),
): Promise<void> {
  const told: string[] = [];
  const media = new Media(env, (key, device) => told.push(`${key} ${device}`));
  try {
    await test({ env, media, told });
  } finally {
    media.dispose();
  }
  assert.ok(env.media.tracks.every(({ readyState }) => readyState === "ended"), "all released");
  assert.equal(env.media.metered.size, 0);
}

const words = (state: DeviceState) => state.is === "failed" ? `failed ${state.why}` : state.is;
const states = ({ microphone, camera }: Media) => [
  words(microphone.peek()),
  words(camera.peek()),
];

Deno.test("[MD7] both devices are asked for in one question", () =>
  withMedia(async ({ env, media }) => {
    assert.deepEqual(states(media), ["idle", "idle"]);
    const asking = media.ask();
    await Promise.resolve();
    assert.deepEqual(states(media), ["asking", "asking"]);
    await asking;
    assert.deepEqual(env.media.asked, ["both"]);
    assert.deepEqual(states(media), ["on", "on"]);
    assert.deepEqual(media.state.peek(), { microphone: true, camera: true, screen: false });
    assert.equal(media.preview.peek()?.getTracks().length, 1);
    assert.deepEqual(media.devices.peek().map(({ label }) => label), [
      "Desk microphone",
      "Lid camera",
    ]);
  }));

const REFUSALS = [
  ["[MD1] a denied camera leaves the microphone", "NotAllowedError", "denied"],
  ["[MD2] a missing camera leaves the microphone", "NotFoundError", "absent"],
  ["[MD3] a camera held by another program leaves the microphone", "NotReadableError", "busy"],
] as const;
for (const [title, name, why] of REFUSALS) {
  Deno.test(title, () =>
    withMedia(async ({ env, media }) => {
      env.media.refused.camera = name;
      await media.ask();
      assert.deepEqual(env.media.asked, ["both", "microphone", "camera"]);
      assert.deepEqual(states(media), ["on", `failed ${why}`]);
      assert.deepEqual([...media.outgoing.peek().keys()], ["microphone"]);
      env.media.refused.camera = null;
      await media.setCamera(true);
      assert.deepEqual(states(media), ["on", "on"]);
    }));
}

Deno.test("[MD1] on an insecure page nothing throws, and the reason is told", () =>
  withMedia(async ({ env, media }) => {
    env.media.secure = false;
    await media.ask();
    assert.deepEqual(states(media), ["failed insecure", "failed insecure"]);
  }));

Deno.test("[LN11] an insecure page knows at load that it has no devices", () =>
  withMedia(async ({ env, media }) => {
    env.media.secure = false;
    await media.start();
    assert.deepEqual(states(media), ["failed insecure", "failed insecure"]);
  }));

Deno.test("[MD4] mute is at once, keeps the track, and survives a reload", async () => {
  const first = fakeEnv();
  await withMedia(async ({ env, media }) => {
    await media.ask();
    const [microphone] = env.media.tracks;
    media.setMicrophone(false);
    assert.equal(microphone.enabled, false);
    assert.equal(microphone.readyState, "live");
    assert.deepEqual(states(media), ["off", "on"]);
    media.setCamera(false);
  }, first);
  await withMedia(async ({ env, media }) => {
    assert.deepEqual(states(media), ["off", "off"]);
    await media.ask();
    assert.deepEqual(env.media.asked, ["microphone"], "a camera that is off stays dark");
    assert.equal(env.media.tracks[0].enabled, false);
    assert.deepEqual(states(media), ["off", "off"]);
  }, fakeEnv({ tab: first.tab }));
});

Deno.test("[MD4] muting while the browser still asks holds", () =>
  withMedia(async ({ env, media }) => {
    let answer = () => {};
    env.media.answering = new Promise((done) => answer = done);
    const asking = media.ask();
    await settle();
    media.setMicrophone(false);
    media.setCamera(false);
    answer();
    await asking;
    assert.deepEqual(states(media), ["off", "off"]);
    assert.deepEqual(env.media.tracks.map(({ enabled, readyState }) => [enabled, readyState]), [
      [false, "live"],
      [true, "ended"],
    ]);
  }));

Deno.test("[MD3] what the browser gives after all was let go is let go too", () =>
  withMedia(async ({ env, media }) => {
    let answer = () => {};
    env.media.answering = new Promise((done) => answer = done);
    const asking = media.ask();
    await settle();
    media.release();
    assert.deepEqual(states(media), ["idle", "idle"]);
    answer();
    await asking;
    assert.deepEqual(states(media), ["idle", "idle"]);
    assert.ok(env.media.tracks.every(({ readyState }) => readyState === "ended"));
    await media.ask();
    assert.deepEqual(states(media), ["on", "on"]);
  }));

Deno.test("[MD5] a device that goes gives way to another, mute and all, and it is said", () =>
  withMedia(async ({ env, media, told }) => {
    env.media.plugged.push({ kind: "microphone", deviceId: "mic-2", label: "Headset" });
    await media.ask();
    media.setMicrophone(false);
    env.media.plugged.shift();
    env.media.tracks[0].unplug();
    await settle();
    assert.deepEqual(told, ["notice.microphoneFallback Headset"]);
    assert.deepEqual(media.microphone.peek(), { is: "off", deviceId: "mic-2", label: "Headset" });
    assert.equal(env.media.tracks.at(-1)!.enabled, false);
  }));

Deno.test("[MD5] where there is no other device it is said, and one plugged in later is taken", () =>
  withMedia(async ({ env, media, told }) => {
    const all = env.media.plugged;
    await media.ask();
    env.media.change(all.slice(0, 1));
    env.media.tracks[1].unplug();
    await settle();
    assert.deepEqual(told, ["notice.cameraLost "]);
    assert.deepEqual(states(media), ["on", "failed absent"]);
    env.media.change(all);
    await settle();
    assert.deepEqual(states(media), ["on", "on"]);
  }));

Deno.test("[MD6] camera off frees the camera; on again opens it anew", () =>
  withMedia(async ({ env, media }) => {
    await media.ask();
    const camera = env.media.tracks[1];
    media.setCamera(false);
    assert.equal(camera.readyState, "ended");
    assert.equal(media.preview.peek(), null);
    assert.equal(media.outgoing.peek().has("camera"), false);
    await media.setCamera(true);
    assert.notEqual(media.outgoing.peek().get("camera"), camera as unknown);
    assert.deepEqual(env.media.asked, ["both", "camera"]);
  }));

Deno.test("[MD7] at load only devices allowed before are taken", () =>
  withMedia(async ({ env, media }) => {
    env.media.permissions.camera = "prompt";
    await media.start();
    assert.deepEqual(states(media), ["on", "idle"]);
    assert.deepEqual(env.media.asked, ["microphone"]);
  }));

Deno.test("[MD7] joining asks for what was never asked for, not again for what was refused", () =>
  withMedia(async ({ env, media }) => {
    env.media.refused.camera = "NotAllowedError";
    await media.setCamera(true);
    await media.askOnce();
    assert.deepEqual(env.media.asked, ["camera", "microphone"]);
  }));

Deno.test("[MD8] a choice is kept in this browser, and another device serves while it is away", async () => {
  const first = fakeEnv();
  const second = { kind: "camera", deviceId: "cam-2", label: "Desk camera" } as const;
  await withMedia(async ({ env, media }) => {
    env.media.plugged.push(second);
    await media.ask();
    await media.choose("camera", "cam-2");
    assert.equal(env.media.tracks[1].readyState, "ended");
    assert.deepEqual(media.camera.peek(), { is: "on", deviceId: "cam-2", label: "Desk camera" });
    await media.choose("camera", "gone");
    assert.deepEqual(media.camera.peek(), { is: "on", deviceId: "cam-2", label: "Desk camera" });
    await media.choose("camera", "cam-2");
    await media.choose("speaker", "loud");
  }, first);
  await withMedia(async ({ media }) => {
    assert.equal(media.speakerId.peek(), "loud");
    await media.ask();
    assert.equal(words(media.camera.peek()), "on");
  }, fakeEnv({ browser: first.browser }));
});

Deno.test("[MD9] only a live microphone is measured", () =>
  withMedia(async ({ env, media }) => {
    await media.ask();
    const [track] = env.media.tracks;
    env.media.metered.get(track)!(0.5);
    assert.equal(media.level.peek(), 1);
    media.setMicrophone(false);
    assert.equal(env.media.metered.size, 0);
    assert.equal(media.level.peek(), 0);
    media.setMicrophone(true);
    assert.equal(env.media.metered.size, 1);
  }));
