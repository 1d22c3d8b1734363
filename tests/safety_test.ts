import assert from "node:assert/strict";
import { securityHeaders } from "../lib/security.ts";
import { serve } from "../lib/serve.ts";
import { buildApp, cannotBuild, comingFrom, type TestApp, withApp } from "./support/app.ts";
import { keptLog } from "./support/kept_log.ts";

/** A test of the app as it answers; skipped where it cannot be built. */
function appTest(
  name: string,
  task: (app: TestApp) => Promise<void>,
  settings: Record<string, string> = {},
): void {
  Deno.test({ name, ignore: cannotBuild, fn: () => withApp(task, settings) });
}

const PAGES = ["/", "/r/sunday-lunch", "/r/%F0%9F%8E%89%20..%2F"];
const OTHERS = ["/healthz", "/metrics", "/app.css", "/no/such/page", "/api/signal"];

appTest("[SE10] Every answer has the security headers", async ({ ask }) => {
  const requests: [string, RequestInit][] = [...PAGES, ...OTHERS].map((path) => [path, {}]);
  requests.push(["/", { method: "HEAD" }], ["/", { method: "POST" }], ["/app.css", {
    method: "PUT",
  }]);
  for (const [path, init] of requests) {
    const response = await ask(path, init);
    for (const [name, value] of Object.entries(securityHeaders(null))) {
      const given = response.headers.get(name);
      if (name === "content-security-policy") {
        assert.match(given ?? "", /^default-src 'none'; script-src /, `${path}: ${given}`);
        assert.doesNotMatch(given ?? "", /unsafe|upgrade-insecure-requests/, path);
      } else assert.equal(given, value, `${path}: ${name}`);
    }
  }
});

Deno.test({
  name: "[SE10] So has the page that says something broke, and it shows nothing of what",
  ignore: cannotBuild,
  async fn() {
    const fetch = await buildApp(() => Promise.reject(new Error("a secret detail")));
    const { log, lines } = keptLog();
    const info = { ...comingFrom("127.0.0.1"), services: { log } };
    const response = await fetch(new Request("http://localhost/"), info);
    assert.equal(response.status, 500);
    for (const [name, value] of Object.entries(securityHeaders(null))) {
      assert.equal(response.headers.get(name), value);
    }
    assert.doesNotMatch(await response.text(), /a secret detail|<script/);
    assert.match(lines.join(), /error "?a request failed.*a secret detail/);
  },
});

appTest("[SE11] Every script of a page has the nonce of that response alone", async ({ ask }) => {
  const seen = new Set<string>();
  for (const path of [...PAGES, ...PAGES]) {
    const response = await ask(path);
    const html = await response.text();
    const nonce = /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "")
      ?.[1];
    assert.ok(nonce && nonce.length >= 16, path);
    assert.ok(!seen.has(nonce), "a nonce is used once");
    seen.add(nonce);
    const scripts = html.match(/<script\b[^>]*>/g) ?? [];
    assert.ok(scripts.length > 0, `${path} has a script`);
    for (const script of scripts) assert.ok(script.includes(`nonce="${nonce}"`), script);
  }
});

appTest("[SE11] The server writes no style attribute and no inline handler", async ({ ask }) => {
  for (const path of [...PAGES, "/no/such/page"]) {
    const html = await (await ask(path)).text();
    assert.doesNotMatch(html, /<[^>]+\s(style|on[a-z]+)=/, path);
  }
});

appTest("[SE11] A page that is missing has no script", async ({ ask }) => {
  const response = await ask("/no/such/page");
  assert.equal(response.status, 404);
  assert.match(response.headers.get("content-security-policy") ?? "", /script-src 'none'/);
  assert.doesNotMatch(await response.text(), /<script/);
});

appTest("[SE17] No page names another host", async ({ ask }) => {
  for (const path of [...PAGES, "/no/such/page"]) {
    const html = await (await ask(path)).text();
    const links = [...html.matchAll(/\s(?:src|href|action|poster)="([^"]*)"/g)].map(([, url]) =>
      url
    );
    for (const url of links) {
      assert.equal(new URL(url, "http://localhost").origin, "http://localhost");
    }
  }
});

appTest("[SV3] /healthz answers", async ({ ask }) => {
  const response = await ask("/healthz");
  assert.equal(response.status, 200);
  assert.equal(await response.text(), "ok\n");
});

