import assert from "node:assert/strict";
import { ASKING_PATIENCE_MS, KEPT_MS, Phone, type Prepare } from "../../lib/call/phone.ts";
import type { Talk } from "../../lib/call/names_model.ts";
import { asId, type CallId, type RoomId } from "../../lib/protocol/ids.ts";
import { FakeClock } from "../support/clock.ts";
import { fakeEnv, settle } from "../support/fake_env.ts";
import { FakeRoom } from "../support/fake_link.ts";
import { fakeNames } from "../support/fake_phone.ts";
import { FakeNetwork } from "../support/fake_rtc.ts";

const call = asId<CallId>("call");
const TALK: Talk = {
  call,
  with: "Ben",
  room: asId<RoomId>("room"),
  address: "/r/room#k=secret",
  kind: "talk",
  sends: true,
  camera: true,
  theirCamera: true,
  over: false,
};
const PLACED = { call, to: "Ben", kind: "talk", stage: { is: "calling" } } as const;
const ANSWERING = { call, from: "Ben", kind: "talk", answering: true } as const;

function stage() {
  const clock = new FakeClock();
  const env = fakeEnv({ clock, network: new FakeNetwork() });
  const names = fakeNames();
  let prepare!: Prepare;
  const phone = new Phone(env, new FakeRoom().connect(), (given) => {
    prepare = given;
    return names;
  });
  return { clock, env, names, phone, prepare };
}

Deno.test("[CA40] Devices asked for before a call are the room's, and asked for once", async () => {
  const { clock, env, names, phone, prepare } = stage();
  names.outgoing.value = PLACED;
  await prepare(true);
  const media = phone.media.value!;
  assert.deepEqual([media.microphone.value.is, media.camera.value.is], ["on", "on"]);
  names.outgoing.value = null; // accepted, and the secret is being agreed on
  clock.advance(KEPT_MS - 1);
  names.talk.value = TALK;
  clock.advance(10 * KEPT_MS);
  const entering = phone.enter(TALK);
  assert.equal(entering.media, media);
  assert.equal(media.camera.value.is, "on", "the light never went out");
  const asked = env.media.asked.length;
  await entering.media!.askOnce();
  assert.equal(env.media.asked.length, asked);
  phone.dispose();
  assert.equal(media.camera.value.is, "on", "the phone has nothing to do with them any more");
  entering.media!.dispose();
});

Deno.test("[CA40] A call that comes to nothing lets the devices go", async () => {
  const { clock, names, phone, prepare } = stage();
  names.outgoing.value = PLACED;
  await prepare(true);
  const media = phone.media.value!;
  names.outgoing.value = { ...PLACED, stage: { is: "over", why: "declined" } };
  clock.advance(KEPT_MS);
  assert.equal(phone.media.value, null);
  assert.notEqual(media.camera.value.is, "on");
  phone.dispose();
});

Deno.test("[CA40] Answered without camera, the next call has it again", async () => {
  const { clock, names, phone, prepare } = stage();
  names.incoming.value = ANSWERING;
  await prepare(false);
  assert.deepEqual(
    [phone.media.value!.microphone.value.is, phone.media.value!.camera.value.is],
    ["on", "off"],
  );
  assert.equal(phone.wills().camera, false, "a reload in the call keeps it off");
  names.incoming.value = null;
  names.talk.value = TALK;
  phone.enter(TALK).media!.dispose();
  names.talk.value = { ...TALK, over: true };
  clock.advance(KEPT_MS);
  assert.equal(phone.wills().camera, true);
  phone.dispose();
});

Deno.test("[CA40] A question nobody answers does not keep the call", async () => {
  const { clock, env, names, phone, prepare } = stage();
  env.media.answering = new Promise(() => {});
  names.outgoing.value = PLACED;
  let ready = false;
  const preparing = prepare(true).then(() => ready = true);
  await settle();
  assert.equal(ready, false);
  clock.advance(ASKING_PATIENCE_MS);
  await preparing;
  assert.equal(ready, true);
  phone.dispose();
});

Deno.test("[CA40] Who only watches brings no device", async () => {
  const { names, phone, prepare } = stage();
  names.outgoing.value = PLACED;
  await prepare(true); // a call before this one
  const media = phone.media.value!;
  assert.deepEqual(phone.enter({ ...TALK, sends: false }), { media: null, sends: false });
  assert.notEqual(media.camera.value.is, "on");
  phone.dispose();
});
