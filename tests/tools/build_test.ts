import assert from "node:assert/strict";
import { isStale } from "../../tools/build.ts";
import { lacks } from "../support/permissions.ts";
import { inTemporaryFolder } from "../support/temporary.ts";

const OLD = new Date("2026-01-01T00:00:00Z");
const BUILT = new Date("2026-01-02T00:00:00Z");
const NEW = new Date("2026-01-03T00:00:00Z");

/** A checkout with a source, a folder and a build, each of a known time. */
async function checkout(root: string): Promise<void> {
  await Deno.mkdir(`${root}/routes/api`, { recursive: true });
  await Deno.mkdir(`${root}/_fresh`);
  await Deno.writeTextFile(`${root}/main.ts`, "");
  await Deno.writeTextFile(`${root}/routes/api/one.ts`, "");
  await Deno.writeTextFile(`${root}/_fresh/server.js`, "");
  await Deno.utime(`${root}/_fresh/server.js`, BUILT, BUILT);
  for (const path of ["main.ts", "routes/api/one.ts", "routes/api", "routes"]) {
    await Deno.utime(`${root}/${path}`, OLD, OLD);
  }
}

const changes: [string, (root: string) => Promise<void>, boolean][] = [
  ["nothing changed", () => Promise.resolve(), false],
  ["a file is newer", (root) => Deno.utime(`${root}/routes/api/one.ts`, NEW, NEW), true],
  ["a file is gone", (root) => Deno.remove(`${root}/routes/api/one.ts`), true],
  ["there is no build", (root) => Deno.remove(`${root}/_fresh/server.js`), true],
  ["something else is newer", (root) => Deno.writeTextFile(`${root}/README.md`, ""), false],
];

for (const [what, change, stale] of changes) {
  Deno.test({
    name: `[SV11] When ${what}, there is ${stale ? "something" : "nothing"} to build`,
    ignore: lacks("read", "write"),
    fn: () =>
      inTemporaryFolder(async (root) => {
        await checkout(root);
        await change(root);
        assert.equal(await isStale(root), stale);
      }),
  });
}
