import assert from "node:assert/strict";
import { fileStore } from "../../lib/store/files.ts";
import { memoryStore } from "../../lib/store/memory.ts";
import { openStore } from "../../lib/store/open.ts";
import type { Store } from "../../lib/store/store.ts";
import { keptLog } from "../support/kept_log.ts";
import { lacks } from "../support/permissions.ts";
import { inTemporaryFolder } from "../support/temporary.ts";

const ONE = new Uint8Array([1, 2, 3]);
const OTHER = new Uint8Array([4, 5]);

async function checkStore(store: Store): Promise<void> {
  assert.equal(await store.read("signing-key"), null);
  assert.deepEqual(await store.add("signing-key", ONE), ONE);
  assert.deepEqual(await store.add("signing-key", OTHER), ONE);
  assert.deepEqual(await store.read("signing-key"), ONE);
  await store.write("signing-key", OTHER);
  assert.deepEqual(await store.read("signing-key"), OTHER);
}

const files = lacks("read", "write");

Deno.test("[ST1][ST2] In memory a value is written, replaced whole, and not added twice", async () => {
  const store = memoryStore();
  await checkStore(store);
  (await store.read("signing-key"))?.fill(9);
  assert.deepEqual(await store.read("signing-key"), OTHER, "what was read is a copy");
});

Deno.test({
  name: "[ST1][ST2] In files a value is written, replaced whole, and not added twice",
  ignore: files,
  fn: () =>
    inTemporaryFolder(async (folder) => {
      await checkStore(await fileStore(`${folder}/deep/data`));
      const left = [...Deno.readDirSync(`${folder}/deep/data`)].map((entry) => entry.name);
      assert.deepEqual(left, ["signing-key"], "nothing is left beside the value");
    }),
});

Deno.test({
  name: "[ST2] Of many that add at once one stands, and all are told which",
  ignore: files,
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const stores = await Promise.all(Array.from({ length: 8 }, () => fileStore(folder)));
      const told = await Promise.all(
        stores.map((store, index) => store.add("signing-key", new Uint8Array([index]))),
      );
      assert.equal(new Set(told.map((value) => value[0])).size, 1);
    }),
});

Deno.test({
  name: "[ST3] Only the server's own user may read what is kept",
  ignore: files || Deno.build.os === "windows",
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const store = await fileStore(`${folder}/data`);
      await store.add("signing-key", ONE);
      assert.equal((Deno.statSync(`${folder}/data`).mode ?? 0) & 0o777, 0o700);
      assert.equal((Deno.statSync(`${folder}/data/signing-key`).mode ?? 0) & 0o777, 0o600);
    }),
});

Deno.test({
  name: "[ST5] Where nothing may be written the store is memory, and the log says so",
  ignore: files,
  fn: () =>
    inTemporaryFolder(async (folder) => {
      await Deno.writeFile(`${folder}/taken`, ONE);
      const { log, lines } = keptLog();
      const store = await openStore(`${folder}/taken`, log);
      assert.equal(store.lasting, false);
      assert.match(lines[0], / warn .*cannot be written/);
    }),
});

Deno.test({
  name: "[ST5] A host without the right to write is such a host",
  permissions: { write: false },
  async fn() {
    const { log } = keptLog();
    assert.equal((await openStore("data", log)).lasting, false);
  },
});
