import assert from "node:assert/strict";
import { Panels, type PanelsProps } from "../../components/Panels.tsx";
import { shortcutOf } from "../../lib/call/shortcuts.ts";
import { fakeCall, fakePerson } from "../support/fake_call.ts";
import { lacks } from "../support/permissions.ts";
import { importsOf, sources } from "../support/sources.ts";
import { buttonsIn, html, LINK } from "./support.tsx";

function panel(props: Partial<PanelsProps> & Pick<PanelsProps, "panel">): string {
  return html(
    <Panels
      call={fakeCall({ others: [fakePerson("Ben", 0)] })}
      room={{ name: "sunday-lunch", isPrivate: false, link: LINK }}
      shortcuts={{ on: true, set: () => {}, of: shortcutOf }}
      own={{ shown: true, large: false, corner: "bottom-right" }}
      onOwn={() => {}}
      onPanel={() => {}}
      more={[]}
      {...props}
    />,
  );
}

/** Names of the switches that are on. */
function switchesOn(text: string): (string | undefined)[] {
  return [...text.matchAll(/<input[^>]*\schecked\b[^>]*>/g)]
    .map(([tag]) => /aria-label="([^"]+)"/.exec(tag)?.[1]);
}

Deno.test("[MD11] original sound shows the filters off, whatever they are set to", () => {
  const filters = ["Remove echo", "Reduce noise", "Even out my loudness"];
  const sound = {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    original: false,
  };
  const filtered = panel({ panel: "settings", call: fakeCall({}, { sound }) });
  assert.deepEqual(switchesOn(filtered).slice(0, 3), filters);
  const call = fakeCall({}, { sound: { ...sound, original: true } });
  const original = panel({ panel: "settings", call });
  assert.deepEqual(switchesOn(original).filter((name) => filters.includes(name!)), []);
  assert.equal([...original.matchAll(/<input[^>]*\sdisabled\b/g)].length, 3);
});

Deno.test("[UI14] another camera is offered only where there is one", () => {
  const one = panel({ panel: "settings" });
  assert.ok(!buttonsIn(one).includes("Switch camera"));
  const two = panel({ panel: "settings", call: fakeCall({}, { canFlip: true }) });
  assert.ok(buttonsIn(two).includes("Switch camera"));
});

Deno.test("[UI16] one's own picture can be hidden, and made large in a call for two only", () => {
  const two = panel({ panel: "settings" });
  assert.match(two, /aria-label="Show my picture"/);
  assert.match(two, /aria-label="My picture large"/);
  const others = [fakePerson("Ben", 0), fakePerson("Carla", 1)];
  const three = panel({ panel: "settings", call: fakeCall({ others }) });
  assert.doesNotMatch(three, /My picture large/);
});

Deno.test("[UI10] the help lists every key that works, and the switch for them", () => {
  const text = panel({ panel: "keys" });
  const keys = [...text.matchAll(/<kbd>([^<]+)<\/kbd>/g)].map(([, key]) => key);
  assert.deepEqual(keys, ["M", "Space", "V", "H", "C", "P", "D", "W", "F", "?", "Arrows", "Esc"]);
  assert.deepEqual(switchesOn(text), ["Keyboard shortcuts"]);
});

Deno.test({
  name: "[UI17] what opens over a call or stands in its place is reached by import() alone",
  ignore: lacks("read"),
  fn() {
    const all = sources(["components", "islands"], [".tsx", ".ts"]);
    const importedBy = (file: string) =>
      all.filter((source) =>
        importsOf(source).some(({ target, typeOnly }) => target === file && !typeOnly)
      );
    const extras = all.find(({ path }) => path === "components/extras.ts")!;
    const later = importsOf(extras).map(({ target }) => target);
    assert.ok(later.includes("components/Panels.tsx"));
    for (const file of later) {
      assert.deepEqual(importedBy(file).map(({ path }) => path), [extras.path], file);
    }
    assert.deepEqual(importedBy(extras.path).map(({ path }) => path), ["islands/RoomLater.ts"]);
    const [island, ...others] = importedBy("islands/RoomLater.ts");
    assert.deepEqual([island.path, others], ["islands/Room.tsx", []]);
    assert.doesNotMatch(island.text, /from "\.\/RoomLater\.ts"/);
  },
});
