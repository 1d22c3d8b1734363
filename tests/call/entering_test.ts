import assert from "node:assert/strict";
import { Call } from "../../lib/call/call.ts";
import type { Entering } from "../../lib/call/entering.ts";
import { Media } from "../../lib/call/media.ts";
import { fakeEnv, settle } from "../support/fake_env.ts";
import { FakeRoom } from "../support/fake_link.ts";
import { FakeClock } from "../support/clock.ts";
import { FakeNetwork } from "../support/fake_rtc.ts";
import { ROOM } from "./people.ts";

function stage(entering: (env: ReturnType<typeof fakeEnv>) => Entering) {
  const env = fakeEnv({ clock: new FakeClock(), network: new FakeNetwork() });
  const link = new FakeRoom().connect();
  const loadCare = () => Promise.reject(new Error("not needed"));
  return { env, call: new Call({ room: ROOM, env, link, loadCare, entering: entering(env) }) };
}

Deno.test("[CA40] An accepted call goes into its room without a lobby, with the devices it has", async () => {
  let media!: Media;
  const { env, call } = stage((env) => ({ media: media = new Media(env), sends: true }));
  await media.askOnce();
  const asked = env.media.asked.length;
  await settle();
  env.clock.advance(200);
  await settle();
  assert.equal(call.phase.value, "waiting");
  assert.equal(call.media, media);
  assert.equal(env.media.asked.length, asked, "nothing is asked for twice");
  call.leave();
  call.dispose();
});

Deno.test("[CA40][CA29] Who only watches has no devices, whatever is pressed", async () => {
  const { env, call } = stage(() => ({ media: null, sends: false }));
  await settle();
  env.clock.advance(200);
  await settle();
  assert.equal(call.phase.value, "waiting");
  await call.media.setMicrophone(true);
  await call.media.setCamera(true);
  call.pushToTalk(true);
  await settle();
  assert.deepEqual(env.media.asked, []);
  assert.equal(call.together.canShare, false);
  assert.deepEqual([call.media.microphone.value.is, call.media.camera.value.is], [
    "failed",
    "failed",
  ]);
  assert.deepEqual(call.media.state.value, { microphone: false, camera: false, screen: false });
  call.leave();
  call.dispose();
});
