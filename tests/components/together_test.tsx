/** What people do together, as it is rendered. */
import assert from "node:assert/strict";
import { ShareBar } from "../../components/ShareBar.tsx";
import type { Lang } from "../../lib/i18n/catalogue.ts";
import { fakeCall, fakePerson } from "../support/fake_call.ts";
import {
  fakePointer,
  fakeScreen,
  fakeTogether,
  seatNamed,
  type TogetherNow,
} from "../support/fake_together.ts";
import { buttonsIn, html, roomHtml, tagsWith } from "./support.tsx";

/** Ana's page, with Ben and Carla in the call. */
function page(now: TogetherNow | null = {}, names = ["Ben", "Carla"], lang: Lang = "en"): string {
  const others = names.map((name, colour) => fakePerson(name, colour));
  const seat = seatNamed("Ana");
  const values = { phase: "live", seat, name: "Ana", others } as const;
  const call = fakeCall(values, {}, now && fakeTogether(now));
  return roomHtml({ room: "private", call }, lang);
}

const shared: TogetherNow = {
  screens: [fakeScreen("Ben", null), fakeScreen("Ana", null, true)],
  staged: { picture: { seat: seatNamed("Ben"), kind: "screen" }, view: "speaker" },
  pointers: [fakePointer("Carla", "Ben", 0.5, 0.5)],
};
/** The opening tags of what has the stage. */
const onStage = (text: string) =>
  tagsWith(text, "class").filter((tag) => /class="[^"]*\bon-stage\b/.test(tag));

Deno.test("[SH2] a screen is offered to be shared only where the browser can", () => {
  assert.ok(buttonsIn(page()).includes("Share screen"));
  assert.ok(!buttonsIn(page(null)).includes("Share screen"));
  assert.ok(buttonsIn(page({ isSharing: true })).includes("Stop sharing"));
});

Deno.test("[SH5] a share has the stage and a dock; another one is brought there by a press", () => {
  const text = page(shared);
  assert.equal(onStage(text).length, 1);
  assert.match(onStage(text)[0], /aria-label="Screen of Ben" data-share="seat-ben"/);
  assert.match(text, /Ben is sharing.*You are sharing/s);
  const buttons = buttonsIn(text);
  for (const name of ["Point", "Zoom out", "Zoom in", "Show large: My screen"]) {
    assert.equal(buttons.filter((each) => each === name).length, 1, name);
  }
});

Deno.test("[SH6] a bar says that one shares, and that the picture is frozen", () => {
  const bar = (now: TogetherNow) => html(<ShareBar together={fakeTogether(now)} />);
  assert.equal(bar({}), "");
  assert.match(bar({ isSharing: true }), /You are sharing your screen\./);
  assert.deepEqual(buttonsIn(bar({ isSharing: true })), ["Freeze", "Stop"]);
  assert.match(bar({ isSharing: true, frozen: true }), /The others see a still picture\./);
  assert.deepEqual(buttonsIn(bar({ isSharing: true, frozen: true })), ["Go on", "Stop"]);
});

Deno.test("[PT5] a pointer bears its owner's seat, name and colour, on that picture only", () => {
  const text = page(shared);
  const [pointer, ...more] = tagsWith(text, "data-pointer");
  assert.deepEqual(more, []);
  assert.match(pointer, /class="pointer pointer-2" data-pointer="seat-carla"/);
  assert.match(text, /class="pointer-name">Carla</);
});

Deno.test("[PT6] a screen is pointed at from the start, a camera's picture once one wants to", () => {
  const text = page(shared);
  const pressed = [...text.matchAll(/<button[^>]*aria-pressed="(\w+)"[^>]*>(.*?)<\/button>/gs)]
    .filter(([, , inside]) => inside.includes("#mouse-pointer-2"))
    .map(([button, on]) => [/aria-label="([^"]+)"/.exec(button)?.[1] ?? "Point", on]);
  assert.deepEqual(pressed, [
    ["Point", "true"],
    ["Point at the picture of Ben", "false"],
    ["Point at the picture of Carla", "false"],
  ]);
});

Deno.test("[LY1] somebody is pinned where there is more than one to see", () => {
  assert.ok(buttonsIn(page()).includes("Pin Ben"));
  assert.ok(!buttonsIn(page({}, ["Ben"])).includes("Pin Ben"));
  assert.ok(buttonsIn(page(shared, ["Ben"])).includes("Pin Ben"));
  const pinned = { picture: { seat: seatNamed("Ben"), kind: "camera" }, view: "speaker" } as const;
  assert.match(onStage(page({ staged: pinned }))[0], /aria-label="Ben" data-peer="seat-ben"/);
});

Deno.test("[LY3] the view is changed by a tool that says its key, where there is another", () => {
  const tool = tagsWith(page(), "aria-keyshortcuts").find((tag) => /"W"/.test(tag));
  assert.match(tool ?? "", /aria-label="Change view"/);
  assert.ok(!buttonsIn(page({}, [])).includes("Change view"));
});

Deno.test("[UI8] with a share and pointers too, no element has a style attribute", () => {
  for (const lang of ["en", "es"] as const) {
    assert.deepEqual(tagsWith(page(shared, ["Ben", "Carla"], lang), "style"), []);
  }
});
