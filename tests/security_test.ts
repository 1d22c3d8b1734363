import assert from "node:assert/strict";
import { sameSecret, secured, securityHeaders } from "../lib/security.ts";

Deno.test("[SE10] A response keeps what it is and gets the headers", async () => {
  const safe = secured(Response.json({ a: 1 }, { status: 201, headers: { etag: '"x"' } }));
  assert.equal(safe.status, 201);
  assert.equal(safe.headers.get("etag"), '"x"');
  assert.deepEqual(await safe.json(), { a: 1 });
  for (const [name, value] of Object.entries(securityHeaders(null))) {
    assert.equal(safe.headers.get(name), value);
  }
});

Deno.test("[SE10] A redirect gets them too, though its own headers cannot be changed", () => {
  const safe = secured(Response.redirect("http://localhost/elsewhere"));
  assert.equal(safe.headers.get("referrer-policy"), "no-referrer");
  assert.equal(safe.headers.get("location"), "http://localhost/elsewhere");
});

Deno.test("[SE11] The nonce is Fresh's, the rest of Fresh's policy is not kept", () => {
  const headers = {
    "content-security-policy": "script-src 'nonce-abc'; upgrade-insecure-requests",
  };
  const policy = secured(new Response("", { headers })).headers.get("content-security-policy");
  assert.match(policy ?? "", /script-src 'nonce-abc' 'strict-dynamic';/);
  assert.match(policy ?? "", /style-src 'self' 'nonce-abc';/);
  assert.doesNotMatch(policy ?? "", /upgrade-insecure-requests|unsafe/);
});

Deno.test("[SE11] Without a nonce no script is allowed", () => {
  const policy = securityHeaders(null)["content-security-policy"];
  assert.match(policy, /script-src 'none'/);
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.match(policy, /require-trusted-types-for 'script'; trusted-types tertulia$/);
});

Deno.test("[SE12] A call's features are for this origin, all others are refused", () => {
  const policy = securityHeaders(null)["permissions-policy"];
  const used = ["camera", "microphone", "display-capture", "speaker-selection", "screen-wake-lock"]
    .concat("fullscreen", "autoplay", "gyroscope", "accelerometer");
  for (const feature of used) assert.ok(policy.includes(`${feature}=(self)`), feature);
  for (const feature of ["geolocation", "usb", "payment", "serial", "midi"]) {
    assert.ok(policy.includes(`${feature}=()`), feature);
  }
  assert.doesNotMatch(policy, /\*/);
});

Deno.test("[SE16] Secrets of any lengths are compared", () => {
  assert.equal(sameSecret("correct horse", "correct horse"), true);
  assert.equal(sameSecret("correct horse", "correct horsf"), false);
  assert.equal(sameSecret("", "correct horse"), false);
  assert.equal(sameSecret("é", "e\u0301"), false);
});
