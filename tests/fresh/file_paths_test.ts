import assert from "node:assert/strict";
import { compareStems, pathOf } from "../../lib/fresh/server/file_paths.ts";

Deno.test("[FR6] a file's place in routes/ gives the path it answers", () => {
  const paths: [stem: string, path: string][] = [
    ["index", "/"],
    ["about", "/about"],
    ["blog/index", "/blog"],
    ["r/[room]", "/r/:room"],
    ["r/[room]/files", "/r/:room/files"],
    ["old/[...path]", "/old/:path*"],
    ["docs/[[version]]/index", "/docs{/:version}?"],
    ["(people)/about", "/about"],
    ["(people)/index", "/"],
    ["file-[name].json", "/file-:name.json"],
  ];
  for (const [stem, path] of paths) assert.equal(pathOf(stem), path, stem);
});

Deno.test("[FR6] the more exact path is tried first", () => {
  const order = [
    "index",
    "r/new",
    "r/[room]",
    "r/[room]/files",
    "r/[[page]]",
    "r/[...rest]",
    "[x]",
  ];
  for (let turn = 0; turn < order.length; turn++) {
    const shuffled = [...order.slice(turn), ...order.slice(0, turn)].reverse();
    assert.deepEqual(shuffled.sort(compareStems), order);
  }
});
