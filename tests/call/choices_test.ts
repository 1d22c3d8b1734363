/** Devices as people choose them: what returns is taken again, sound, resolution, sides, mirror. */
import assert from "node:assert/strict";
import { Media } from "../../lib/call/media.ts";
import { type FakeEnv, fakeEnv, settle } from "../support/fake_env.ts";
import type { FakeTrack } from "../support/fake_media.ts";

interface Setting {
  readonly env: FakeEnv;
  readonly media: Media;
  readonly told: string[];
  /** The tracks in use. */
  readonly microphone: () => FakeTrack;
  readonly camera: () => FakeTrack;
}

async function withDevices(
  test: (setting: Setting) => Promise<void>,
  env: FakeEnv = fakeEnv(),
): Promise<void> {
  const told: string[] = [];
  const media = new Media(env, (key, device) => told.push(`${key} ${device}`));
  const track = (kind: "microphone" | "camera") => () =>
    media.outgoing.peek().get(kind) as unknown as FakeTrack;
  try {
    await media.ask();
    await test({ env, media, told, microphone: track("microphone"), camera: track("camera") });
  } finally {
    media.dispose();
  }
  assert.ok(env.media.tracks.every(({ readyState }) => readyState === "ended"), "all released");
}

const HEADSET = { kind: "microphone", deviceId: "mic-2", label: "Headset" } as const;
const DESK_CAMERA = { kind: "camera", deviceId: "cam-2", label: "Desk camera" } as const;
const FRONT = { kind: "camera", deviceId: "front", label: "Front", facing: "user" } as const;
const BACK = { kind: "camera", deviceId: "back", label: "Back", facing: "environment" } as const;
const WIDE = { ...BACK, deviceId: "wide", label: "Wide" } as const;

function withCameras(...cameras: FakeEnv["media"]["plugged"]): FakeEnv {
  const env = fakeEnv();
  env.media.plugged = [env.media.plugged[0], ...cameras];
  return env;
}

async function pull({ env }: Setting, track: FakeTrack): Promise<void> {
  env.media.change(env.media.plugged.filter(({ deviceId }) => deviceId !== track.deviceId));
  track.unplug();
  await settle();
}

Deno.test("[MD10] the chosen device is taken again when it returns, muted as it is", () =>
  withDevices(async (setting) => {
    const { env, media, told, microphone } = setting;
    env.media.change([...env.media.plugged, HEADSET]);
    await settle();
    assert.equal(microphone().deviceId, "mic-1", "what nobody missed is not taken");
    await media.choose("microphone", "mic-2");
    await media.setMicrophone(false);
    const all = env.media.plugged;
    await pull(setting, microphone());
    assert.equal(microphone().deviceId, "mic-1");
    env.media.change(all);
    await settle();
    assert.equal(microphone().deviceId, "mic-2");
    assert.equal(microphone().enabled, false);
    assert.deepEqual(told, [
      "notice.microphoneFallback Desk microphone",
      "notice.microphoneBack Headset",
    ]);
  }));

Deno.test("[MD10] so is one that served without having been chosen", () =>
  withDevices(async (setting) => {
    const { env, told, camera } = setting;
    const all = env.media.plugged;
    await pull(setting, camera());
    assert.equal(camera().deviceId, "cam-2");
    env.media.change([...env.media.plugged, HEADSET]);
    await settle();
    assert.equal(camera().deviceId, "cam-2", "another device's coming changes nothing");
    env.media.change(all);
    await settle();
    assert.equal(camera().deviceId, "cam-1");
    assert.deepEqual(told, ["notice.cameraFallback Desk camera", "notice.cameraBack Lid camera"]);
  }, withCameras(...fakeEnv().media.plugged.slice(1), DESK_CAMERA)));

Deno.test("[MD10] who chose another one meanwhile keeps it", () =>
  withDevices(async (setting) => {
    const { env, media, camera } = setting;
    const all = env.media.plugged;
    await pull(setting, camera());
    await media.choose("camera", "cam-2");
    env.media.change(all);
    await settle();
    assert.equal(camera().deviceId, "cam-2");
  }, withCameras(...fakeEnv().media.plugged.slice(1), DESK_CAMERA)));

Deno.test("[MD11] another device is opened without being off to anybody meanwhile", () =>
  withDevices(async ({ env, media }) => {
    env.media.change([...env.media.plugged, HEADSET]);
    await settle();
    const seen: boolean[] = [];
    const stop = media.state.subscribe(({ microphone }) => void seen.push(microphone));
    let answer = () => {};
    env.media.answering = new Promise((done) => answer = done);
    const choosing = media.choose("microphone", "mic-2");
    await settle();
    assert.equal(media.microphone.peek().is, "on");
    answer();
    await choosing;
    stop();
    assert.deepEqual(seen, [true]);
  }));

