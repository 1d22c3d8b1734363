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

Deno.test("[UI10] M, V and H work microphone, camera and hand, in either case", () => {
  assert.equal(shortcutOf(press("m"), false), "microphone");
  assert.equal(shortcutOf(press("V"), false), "camera");
  assert.equal(shortcutOf(press("h"), false), "hand");
  assert.equal(shortcutOf(press("x"), false), null);
  assert.equal(shortcutOf(press("Enter"), false), null);
});

Deno.test("[UI10] letters are letters where text is written, and the browser's with a modifier", () => {
  for (const key of Object.values(SHORTCUT_KEYS)) {
    assert.equal(shortcutOf(press(key), true), null);
    for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { repeat: true }]) {
      assert.equal(shortcutOf(press(key, more), false), null);
    }
  }
});
