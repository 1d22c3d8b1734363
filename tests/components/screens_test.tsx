import assert from "node:assert/strict";
import { AskName } from "../../components/AskName.tsx";
import { Home } from "../../components/screens/Home.tsx";
import { extras } from "../../components/use_extras.ts";
import type { Phase } from "../../lib/call/model.ts";
import { fakeCall } from "../support/fake_call.ts";
import { scenes } from "../support/gallery/scenes.ts";
import { buttonsIn, html, LINK, roomHtml, tagsWith } from "./support.tsx";

const SCENES = scenes(() => null, 1_750_000_000_000);
const PHASES: readonly Phase[] = [
  "lobby",
  "joining",
  "waiting",
  "live",
  "resuming",
  "full",
  "denied",
  "replaced",
  "ended",
  "failed",
];
const home = (
  <Home
    onNewCall={() => {}}
    onJoin={() => null}
    onIntent={() => {}}
    busy={false}
    broken={false}
    table={<AskName me={{ is: "none" }} disabled={false} broken={false} onTake={() => {}} />}
  />
);

/** DESIGN, section 7: the buttons each screen must have, by name. */
const BUTTONS: Readonly<Record<string, readonly string[]>> = {
  lobby: ["Mute microphone", "Stop camera", "Join call"],
  "lobby-idle": ["Show my camera", "Join call"],
  joining: ["Join call"],
  denied: ["Try again", "Join call"],
  waiting: ["Mute microphone", "Stop camera", "Raise hand", "Leave call", "Invite", "Settings"],
  live: ["Mute microphone", "Stop camera", "Raise hand", "Leave call", "Invite", "Settings"],
  "live-off": ["Unmute microphone", "Start camera", "Lower hand", "Leave call"],
  full: ["Try now", "New call"],
  replaced: ["Use here"],
  ended: ["Rejoin"],
  failed: ["Try now"],
};

for (const [scene, names] of Object.entries(BUTTONS)) {
  Deno.test(`[UI4] "${scene}" has the buttons ${names.join(", ")}`, () => {
    const there = buttonsIn(roomHtml(SCENES[scene]()));
    assert.deepEqual(names.filter((name) => !there.includes(name)), []);
  });
}

Deno.test("[UI4] home has New call, Just the two of us, Room name and Join", () => {
  const text = html(home);
  assert.deepEqual(buttonsIn(text), ["New call", "Join", "Take this name"]);
  assert.match(text, /role="switch" aria-label="Just the two of us"/);
  assert.match(text, /<label for="([\w-]+)">Room name<\/label>.*?<input[^>]* id="\1"/s);
  assert.match(text, /A name can be guessed\. New call makes one that cannot\./);
});