appTest("[SV4] /metrics is for this machine", async ({ ask }) => {
  const here = await ask("/metrics");
  assert.equal(here.status, 200);
  assert.match(await here.text(), /^# HELP tertulia_/m);
  assert.equal((await ask("/metrics", {}, "203.0.113.9")).status, 404);
  const headers = { "x-forwarded-for": "203.0.113.9" };
  assert.equal((await ask("/metrics", { headers })).status, 404, "through a proxy nobody named");
});

const TOKEN = "a token for metrics";

appTest("[SV4] METRICS_TOKEN lets others read /metrics, and only who has it", async ({ ask }) => {
  const authorization = `Bearer ${TOKEN}`;
  assert.equal((await ask("/metrics", { headers: { authorization } }, "203.0.113.9")).status, 200);
  assert.equal((await ask("/metrics")).status, 404);
  const wrong = { authorization: `Bearer ${TOKEN}!` };
  assert.equal((await ask("/metrics", { headers: wrong })).status, 404);
}, { METRICS_TOKEN: TOKEN });

appTest("[SE13] A proxy's word on the client is taken only if it is trusted", async ({ ask }) => {
  const headers = { "x-forwarded-for": "203.0.113.9, 127.0.0.1" };
  assert.equal((await ask("/metrics", { headers }, "10.0.0.1")).status, 200);
  const forged = { "x-forwarded-for": "127.0.0.1, 203.0.113.9" };
  assert.equal((await ask("/metrics", { headers: forged }, "10.0.0.1")).status, 404);
}, { TRUST_PROXY: "1" });

appTest("[SV5] Pages answer GET and HEAD, and say so to other methods", async ({ ask }) => {
  for (const path of [...PAGES, "/healthz"]) {
    const head = await ask(path, { method: "HEAD" });
    assert.equal(head.status, 200, path);
    assert.equal(head.body, null);
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
      const response = await ask(path, { method });
      assert.equal(response.status, 405, `${method} ${path}`);
      assert.match(response.headers.get("allow") ?? "", /GET, HEAD/);
    }
  }
});

appTest("[SE15] What a request breaks, the next does not notice", async ({ ask }) => {
  for (const path of ["/r/%FF", "/r/%", "/%2e%2e/%2e%2e/etc/passwd", `/r/${"x".repeat(8000)}`]) {
    assert.ok((await ask(path)).status < 500, path);
  }
  assert.equal((await ask("/")).status, 200);
});

const UPGRADE = { upgrade: "websocket", connection: "upgrade", "sec-websocket-version": "13" };

appTest("[SE1] What is no upgrade of ours is refused before it is one", async ({ ask }) => {
  const own = { ...UPGRADE, host: "localhost", origin: "http://localhost" };
  const refused: [RequestInit, number][] = [
    [{ method: "POST", headers: own }, 405],
    [{}, 426],
    [{ headers: { ...own, "sec-websocket-version": "12" } }, 426],
    [{ headers: { ...own, origin: "https://elsewhere.example" } }, 403],
    [{ headers: { ...own, origin: "null" } }, 403],
    [{ headers: UPGRADE }, 403],
  ];
  for (const [init, status] of refused) {
    assert.equal((await ask("/api/signal", init)).status, status, JSON.stringify(init));
  }
  const foreign = { ...own, origin: "https://elsewhere.example" };
  const { message } = await (await ask("/api/signal", { headers: foreign })).json();
  assert.match(message, /PUBLIC_URL/);
});

appTest("[SE2] A socket over the cap of its address is refused", async ({ services, fetch }) => {
  const server = serve({ fetch }, services);
  const address = `127.0.0.1:${server.port}`;
  const options = { headers: { origin: `http://${address}` } } as unknown as string[];
  const first = new WebSocket(`ws://${address}/api/signal`, options);
  try {
    await new Promise((opened) => first.onopen = opened);
    const second = new WebSocket(`ws://${address}/api/signal`, options);
    const failed = await new Promise<Event>((failed) => second.onerror = failed);
    assert.match((failed as ErrorEvent).message, /status code: (429|503)/);
  } finally {
    const closed = new Promise((closed) => first.onclose = closed);
    await Promise.all([closed, server.stop()]);
  }
}, { PORT: "0", MAX_SOCKETS_PER_ADDRESS: "1" });
