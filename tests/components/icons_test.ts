import assert from "node:assert/strict";
import { ICON_NAMES } from "../../components/Icon.tsx";
import { lacks } from "../support/permissions.ts";
import { sources } from "../support/sources.ts";

Deno.test({
  name: "[UI12] the sprite has every icon, none besides, and names its licence",
  ignore: lacks("read"),
  fn() {
    const [sprite] = sources(["static"], ["icons.svg"]);
    const drawn = [...sprite.text.matchAll(/<symbol id="([^"]+)"/g)].map(([, name]) => name);
    assert.deepEqual(drawn, [...ICON_NAMES]);
    assert.match(sprite.text, /Lucide.*ISC License/);
    const code = sources(["components"], [".tsx", ".ts"])
      .filter(({ path }) => !path.endsWith("/Icon.tsx")).map(({ text }) => text).join("\n");
    assert.deepEqual(ICON_NAMES.filter((name) => !code.includes(`"${name}"`)), []);
  },
});
