import assert from "node:assert/strict";
import { fakeCall, fakePerson } from "../support/fake_call.ts";
import { scenes } from "../support/gallery/scenes.ts";
import { roomHtml, tagsWith } from "./support.tsx";

const SCENES = scenes(() => null, 0);

const { phase, seat } = SCENES.live().call;
const stands = { phase: phase.value, seat: seat.value };

/** The part of HTML that is one person's tile. */
function tileOf(text: string, seat: string): string {
  const start = text.indexOf(`data-peer="${seat}"`);
  const next = text.indexOf("data-peer=", start + 1);
  return text.slice(text.lastIndexOf("<", start), next === -1 ? undefined : next);
}

Deno.test("[UI5] each person is a group with their name, their seat and a video inside", () => {
  const text = roomHtml(SCENES["live-three"]());
  const groups = tagsWith(text, "data-peer");
  assert.deepEqual(
    groups.map((
      tag,
    ) => [/aria-label="([^"]+)"/.exec(tag)?.[1], /data-peer="([^"]+)"/.exec(tag)?.[1]]),
    [["Ben", "seat-ben"], ["Carla", "seat-carla"], ["Ana", "seat-ana"]],
  );
  assert.ok(groups.every((tag) => tag.includes('role="group"')));
  assert.deepEqual(tagsWith(text, "data-self").length, 1);
  for (const seat of ["seat-ben", "seat-carla", "seat-ana"]) {
    assert.match(tileOf(text, seat), /<video/);
  }
});

Deno.test("[UI5] one's own picture is mirrored and silent, others' are neither", () => {
  const text = roomHtml(SCENES.live());
  assert.match(tileOf(text, "seat-ana"), /<video class="mirrored"[^>]* muted/);
  assert.doesNotMatch(tileOf(text, "seat-ben"), /mirrored|<video[^>]* muted/);
  assert.match(tileOf(text, "seat-ben"), /<video[^>]* autoplay[^>]* playsinline/i);
});

Deno.test("[UI5] alone, one's own seat is the same group", () => {
  const text = roomHtml(SCENES.waiting());
  const own = tileOf(text, "seat-ana");
  assert.match(own, /role="group" aria-label="Ana"/);
  assert.match(own, /<video class="mirrored"/);
});

Deno.test("[UI5] muted, camera off, hand and speech are said in words", () => {
  const quiet = fakePerson("Ben", 0, { microphoneOn: false, cameraOn: false, hand: true });
  const loud = fakePerson("Carla", 1, { speaking: true });
  const call = fakeCall({ ...stands, others: [quiet, loud] });
  const text = roomHtml({ room: "private", call });
  const ben = tileOf(text, "seat-ben");
  for (const words of ["Muted", "Camera off", "Hand up"]) assert.ok(ben.includes(words), words);
  assert.match(ben, /data-camera="off"/);
  assert.ok(tileOf(text, "seat-carla").includes("Speaking"));
  assert.doesNotMatch(tileOf(text, "seat-carla"), /Muted|Camera off|Hand up/);
});

Deno.test("[UI5] a broken way to somebody says who, why and how one's own side is", () => {
  const dario = fakePerson("Dario", 2, { link: { is: "reconnecting", why: "their-network" } });
  const text = roomHtml({ room: "private", call: fakeCall({ ...stands, others: [dario] }) });
  assert.match(text, /Dario is reconnecting/);
  assert.match(text, /Their network changed a moment ago\. Your side is fine\./);
});

Deno.test("[UI18] a weak or relayed connection is said in words, a good one is not mentioned", () => {
  const ben = fakePerson("Ben", 0, { weak: true });
  const carla = fakePerson("Carla", 1, { relayed: true });
  const others = [ben, carla, fakePerson("Dario", 2)];
  const text = roomHtml({ room: "private", call: fakeCall({ ...stands, others }) });
  const said = ["ben", "carla", "dario"].map((who) =>
    ["Weak connection", "Goes through a relay"].filter((words) =>
      tileOf(text, `seat-${who}`).includes(words)
    )
  );
  assert.deepEqual(said, [["Weak connection"], ["Goes through a relay"], []]);
});

Deno.test("[UI16] for two one's own picture floats with a grip; for more nobody's does", () => {
  const two = roomHtml(SCENES.live());
  assert.match(tileOf(two, "seat-ana"), /aria-label="Move my picture"/);
  assert.doesNotMatch(tileOf(two, "seat-ben"), /Move my picture/);
  assert.doesNotMatch(roomHtml(SCENES["live-three"]()), /Move my picture/);
});
