/** The kept authority and certificate, with what makes them for real. */
import assert from "node:assert/strict";
import { fileStore } from "../../lib/store/files.ts";
import { memoryStore } from "../../lib/store/memory.ts";
import type { Store } from "../../lib/store/store.ts";
import { keepCertificates, type Kept, LAN_FILES } from "../../lib/tls/keep.ts";
import { fingerprintOf, readPair } from "../../lib/tls/pair.ts";
import { AUTHORITY_DAYS, DAY_MS, SERVER_DAYS } from "../../lib/tls/plan.ts";
import { lacks } from "../support/permissions.ts";
import { inTemporaryFolder } from "../support/temporary.ts";

const NOW = Date.parse("2026-11-26T12:00:00Z");
const HOSTS = ["192.168.1.7", "fd12::7", "attic.local"];

function keep(store: Store, hosts = HOSTS, nowMs = NOW): Promise<Kept> {
  return keepCertificates(store, { hosts, place: "attic", nowMs });
}

async function text(store: Store, name: typeof LAN_FILES[keyof typeof LAN_FILES]) {
  return new TextDecoder().decode(await store.read(name) ?? assert.fail(`no ${name}`));
}

/** Kept by one authority: its fingerprint. */
async function authorityOf(store: Store): Promise<string> {
  return fingerprintOf(await text(store, LAN_FILES.authority));
}

/** The served pair as a server reads it. */
async function served(store: Store) {
  const files = {
    crt: await text(store, LAN_FILES.server),
    key: await text(store, LAN_FILES.serverKey),
  };
  return readPair({ cert: "crt", key: "key" }, NOW, (path) => files[path as "crt" | "key"]);
}

Deno.test("[LN4] A certificate is made once, for every host, and kept", async () => {
  const store = memoryStore();
  assert.deepEqual(await keep(store), { done: "first", newAuthority: true });
  assert.deepEqual((await served(store)).hosts, HOSTS);
  const before = await text(store, LAN_FILES.server);
  const none = () => assert.fail("nothing is to be made");
  const kept = { hosts: HOSTS.toReversed(), place: "attic", nowMs: NOW };
  assert.deepEqual(await keepCertificates(store, kept, none), {
    done: "kept",
    newAuthority: false,
  });
  assert.equal(await text(store, LAN_FILES.server), before);
});

Deno.test("[LN4] An address that comes or goes brings a new certificate of the same authority", async () => {
  const store = memoryStore();
  await keep(store);
  const authority = await authorityOf(store);
  for (
    const hosts of [["192.168.1.8", "attic.local"], ["192.168.1.8", "10.0.0.3", "attic.local"]]
  ) {
    assert.deepEqual(await keep(store, hosts), { done: "addresses", newAuthority: false });
    assert.deepEqual((await served(store)).hosts, hosts);
  }
  assert.equal(await authorityOf(store), authority);
});

Deno.test("[LN4] So does an end that is near; the authority stays as long as it serves", async () => {
  const store = memoryStore();
  await keep(store);
  const authority = await authorityOf(store);
  const near = NOW + (SERVER_DAYS - 30) * DAY_MS;
  assert.equal((await keep(store, HOSTS, near - 1000)).done, "kept");
  assert.deepEqual(await keep(store, HOSTS, near + 1000), { done: "expiry", newAuthority: false });
  assert.equal(await authorityOf(store), authority);
  const last = NOW + (AUTHORITY_DAYS - SERVER_DAYS) * DAY_MS + 1000;
  assert.deepEqual(await keep(store, HOSTS, last), { done: "first", newAuthority: true });
  assert.notEqual(await authorityOf(store), authority);
});

Deno.test("[LN4] What does not fit together is made anew", async () => {
  const store = memoryStore();
  await keep(store);
  const authority = await authorityOf(store);
  await store.write(LAN_FILES.serverKey, new TextEncoder().encode("not a key"));
  assert.deepEqual(await keep(store), { done: "first", newAuthority: false });
  assert.equal(await authorityOf(store), authority);
  const other = memoryStore();
  await keep(other);
  await store.write(LAN_FILES.authorityKey, (await other.read(LAN_FILES.authorityKey))!);
  assert.deepEqual(await keep(store), { done: "first", newAuthority: true });
  assert.ok((await served(store)).hosts.length > 0);
});

Deno.test({
  name: "[LN3] Files are for the server's own user, and for no repository, wherever they are",
  ignore: lacks("read", "write", "run") || Deno.build.os === "windows",
  fn: () =>
    inTemporaryFolder(async (folder) => {
      await new Deno.Command("git", { args: ["init", "-q", folder] }).output();
      const place = `${folder}/anywhere/lan`;
      await keep(await fileStore(place));
      for (const name of Object.values(LAN_FILES)) {
        assert.equal(Deno.statSync(`${place}/${name}`).mode! & 0o777, 0o600, name);
      }
      assert.equal(Deno.statSync(place).mode! & 0o777, 0o700);
      const { stdout } = await new Deno.Command("git", {
        args: ["-C", folder, "status", "--porcelain", "--untracked-files=all"],
      }).output();
      assert.equal(new TextDecoder().decode(stdout), "", "git sees nothing of it");
    }),
});
