import assert from "node:assert/strict";
import { addressGroup, clientAddress, isLoopback, isNearby } from "../lib/address.ts";

function from(hostname: string, forwarded: string | null, proxies: number): string {
  const remoteAddr: Deno.NetAddr = { transport: "tcp", hostname, port: 5 };
  const headers = new Headers(forwarded === null ? {} : { "x-forwarded-for": forwarded });
  return clientAddress({ remoteAddr }, headers, proxies);
}

Deno.test("[SE13] X-Forwarded-For is ignored unless proxies are trusted", () => {
  assert.equal(from("203.0.113.1", "198.51.100.1", 0), "203.0.113.1");
  assert.equal(from("10.0.0.1", "198.51.100.1", 1), "198.51.100.1");
});

Deno.test("[SE13] Only what the trusted proxies wrote is believed", () => {
  const forged = "1.1.1.1, 198.51.100.1, 10.0.0.2";
  assert.equal(from("10.0.0.1", forged, 1), "10.0.0.2");
  assert.equal(from("10.0.0.1", forged, 2), "198.51.100.1");
  assert.equal(from("10.0.0.1", "198.51.100.1", 2), "198.51.100.1");
});

Deno.test("[SE13] What is no address leaves the connection's own", () => {
  for (const text of ["", "unknown", "999.1.1.1", "<script>", "1.2.3"]) {
    assert.equal(from("10.0.0.1", text, 1), "10.0.0.1", text);
  }
  assert.equal(from("10.0.0.1", null, 1), "10.0.0.1");
});

Deno.test("[SE13] An address is told in its plain form", () => {
  assert.equal(from("::ffff:203.0.113.1", null, 0), "203.0.113.1");
  assert.equal(from("10.0.0.1", "[2001:db8::7]:4711", 1), "2001:db8::7");
  assert.equal(from("10.0.0.1", "198.51.100.1:4711", 1), "198.51.100.1");
  assert.equal(
    clientAddress({ remoteAddr: { transport: "unix", path: "/x" } }, new Headers(), 0),
    "unknown",
  );
});

Deno.test("[SE13] Limits count an IPv6 network as one address", () => {
  assert.equal(addressGroup("203.0.113.1"), "203.0.113.1");
  assert.equal(addressGroup("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  assert.equal(addressGroup("2001:DB8:1:2::9"), "2001:db8:1:2::/64");
  assert.equal(addressGroup("2001:db8::1"), "2001:db8:0:0::/64");
  assert.equal(addressGroup("::1"), "0:0:0:0::/64");
});

Deno.test("[CF4] What is near: this machine, private networks and their names", () => {
  const near = ["localhost", "127.9.9.9", "::1", "10.1.2.3", "172.16.0.1", "172.31.255.1"]
    .concat(
      "192.168.0.1",
      "169.254.1.1",
      "fd12::1",
      "fe80::1",
      "printer.lan",
      "a.localhost",
      "nas",
    );
  const far = ["example.org", "172.15.0.1", "172.32.0.1", "192.169.0.1", "2001:db8::1"]
    .concat("local.example.org", "11.0.0.1", "127.example.org");
  for (const host of near) assert.ok(isNearby(host), host);
  for (const host of far) assert.ok(!isNearby(host), host);
  assert.ok(!isLoopback("127.example.org"));
});
