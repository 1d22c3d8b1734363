import assert from "node:assert/strict";
import { securityHeaders } from "../../lib/security.ts";
import { redirect, type SecurePlace } from "../../lib/tls/redirect.ts";

const PLACE: SecurePlace = {
  hosts: ["192.168.1.7", "fd12::7", "attic.local", "*.calls.example"],
  port: 8443,
  authority: "-----BEGIN CERTIFICATE-----\n",
};

function ask(url: string, place = PLACE, method = "GET"): Response {
  return redirect(new Request(url, { method }), place);
}

const ways: [string, string][] = [
  ["http://192.168.1.7:8080/", "https://192.168.1.7:8443/"],
  ["http://attic.local:8080/r/sunday?x=1", "https://attic.local:8443/r/sunday?x=1"],
  ["http://[FD12:0::7]:8080/r/%2F", "https://[fd12::7]:8443/r/%2F"],
  ["http://a.calls.example/", "https://a.calls.example:8443/"],
  ["http://a.b.calls.example/", "https://192.168.1.7:8443/"],
  ["http://localhost:8080/", "https://192.168.1.7:8443/"],
  ["http://evil.example/r/x", "https://192.168.1.7:8443/r/x"],
  ["http://192.168.1.7//evil.example/", "https://192.168.1.7:8443//evil.example/"],
];

for (const [from, to] of ways) {
  Deno.test(`[LN6] ${from} leads to ${to}`, () => {
    const response = ask(from);
    assert.equal(response.status, 307);
    assert.equal(response.headers.get("location"), to);
    assert.equal(response.headers.get("cache-control"), "no-store");
    for (const [name, value] of Object.entries(securityHeaders(null))) {
      assert.equal(response.headers.get(name), value);
    }
  });
}

Deno.test("[LN6] The usual port of https is left out", () => {
  const response = ask("http://attic.local/", { ...PLACE, port: 443 });
  assert.equal(response.headers.get("location"), "https://attic.local/");
});

Deno.test("[LN6] /ca.crt is the authority, where there is one of ours", async () => {
  const response = ask("http://192.168.1.7:8080/ca.crt");
  assert.equal(response.headers.get("content-type"), "application/x-x509-ca-cert");
  assert.equal(await response.text(), PLACE.authority);
  assert.equal(ask("http://192.168.1.7/ca.crt", { ...PLACE, authority: null }).status, 307);
});

Deno.test("[LN6] It takes nothing, and leads nowhere without a host", () => {
  assert.equal(ask("http://192.168.1.7/ca.crt", PLACE, "POST").status, 405);
  assert.equal(ask("http://a.example/", { ...PLACE, hosts: ["*.calls.example"] }).status, 404);
});
