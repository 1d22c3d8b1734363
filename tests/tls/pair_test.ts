import assert from "node:assert/strict";
import { issue, makeAuthority } from "../../lib/tls/authority.ts";
import { readPair, TlsError } from "../../lib/tls/pair.ts";
import { DAY_MS } from "../../lib/tls/plan.ts";

const NOW = Date.parse("2026-11-26T12:00:00Z");
const authority = await makeAuthority("attic", NOW);
const one = await issue(authority, ["192.168.1.7"], NOW);
const other = await issue(authority, ["192.168.1.7"], NOW);

const FILES: Readonly<Record<string, string | Error>> = {
  "one.crt": one.certificate,
  "one.key": one.key,
  "other.key": other.key,
  "chain.crt": one.certificate + authority.certificate,
  "words": "nothing of the kind",
  "locked": new Deno.errors.PermissionDenied("no"),
};

function read(path: string): string {
  const found = FILES[path] ?? new Deno.errors.NotFound(path);
  if (found instanceof Error) throw found;
  return found;
}

Deno.test("[LN8] A certificate and its key are read, a chain too", () => {
  for (const cert of ["one.crt", "chain.crt"]) {
    const pair = readPair({ cert, key: "one.key" }, NOW, read);
    assert.deepEqual(pair, { cert: FILES[cert], key: one.key, hosts: ["192.168.1.7"] });
  }
});

const faults: [string, string, number, RegExp][] = [
  ["none", "one.key", 0, /^TLS_CERT: there is no file none$/],
  ["one.crt", "none", 0, /^TLS_KEY: there is no file none$/],
  ["locked", "one.key", 0, /^TLS_CERT: locked cannot be read \(PermissionDenied\)$/],
  ["words", "one.key", 0, /^TLS_CERT: words has no certificate/],
  ["one.crt", "words", 0, /^TLS_KEY: words has no private key.*password/],
  ["one.crt", "other.key", 0, /^TLS_KEY: other.key is not the key of .* one.crt: name two/],
  ["one.crt", "one.key", 91, /^TLS_CERT: one.crt ended on .*2027.*: renew it/],
];

for (const [cert, key, days, said] of faults) {
  Deno.test(`[LN8] ${cert} with ${key} after ${days} days is refused by name, with the remedy`, () => {
    const reading = () => readPair({ cert, key }, NOW + days * DAY_MS, read);
    assert.throws(reading, (error) => {
      assert.ok(error instanceof TlsError);
      assert.match(error.message, said);
      return true;
    });
  });
}
