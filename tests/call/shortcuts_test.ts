import assert from "node:assert/strict";
import { type KeyPress, SHORTCUT_KEYS, shortcutOf } from "../../lib/call/shortcuts.ts";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...more,
});

Deno.test("[UI10] letters work the call in either case, Space talks, ? helps", () => {
  const asks = Object.fromEntries(
    ["m", "V", "h", "F", " ", "?", "x", "Enter"].map((key) => [
      key,
      shortcutOf(press(key), "nothing"),
    ]),
  );
  assert.deepEqual(asks, {
    m: "microphone",
    V: "camera",
    h: "hand",
    F: "fullScreen",
    " ": "talk",
    "?": "help",
    x: null,
    Enter: null,
  });
});

Deno.test("[UI10] Space presses a control that has the focus; letters work there too", () => {
  assert.equal(shortcutOf(press(" "), "control"), null);
  assert.equal(shortcutOf(press("m"), "control"), "microphone");
});

Deno.test("[UI10] letters are letters where text is written, and the browser's with a modifier", () => {
  for (const key of Object.values(SHORTCUT_KEYS)) {
    assert.equal(shortcutOf(press(key), "text"), null);
    for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { repeat: true }]) {
      assert.equal(shortcutOf(press(key, more), "nothing"), null);
    }
  }
});
