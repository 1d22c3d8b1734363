import assert from "node:assert/strict";
import { Panels } from "../../components/Panels.tsx";
import { shortcutOf } from "../../lib/call/shortcuts.ts";
import { fakeCall, fakePerson } from "../support/fake_call.ts";
import { type FakeCompany, fakeCompany } from "../support/fake_company.ts";
import { scenes } from "../support/gallery/scenes.ts";
import { asId } from "../../lib/protocol/ids.ts";
import { buttonsIn, html, LINK, roomHtml } from "./support.tsx";

const SCENES = scenes(() => null, 0);

function panel(is: "chat" | "people", facts: FakeCompany): string {
  const others = [
    fakePerson("Ben", 0, { speaking: true }),
    fakePerson("Carla", 1, { microphoneOn: false }),
  ];
  return html(
    <Panels
      panel={is}
      call={fakeCall({
        name: "Ana",
        seat: asId("seat-ana"),
        others,
        company: fakeCompany(facts),
      })}
      room={{ name: "lunch", isPrivate: false, link: LINK }}
      shortcuts={{ on: true, set: () => {}, of: shortcutOf }}
      own={{ shown: true, large: false, corner: "bottom-right" }}
      onOwn={() => {}}
      onPanel={() => {}}
      more={[]}
    />,
  );
}

/** The text people read, without marks. */
const words = (text: string) => text.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

Deno.test("[PE1] the panel says who is here, speaks, is muted, has a hand up, and is owner", () => {
  const text = words(panel("people", { hands: ["Carla", "Ana"], owners: ["Ben"] }));
  assert.match(text, /Ana \(you\) 2 Hand up, number 2/);
  assert.match(text, /Ben Looks after the room Speaking/);
  assert.match(text, /Carla 1 Hand up, number 1 Muted/);
});

Deno.test("[RO2] only an owner is shown the lock", () => {
  assert.ok(panel("people", { role: "owner" }).includes("Lock the room"));
  assert.ok(!panel("people", { owners: ["Ben"] }).includes("Lock the room"));
  assert.ok(panel("people", { locked: true }).includes("The room is locked."));
});

Deno.test("[RO4] who knocks stands in the panel, with both answers", () => {
  const text = panel("people", { knocks: ["Greta"] });
  assert.match(words(text), /Greta knocks at the door\./);
  assert.deepEqual(buttonsIn(text).slice(1, 3), ["Let in", "Not now"]);
});

Deno.test("[CH5] what looks like markup is shown as it was written", () => {
  const text = panel("chat", {
    said: [{ name: "<i>", text: '<b>"x"</b> JaVaScRiPt:alert(1) https://a.example/' }],
  });
  assert.ok(text.includes("&lt;b>&quot;x&quot;&lt;/b> JaVaScRiPt:alert(1) "));
  assert.deepEqual([...text.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href), [
    "https://a.example/",
  ]);
  assert.match(text, /target="_blank" rel="noopener noreferrer/);
});

Deno.test("[CH6] chat is a log, and its button counts what is new", () => {
  assert.match(panel("chat", {}), /role="log" aria-label="Messages"/);
  const text = roomHtml(SCENES.company());
  assert.match(text, /aria-label="Chat"[^>]*aria-description="2 unread messages"/);
  assert.match(text, /<span class="badge" data-count="2">/);
});

Deno.test("[PE2] who hears nobody sees so in the tray", () => {
  const call = fakeCall({ phase: "live", company: fakeCompany({ deaf: true }) });
  const text = roomHtml({ room: "private", call });
  assert.match(text, /class="tool from-tablet off"[^>]*aria-label="People"[^>]*"You hear nobody\./);
});

Deno.test("[CH4] what waits, failed or cannot be read says so", () => {
  const text = words(panel("chat", {
    said: [
      { isMine: true, text: "one", state: "waiting" },
      { isMine: true, text: "two", state: "failed" },
      { text: null },
    ],
  }));
  assert.match(text, /one Waiting for the server.*two Not sent.*cannot be read here/);
});

Deno.test("[RO7] before the door, waiting there, and removed: each has its words", () => {
  const locked = roomHtml(SCENES.locked());
  assert.match(locked, /data-phase="full" data-door="locked"/);
  assert.deepEqual(buttonsIn(locked).at(-1), "Knock");
  const knocking = roomHtml(SCENES.knocking());
  assert.match(knocking, /data-phase="joining" data-door="knocking"/);
  assert.deepEqual(buttonsIn(knocking).at(-1), "Stop waiting");
  assert.match(roomHtml(SCENES.removed()), /You were removed from the call\./);
});

Deno.test("[PE3] a request is a question with two answers", () => {
  const text = roomHtml(SCENES.asked());
  assert.match(words(text), /Ben asks you to mute\. Mute me Keep talking/);
});
