import assert from "node:assert/strict";
import { memoryStore } from "../../lib/store/memory.ts";
import { signingKey } from "../../lib/store/signing_key.ts";
import type { Store } from "../../lib/store/store.ts";
import { keptLog } from "../support/kept_log.ts";

const SECRET = "a secret that is long enough to be one";

function lastingStore(): Store {
  return { ...memoryStore(), lasting: true };
}

Deno.test("[ST4] The key is the same after a restart", async () => {
  const store = lastingStore();
  const { log, lines } = keptLog();
  const before = await signingKey(null, store, log);
  assert.equal(before.length, 32);
  assert.deepEqual(await signingKey(null, store, log), before);
  assert.deepEqual(lines, []);
});

Deno.test("[ST4] A SESSION_SECRET gives the same key on every host, and nothing is kept", async () => {
  const { log, lines } = keptLog();
  const store = lastingStore();
  const here = await signingKey(SECRET, store, log);
  assert.deepEqual(await signingKey(SECRET, memoryStore(), log), here);
  assert.notDeepEqual(await signingKey(`${SECRET}!`, memoryStore(), log), here);
  assert.equal(await store.read("signing-key"), null);
  assert.deepEqual(lines, []);
});

Deno.test("[ST5] Where nothing lasts a fresh key serves, with a warning", async () => {
  const { log, lines } = keptLog();
  const one = await signingKey(null, memoryStore(), log);
  assert.notDeepEqual(await signingKey(null, memoryStore(), log), one);
  assert.match(lines[0], / warn .*SESSION_SECRET/);
});

Deno.test("[ST4] A damaged key is replaced, with a warning that does not show it", async () => {
  const store = lastingStore();
  await store.write("signing-key", new Uint8Array([1, 2, 3]));
  const { log, lines } = keptLog();
  const key = await signingKey(null, store, log);
  assert.equal(key.length, 32);
  assert.deepEqual(await signingKey(null, store, log), key);
  assert.equal(lines.length, 1);
});
