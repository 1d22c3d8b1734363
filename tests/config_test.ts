import assert from "node:assert/strict";
import { ConfigError, parseConfig } from "../lib/config.ts";
import { SETTING_NAMES } from "../lib/settings.ts";
import { lacks } from "./support/permissions.ts";

function problemsOf(given: Record<string, string>): readonly string[] {
  try {
    parseConfig(given);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
  return [];
}

Deno.test("[CF1] Nothing need be set, and an empty setting counts as not set", () => {
  const config = parseConfig({});
  assert.equal(config.port, 8000);
  assert.equal(config.host, "127.0.0.1");
  assert.equal(config.roomCapacity, 6);
  assert.equal(config.turn, null);
  assert.equal(parseConfig({ PORT: " ", HOST: "" }).port, 8000);
});

Deno.test("[CF1] The configuration is one frozen object", () => {
  const config = parseConfig({ TURN_URLS: "turn:relay.example", TURN_SECRET: "s" });
  for (const part of [config, config.stunUrls, config.turn]) assert.ok(Object.isFrozen(part));
});

Deno.test("[CF1] Settings are read", () => {
  const config = parseConfig({
    PORT: "0",
    HOST: "::",
    PUBLIC_URL: "https://calls.example.org/",
    TURN_URLS: "turn:a.example:3478?transport=udp, turns:a.example",
    TURN_USERNAME: "u",
    TURN_CREDENTIAL: "c",
    ROOM_CAPACITY: "2",
    RING_SECONDS: "5",
    LOG_LEVEL: "debug",
    TRUST_PROXY: "2",
  });
  assert.equal(config.port, 0);
  assert.equal(config.host, "::");
  assert.equal(config.publicUrl, "https://calls.example.org");
  assert.deepEqual(config.turn, {
    urls: ["turn:a.example:3478?transport=udp", "turns:a.example"],
    username: "u",
    credential: "c",
  });
  assert.equal(config.roomCapacity, 2);
  assert.equal(config.ringMs, 5000);
  assert.equal(config.logLevel, "debug");
  assert.equal(config.trustProxy, 2);
});

Deno.test("[CF2] Every wrong setting is named at once", () => {
  const wrong = {
    PORT: "80a",
    ROOM_CAPACITY: "17",
    PUBLIC_URL: "calls.example.org",
    STUN_URLS: "stun.example.org",
    TRUST_PROXY: "-1",
    LOG_LEVEL: "loud",
    HOST: "my host",
    MAX_SOCKETS: "0",
  };
  const named = problemsOf(wrong).map((problem) => problem.split(" ")[0]);
  assert.deepEqual(named.toSorted(), Object.keys(wrong).toSorted());
});

Deno.test("[CF2] What is wrong is said without a secret's value", () => {
  const problems = problemsOf({ SESSION_SECRET: "hunter2", METRICS_TOKEN: "swordfish" });
  assert.equal(problems.length, 2);
  assert.doesNotMatch(problems.join(), /hunter2|swordfish/);
});

for (const value of ["65536", "1e3", "0x10", "8000.5", "９", "99999999999"]) {
  Deno.test(`[CF2] ${value} is no port`, () => {
    assert.match(problemsOf({ PORT: value })[0], /^PORT must be a whole number from 0 to 65535$/);
  });
}

for (const value of ["https://example.org/calls", "ftp://example.org", "https://u:p@example.org"]) {
  Deno.test(`[CF2] ${value} is no origin`, () => {
    assert.match(problemsOf({ PUBLIC_URL: value })[0], /^PUBLIC_URL must be an origin/);
  });
}

Deno.test("[CF3] Half a TURN server is refused", () => {
  const halves: [Record<string, string>, RegExp][] = [
    [{ TURN_URLS: "turn:a.example" }, /^TURN_URLS must have/],
    [{ TURN_SECRET: "s" }, /^TURN_URLS must be set/],
    [{ TURN_URLS: "turn:a.example", TURN_USERNAME: "u" }, /^TURN_CREDENTIAL must be set/],
    [{ TURN_URLS: "turn:a.example", TURN_CREDENTIAL: "c" }, /^TURN_USERNAME must be set/],
    [
      { TURN_URLS: "turn:a.example", TURN_USERNAME: "u", TURN_CREDENTIAL: "c", TURN_SECRET: "s" },
      /^TURN_SECRET must not/,
    ],
  ];
  halves.push(
    [{ TLS_CERT: "a.crt" }, /^TLS_KEY must be set/],
    [{ TLS_KEY: "a.key" }, /^TLS_CERT must be set/],
    [{ HTTP_PORT: "8080" }, /^HTTP_PORT must have TLS_CERT/],
    [{ TLS_CA: "ca.crt" }, /^TLS_CA must have TLS_CERT/],
  );
  for (const [given, said] of halves) assert.match(problemsOf(given)[0], said);
});

Deno.test("[CF4] Public STUN servers are for those who come from beyond the own network", () => {
  const config = parseConfig({});
  for (const host of ["localhost", "127.0.0.1", "[::1]", "192.168.1.7", "office.local", "nas"]) {
    assert.deepEqual(config.stunFor(host), [], host);
  }
  for (const host of ["calls.example.org", "203.0.113.9", "[2001:db8::1]", "172.32.0.1"]) {
    assert.equal(config.stunFor(host).length, 2, host);
  }
});

Deno.test("[CF4] STUN_URLS=none is for nobody, servers set by hand are for everybody", () => {
  assert.deepEqual(parseConfig({ STUN_URLS: "none" }).stunFor("calls.example.org"), []);
  const own = parseConfig({ STUN_URLS: "stun:nas.lan:3478" });
  assert.deepEqual(own.stunFor("localhost"), ["stun:nas.lan:3478"]);
});

Deno.test({
  name: "[CF5] README and .env.example name every setting, and .env.example no other",
  ignore: lacks("read"),
  async fn() {
    const readme = await Deno.readTextFile("README.md");
    const example = await Deno.readTextFile(".env.example");
    const shown = [...example.matchAll(/^# ?([A-Z_]+)=/gm)].map(([, name]) => name);
    assert.deepEqual(shown.toSorted(), SETTING_NAMES.toSorted());
    for (const name of SETTING_NAMES) assert.ok(readme.includes(`\`${name}\``), name);
  },
});
