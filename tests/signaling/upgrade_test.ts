import assert from "node:assert/strict";
import { refusalResponse, refuseForLoad, refuseUpgrade } from "../../lib/signaling/upgrade.ts";
import { staged } from "./stage.ts";

const GOOD = {
  host: "calls.example.org:8000",
  origin: "http://calls.example.org:8000",
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};

/** A request's refusal, its headers those of a good one but for `changes` (null: absent). */
function refusal(
  changes: Record<string, string | null> = {},
  { method = "GET", publicUrl = null as string | null } = {},
) {
  const headers = new Headers();
  for (const [name, value] of Object.entries({ ...GOOD, ...changes })) {
    if (value !== null) headers.set(name, value);
  }
  // `Request` of fetch drops Host and Connection; a server's does not.
  const request = { method, url: "http://calls.example.org:8000/api/signal", headers };
  return refuseUpgrade(request as Request, publicUrl);
}

Deno.test("[SE1] GET, Upgrade, version 13 and the own origin are taken", () => {
  assert.equal(refusal(), null);
  assert.equal(refusal({ upgrade: "WebSocket" }), null);
  assert.equal(refusal({ origin: "https://calls.example.org:8000" }), null);
  assert.equal(refusal({ host: "CALLS.example.org:8000" }), null);
});

Deno.test("[SE1] Other methods, no upgrade, other versions are refused with what is right", () => {
  assert.deepEqual([refusal({}, { method: "POST" })?.status, refusal({ upgrade: null })?.status], [
    405,
    426,
  ]);
  assert.equal(refusal({ upgrade: "h2c" })?.code, "upgrade");
  const old = refusal({ "sec-websocket-version": "8" });
  assert.deepEqual([old?.status, old?.headers?.["sec-websocket-version"]], [426, "13"]);
  assert.equal(refusal({ "sec-websocket-version": null })?.code, "version");
});

Deno.test("[SE1] Any other origin is refused, and PUBLIC_URL is named", async () => {
  const strangers = [
    null,
    "",
    "null",
    "http://calls.example.org",
    "http://calls.example.org:8001",
    "http://evil.example",
    "http://calls.example.org:8000.evil.example",
    "http://evil.example@calls.example.org:8000",
    "http://calls.example.org:8000/",
    "HTTP://CALLS.EXAMPLE.ORG:8000",
    "ftp://calls.example.org:8000",
    "file://",
  ];
  for (const origin of strangers) {
    const refused = refusal({ origin });
    assert.deepEqual([refused?.status, refused?.code], [403, "origin"], `${origin}`);
    const response = refusalResponse(refused!);
    assert.equal(response.status, 403);
    const { error, message } = await response.json();
    assert.equal(error, "origin");
    assert.match(message, /PUBLIC_URL/);
  }
});

Deno.test("[SE1] PUBLIC_URL is an origin allowed beside the own one, exactly", () => {
  const publicUrl = "https://calls.example.com";
  assert.equal(refusal({ origin: publicUrl, host: "127.0.0.1:8000" }, { publicUrl }), null);
  assert.equal(refusal({ origin: "http://calls.example.com" }, { publicUrl })?.code, "origin");
  assert.equal(refusal({ origin: `${publicUrl}.evil.example` }, { publicUrl })?.code, "origin");
});

staged("[SE2] Beyond the caps a socket is refused before it is upgraded", async (stage) => {
  const { signaling } = stage;
  await stage.enter("Ana");
  await stage.enter("Bo");
  assert.equal(signaling.refuses("192.0.2.1")?.status, 429);
  assert.match(signaling.refuses("192.0.2.1")!.message, /MAX_SOCKETS_PER_ADDRESS/);
  assert.equal(signaling.refuses("192.0.2.2"), null);
  stage.pages[0].pair.cut();
  await stage.settle();
  assert.equal(signaling.refuses("192.0.2.1"), null);
}, { config: { maxSocketsPerAddress: 2 } });

staged("[SE2] In all, too", async (stage) => {
  await stage.enter("Ana");
  assert.equal(stage.signaling.refuses("192.0.2.9")?.status, 503);
  assert.equal(refuseForLoad("server").headers?.["retry-after"], "5");
}, { config: { maxSockets: 1 } });