Deno.test("[MD11] sound settings reopen the microphone where they must, and keep the mute", async () => {
  const first = fakeEnv();
  await withDevices(async ({ env, media, microphone }) => {
    await media.setMicrophone(false);
    const before = microphone();
    await media.setSound({ noiseSuppression: false });
    assert.notEqual(microphone(), before);
    assert.equal(microphone().enabled, false);
    assert.equal(microphone().contentHint, "speech");
    assert.deepEqual(env.media.constraints.at(-1)!.audio, {
      echoCancellation: true,
      noiseSuppression: false,
      autoGainControl: true,
      deviceId: { exact: "mic-1" },
    });
    await media.setSound({ original: true });
    assert.equal(microphone().contentHint, "music");
    const same = microphone();
    await media.setSound({ echoCancellation: false });
    assert.equal(microphone(), same, "it fits already");
  }, first);
  await withDevices(({ env, media }) => {
    assert.deepEqual(media.sound.peek(), {
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: true,
      original: true,
    });
    assert.deepEqual(env.media.constraints[0].audio, {
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
      channelCount: { ideal: 2 },
    });
    return Promise.resolve();
  }, fakeEnv({ browser: first.browser }));
});

Deno.test("[MD11] the camera takes another resolution in its place, and is sent anew", async () => {
  const first = fakeEnv();
  await withDevices(async ({ media, camera }) => {
    const before = media.outgoing.peek();
    const track = camera();
    await media.setResolution(360);
    assert.equal(camera(), track);
    assert.equal(track.getSettings().height, 360);
    assert.notEqual(media.outgoing.peek(), before, "senders look at its size again");
  }, first);
  const second = fakeEnv({ browser: first.browser });
  await withDevices(async ({ env, media }) => {
    assert.equal(media.resolution.peek(), 360);
    assert.deepEqual((env.media.constraints[0].video as MediaTrackConstraints).width, {
      ideal: 640,
    });
    await media.setCamera(false);
    await media.setResolution(1080);
    assert.deepEqual(env.media.asked, ["both"], "a camera that is off stays dark");
  }, second);
});

Deno.test("[MD11] an unknown kept resolution is the usual one", () => {
  const env = fakeEnv();
  env.browser.set("tertulia.resolution", "4000");
  return withDevices(({ media }) => {
    assert.equal(media.resolution.peek(), 720);
    return Promise.resolve();
  }, env);
});

Deno.test("[MD12] a phone's camera turns to its other side and back, and is remembered", () =>
  withDevices(async ({ env, media, camera }) => {
    assert.equal(media.canFlip.peek(), true);
    assert.deepEqual([camera().label, media.mirrored.peek()], ["Front", true]);
    await media.flip();
    assert.deepEqual([camera().label, media.mirrored.peek()], ["Back", false]);
    assert.equal(env.browser.get("tertulia.device.camera"), "back");
    await media.flip();
    assert.deepEqual([camera().label, media.mirrored.peek()], ["Front", true]);
  }, withPhone()));

/** Its usual back camera comes first among those that look away. */
function withPhone(): FakeEnv {
  return withCameras(FRONT, BACK, WIDE);
}

Deno.test("[MD12] other cameras follow one another; a dark one stays dark", () =>
  withDevices(async ({ media, camera }) => {
    await media.flip();
    assert.equal(camera().deviceId, "cam-2");
    await media.setCamera(false);
    await media.flip();
    assert.equal(camera(), undefined);
    await media.setCamera(true);
    assert.equal(camera().deviceId, "cam-1");
  }, withCameras(...fakeEnv().media.plugged.slice(1), DESK_CAMERA)));

Deno.test("[MD12] a single camera cannot be flipped, and nothing is asked", () =>
  withDevices(async ({ env, media }) => {
    assert.equal(media.canFlip.peek(), false);
    await media.flip();
    assert.deepEqual(env.media.asked, ["both"]);
  }));

Deno.test("[MD12] the mirror is chosen for each side, and remembered", async () => {
  const first = withPhone();
  await withDevices(async ({ media }) => {
    media.setMirrored(false);
    assert.equal(media.mirrored.peek(), false);
    await media.flip();
    media.setMirrored(true);
    assert.equal(media.mirrored.peek(), true);
    await media.flip();
    assert.equal(media.mirrored.peek(), false);
  }, first);
  await withDevices(({ media }) => {
    assert.equal(media.mirrored.peek(), false);
    return Promise.resolve();
  }, fakeEnv({ browser: first.browser }));
});