Deno.test("[UI4] a tool's word is part of its name, and says its key", () => {
  for (const lang of ["en", "es"] as const) {
    for (const scene of ["live", "live-off"]) {
      const text = roomHtml(SCENES[scene](), lang);
      const tools = [...text.matchAll(
        /<button[^>]* class="tool [^>]*aria-label="([^"]+)".*?class="tool-word"[^>]*>([^<]+)/gs,
      )];
      assert.ok(tools.length >= 6);
      for (const [, name, word] of tools) {
        assert.ok(name.toLowerCase().includes(word.toLowerCase()), `${word} in ${name}`);
      }
      assert.deepEqual(
        tagsWith(text, "aria-keyshortcuts").map((tag) => /keyshortcuts="(.)"/.exec(tag)?.[1]),
        ["M", "V", "H", "C", "P"],
      );
    }
  }
});

Deno.test("[UI6] the room says its phase, whatever it is", () => {
  for (const phase of PHASES) {
    const text = roomHtml({ room: "private", call: fakeCall({ phase }) });
    assert.deepEqual(tagsWith(text, "data-phase").length, 1);
    assert.match(text, new RegExp(`data-phase="${phase}"`));
  }
});

Deno.test("[UI6] every screen has one main heading, which can take the focus", () => {
  for (const [name, scene] of Object.entries(SCENES)) {
    const text = roomHtml(scene());
    assert.equal([...text.matchAll(/<h1[^>]*tabindex="-1"/gi)].length, 1, name);
  }
  assert.equal([...html(home).matchAll(/<h1/g)].length, 1);
});

Deno.test("[UI6] another tab's call asks, and never shows the stage", () => {
  const call = fakeCall({ phase: "lobby", elsewhere: true });
  assert.deepEqual(buttonsIn(roomHtml({ room: "private", call })).includes("Use here"), true);
});

Deno.test("[UI7] a private room's lobby says who is inside, a named one's does not", () => {
  const inside = { count: 2, capacity: 6, names: ["Ben", "Carla"] };
  const told = roomHtml({ room: "private", call: fakeCall({ inside }) });
  assert.match(told, /Ben and Carla are inside\./);
  const untold = roomHtml({ room: "sunday-lunch", call: fakeCall({ inside }) });
  assert.doesNotMatch(untold, /Ben|Carla|are inside/);
  assert.match(untold, /Anyone who guesses the name can come in\./);
});

Deno.test("[UI7] a full private room says so before one tries", () => {
  const inside = { count: 2, capacity: 2, names: ["Ben"] };
  const text = roomHtml({ room: "private", call: fakeCall({ inside }) });
  assert.match(text, /Ben and 1 other are inside\..*Every seat is taken\./s);
});

Deno.test("[UI8] no screen has a style attribute or an inline handler", () => {
  for (const lang of ["en", "es"] as const) {
    const all = Object.values(SCENES).map((scene) => roomHtml(scene(), lang));
    for (const text of [...all, html(home, lang)]) {
      assert.deepEqual(tagsWith(text, "style"), []);
      assert.deepEqual(tagsWith(text, "on\\w+"), []);
    }
  }
});

Deno.test("[UI11] alone, one has the whole link to copy, and its code", () => {
  const text = roomHtml(SCENES.waiting());
  assert.ok(text.includes(`value="${LINK}"`));
  assert.match(text, /<svg[^>]*role="img" aria-label="QR code with the link to this room"/);
});

Deno.test("[UI14] no control stands for what is not there yet", () => {
  for (const scene of Object.values(SCENES)) {
    const here = scene();
    const text = roomHtml(here);
    assert.doesNotMatch(text, /[Ee]ncrypted/);
    if (!here.call.together.canShare) assert.doesNotMatch(text, /Share screen/);
  }
});

Deno.test("[UI14] devices that fail are named, with what to do", () => {
  const text = roomHtml({
    room: "private",
    call: fakeCall({}, {
      camera: { is: "failed", why: "busy" },
      microphone: { is: "failed", why: "absent" },
    }),
  });
  assert.match(text, /Another program uses your camera\. Close it and try again\./);
  assert.match(text, /No microphone found\. Plug one in, or join and listen\./);
});

Deno.test("[UI14] the end says how long it was and who still sits there", () => {
  const text = roomHtml(SCENES.ended());
  assert.match(text, /You talked for 42 minutes\..*Ben, Carla and Dario are still at the table\./s);
  const short = fakeCall({ phase: "ended", lastedMs: 20_000 });
  assert.match(roomHtml({ room: "private", call: short }), /less than a minute/);
  const long = fakeCall({ phase: "ended", lastedMs: 95 * 60_000 });
  assert.match(roomHtml({ room: "private", call: long }), /You talked for 1 hour and 35 min\./);
});

Deno.test("[UI17] the lobby stays until a screen's code has come; to say so needs none", () => {
  const all = extras.value;
  try {
    extras.value = null;
    for (const scene of ["denied", "full", "ended", "replaced"]) {
      assert.deepEqual(buttonsIn(roomHtml(SCENES[scene]())).at(-1), "Join call", scene);
    }
    assert.deepEqual(buttonsIn(roomHtml(SCENES.failed())), ["Try now"]);
    assert.ok(buttonsIn(roomHtml(SCENES.waiting())).includes("Leave call"));
  } finally {
    extras.value = all;
  }
});
