import assert from "node:assert/strict";
import {
  canonicalHost,
  type InterfaceAddress,
  lanHosts,
  publicAddresses,
} from "../../lib/tls/hosts.ts";

const at = (name: string, address: string): InterfaceAddress => ({
  name,
  address,
  family: address.includes(":") ? "IPv6" : "IPv4",
});

const HOME = [
  at("lo", "127.0.0.1"),
  at("lo", "::1"),
  at("docker0", "172.17.0.1"),
  at("wlan0", "fe80::1c2:3ff:fe4:5"),
  at("wlan0", "FD12:0:0::7"),
  at("wlan0", "192.168.1.7"),
  at("eth1", "169.254.8.9"),
  at("wlan0", "2001:db8::7"),
  at("ppp0", "203.0.113.7"),
];

Deno.test("[LN1] What phones reach comes first, networks inside the machine late, its name last", () => {
  assert.deepEqual(lanHosts(HOME, "Attic.example.org"), [
    "192.168.1.7",
    "fd12::7",
    "169.254.8.9",
    "172.17.0.1",
    "attic.local",
  ]);
});

Deno.test("[LN1] No loopback, no public address and none that needs a zone is a host", () => {
  const hosts = lanHosts(HOME, "attic").join(" ");
  assert.doesNotMatch(hosts, /127\.|::1\b|fe80|2001|203\.0/);
  assert.deepEqual(publicAddresses(HOME), ["2001:db8::7", "203.0.113.7"]);
  assert.deepEqual(lanHosts([at("lo", "127.0.0.1"), at("eth0", "203.0.113.7")], "attic"), []);
});

Deno.test("[LN1] A name that cannot be one on the network is left out", () => {
  const eth = [at("eth0", "10.0.0.2")];
  for (const name of ["localhost", "Ana's Mac", "", "-x", "a".repeat(64)]) {
    assert.deepEqual(lanHosts(eth, name), ["10.0.0.2"], name);
  }
  assert.deepEqual(lanHosts(eth, "anas-mac.local"), ["10.0.0.2", "anas-mac.local"]);
});

Deno.test("[LN1] Each host is written one way", () => {
  assert.equal(canonicalHost("FD00:0:0:0:0:0:0:2"), "fd00::2");
  assert.equal(canonicalHost("Attic.Local"), "attic.local");
});
