import assert from "node:assert/strict";
import { banner } from "../lib/banner.ts";
import { parseConfig } from "../lib/config.ts";

function bannerOf(settings: Record<string, string>, hosts: readonly string[] = []): string {
  return banner(parseConfig(settings), { port: 8123, httpPort: null, hosts });
}

const TLS = { TLS_CERT: "a.crt", TLS_KEY: "a.key", HOST: "0.0.0.0" };

Deno.test("[SV8] The banner has an address that can be opened", () => {
  assert.match(bannerOf({}), /http:\/\/localhost:8123\n/);
  assert.match(bannerOf({ HOST: "0.0.0.0" }), /http:\/\/localhost:8123\n/);
  assert.match(bannerOf({ HOST: "192.168.1.7" }), /http:\/\/192\.168\.1\.7:8123\n/);
  assert.match(bannerOf({ HOST: "fd00::1" }), /http:\/\/\[fd00::1\]:8123\n/);
  assert.match(
    bannerOf({ PUBLIC_URL: "https://calls.example.org" }),
    /https:\/\/calls\.example\.org\n/,
  );
  assert.match(bannerOf(TLS, ["*.a.example", "a.example"]), /https:\/\/a\.example:8123\n/);
});

Deno.test("[SV8] The banner says who reaches the server, and how to change it", () => {
  assert.match(bannerOf({}), /Only this machine .* HOST=0\.0\.0\.0/);
  assert.match(bannerOf({ HOST: "0.0.0.0" }), /Your network .* https and localhost only/);
  assert.match(bannerOf(TLS, ["a.example"]), /Your network reaches it\.\n/);
});

Deno.test("[SV8] The banner names the third party, and how to do without", () => {
  assert.match(
    bannerOf({}),
    /but on localhost and LAN: STUN at stun\.l\.google\.com.*STUN_URLS=none/,
  );
  assert.match(bannerOf({ STUN_URLS: "stun:a.example:1" }), /Third party: STUN at a\.example;/);
  assert.match(bannerOf({ STUN_URLS: "none" }), /No third party/);
});
