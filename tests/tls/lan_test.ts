import assert from "node:assert/strict";
import { parseConfig } from "../../lib/config.ts";
import type { Standing } from "../../lib/serve.ts";
import { hostsToServe, LanError, lanSettings, type Machine } from "../../lib/tls/lan.ts";
import { lanBanner } from "../../lib/tls/lan_banner.ts";
import { readTerminalCode } from "../support/terminal_code.ts";

const MACHINE: Machine = {
  hostname: "attic",
  dualStack: true,
  addresses: [
    { name: "lo", family: "IPv4", address: "127.0.0.1" },
    { name: "wlan0", family: "IPv4", address: "192.168.1.7" },
    { name: "wlan0", family: "IPv6", address: "fd12::7" },
  ],
};

const settled = (given: Record<string, string> = {}, machine = MACHINE) =>
  parseConfig(lanSettings(given, machine));

Deno.test("[LN1] Nothing has to be set, and what is set stays", () => {
  const usual = settled();
  assert.deepEqual([usual.host, usual.port, usual.tls?.httpPort], ["::", 8443, 8080]);
  assert.equal(usual.tls?.cert, "data/lan/server.crt");
  assert.equal(usual.tls?.authority, "data/lan/authority.crt");
  assert.equal(settled({}, { ...MACHINE, dualStack: false }).host, "0.0.0.0");
  const set = settled({ PORT: "443", HTTP_PORT: "80", DATA_DIR: "kept", HOST: "192.168.1.7" });
  assert.deepEqual([set.host, set.port, set.tls?.httpPort], ["192.168.1.7", 443, 80]);
  assert.equal(set.tls?.key, "kept/lan/server.key");
});

Deno.test("[LN8] With a certificate of one's own there is no authority of ours", () => {
  const { tls } = settled({ TLS_CERT: "mine.crt", TLS_KEY: "mine.key" });
  assert.deepEqual(tls, { cert: "mine.crt", key: "mine.key", authority: null, httpPort: 8080 });
});

Deno.test("[LN10] Nobody else is asked anything, whatever name the server is reached by", () => {
  const config = settled();
  for (const host of ["192.168.1.7", "attic.local", "calls.example.org", "203.0.113.7"]) {
    assert.deepEqual(config.stunFor(host), [], host);
  }
  assert.match(lanBanner(config, STANDING, "AB:CD", false), /No third party/);
});

Deno.test("[LN9] Where there is no LAN, what to do is said", () => {
  const alone = { ...MACHINE, addresses: MACHINE.addresses.slice(0, 1) };
  const open = {
    ...MACHINE,
    addresses: [{ name: "eth0", family: "IPv4", address: "203.0.113.7" } as const],
  };
  const refusals: [Machine, string, RegExp][] = [
    [alone, "::", /on no network: connect it to the Wi-Fi/],
    [open, "0.0.0.0", /public addresses only \(203\.0\.113\.7\).*Set TLS_CERT and TLS_KEY/],
    [MACHINE, "127.0.0.1", /HOST 127\.0\.0\.1 .*unset it, or set it to one of 192\.168\.1\.7/],
    [MACHINE, "192.168.1.9", /HOST 192\.168\.1\.9 is no address/],
  ];
  for (const [machine, host, said] of refusals) {
    assert.throws(() => hostsToServe(machine, host), (error) => {
      assert.ok(error instanceof LanError);
      assert.match(error.message, said);
      return true;
    });
  }
});

Deno.test("[LN1] With one address chosen, the certificate is for that one", () => {
  assert.deepEqual(hostsToServe(MACHINE, "::"), ["192.168.1.7", "fd12::7", "attic.local"]);
  assert.deepEqual(hostsToServe(MACHINE, "FD12::7"), ["fd12::7"]);
});

const STANDING: Standing = {
  hosts: ["192.168.1.7", "fd12::7", "attic.local"],
  port: 8443,
  httpPort: 8080,
};

for (const colour of [true, false]) {
  Deno.test(`[LN7] The code leads to the best address, ${colour ? "with" : "without"} colours`, () => {
    const banner = lanBanner(settled(), STANDING, "AB:CD", colour);
    assert.equal(readTerminalCode(banner, colour), "https://192.168.1.7:8443/");
  });
}

Deno.test("[LN7] Each address is named, and how to trust and forget the authority", () => {
  const banner = lanBanner(settled(), STANDING, "AB:CD", false);
  for (const host of ["192.168.1.7", "[fd12::7]", "attic.local"]) {
    assert.ok(banner.includes(`    https://${host}:8443\n`), host);
  }
  assert.match(banner, /http:\/\/192\.168\.1\.7:8080\/ca\.crt\n/);
  assert.match(banner, /SHA-256 AB:CD/);
  for (const system of ["iPhone", "Android", "macOS", "Windows", "Linux", "Firefox"]) {
    assert.match(banner, new RegExp(`${system}[^]*to remove it`), system);
  }
  assert.doesNotMatch(banner, /localhost|127\.0/);
});

Deno.test("[LN7] With somebody else's certificate there is nothing to trust", () => {
  const own = settled({ TLS_CERT: "mine.crt", TLS_KEY: "mine.key" });
  const standing = { ...STANDING, hosts: ["*.example.org", "calls.example.org"] };
  const banner = lanBanner(own, standing, null, false);
  assert.equal(readTerminalCode(banner, false), "https://calls.example.org:8443/");
  assert.doesNotMatch(banner, /ca\.crt|\*/);
});
