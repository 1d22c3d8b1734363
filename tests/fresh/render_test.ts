import { App, csp, staticFiles } from "fresh";
import { Head } from "fresh/runtime";
import { useSignal } from "@preact/signals";
import { type ComponentChildren, Fragment, h } from "preact";
import assert from "node:assert/strict";
import { pretendBuild } from "./pretend_build.ts";

/** An island that shows its children, or keeps them for later. */
function Box({ children, isOpen = true }: { children?: ComponentChildren; isOpen?: boolean }) {
  const clicks = useSignal(0);
  return h("section", null, h("b", null, clicks), isOpen ? children : null);
}

/** An island that renders another by itself. */
const Nest = () => h("div", null, h(Box, null, "inside"));

const islands: [{ url: string; preload: string[] }, Record<string, unknown>][] = [
  [{ url: "/_fresh/js/Box-1.js", preload: ["/_fresh/js/chunk-1.js"] }, { Box }],
  [{ url: "/_fresh/js/Nest-1.js", preload: [] }, { default: Nest, limit: 3 }],
];

/** Renders one page of islands' build, in a document. */
async function render(...content: ComponentChildren[]): Promise<string> {
  const document = h(
    "html",
    null,
    h("head", null, h("title", null, "t")),
    h("body", null, content),
  );
  const app = new App().use(csp({ useNonce: true })).get("/", (ctx) => ctx.render(document));
  const response = await pretendBuild(app, { islands })("/");
  return await response.text();
}

Deno.test("[FR11] a page's nonce is in the policy and on every script and style, new each time", async () => {
  // Made once and rendered twice: the first nonce must not stay on it.
  const page = h(
    Fragment,
    null,
    h("style", null, "p{}"),
    h("script", { src: "/x.js" }),
    h(Box, null),
  );
  const app = new App().use(csp({ useNonce: true })).get("/", (ctx) => ctx.render(page))
    .get("/json", (ctx) => ctx.json({}));
  const ask = pretendBuild(app, { islands });
  const nonces = new Set<string>();
  for (let turn = 0; turn < 2; turn++) {
    const response = await ask("/");
    const policy = response.headers.get("content-security-policy") ?? "";
    const nonce = /script-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    assert.ok(policy.includes(`style-src 'self' 'nonce-${nonce}'`));
    assert.doesNotMatch(policy, /unsafe-inline/);
    const tags = (await response.text()).match(/<(script|style)[^>]*>/g) ?? [];
    assert.equal(tags.length, 3);
    for (const tag of tags) assert.ok(tag.includes(`nonce="${nonce}"`), tag);
    nonces.add(nonce);
  }
  assert.equal(nonces.size, 2);
  const plain = (await ask("/json")).headers.get("content-security-policy") ?? "";
  assert.match(plain, /script-src 'self' 'unsafe-inline'/);
});

Deno.test("[FR11] without csp() nothing carries a nonce", async () => {
  const app = new App().get("/", (ctx) => ctx.render(h("style", null, "p{}")));
  const text = await (await pretendBuild(app, { islands })("/")).text();
  assert.equal(text, "<!DOCTYPE html><style>p{}</style>");
});

Deno.test("[FR12] a page without islands has no script", async () => {
  assert.equal(
    await render(h("p", null, "calm")),
    "<!DOCTYPE html><html><head><title>t</title></head><body><p>calm</p></body></html>",
  );
});

Deno.test("[FR12] a page with islands has one script, and preloads what they import", async () => {
  const text = await render(h(Box, null, "one"), h(Box, null, "two"));
  assert.equal(text.match(/<script/g)?.length, 1);
  const preloaded = [...text.matchAll(/<link rel="modulepreload" href="([^"]*)" nonce="[^"]+"/g)];
  assert.deepEqual(preloaded.map(([, href]) => href), [
    "/_fresh/js/boot-1.js",
    "/_fresh/js/chunk-1.js",
    "/_fresh/js/Box-1.js",
  ]);
  assert.match(text, /boot\(\[i0\],\(signal,slot\)=>\[\[0,\{children:"one"\}\],/);
  assert.match(
    text,
    /<!--fresh:island:0--><section><b>0<\/b>one<\/section><!--\/fresh:island:0-->/,
  );
  assert.doesNotMatch(text, /style=/);
});

Deno.test("[FR12] an island another one renders is part of it", async () => {
  const text = await render(h(Nest, null));
  assert.deepEqual(text.match(/<!--fresh:[^>]*-->/g), ["<!--fresh:island:0-->"]);
  assert.match(text, /import\{"default" as i0\}from"\/_fresh\/js\/Nest-1\.js";/);
});

Deno.test("[FR14] JSX given to an island is rendered here, islands in it included", async () => {
  const text = await render(h(Box, null, h("i", null, "kept"), h(Box, null, "deep")));
  assert.match(
    text,
    /<!--fresh:slot:0--><i>kept<\/i><!--fresh:island:1--><section>.*deep<\/section><!--\/fresh:island:1--><!--\/fresh:slot:0-->/,
  );
});

Deno.test("[FR14] JSX an island does not show yet waits in a template", async () => {
  const folded = h(Box, { isOpen: false }, h("i", null, "kept"));
  const text = await render(h(Box, { isOpen: false }, folded));
  const templates = text.match(/<template>.*?<\/template>/g) ?? [];
  assert.equal(templates.length, 2);
  assert.match(templates[0], /fresh:slot:0.*fresh:island:1/);
  assert.match(templates[1], /<!--fresh:slot:1--><i>kept<\/i>/);
});

Deno.test("[FR10] Head moves its children into the document's head", async () => {
  const text = await render(h("p", null), h(Head, null, h("title", null, "of the page")));
  assert.match(text, /<head><title>of the page<\/title><\/head><body><p><\/p><\/body>/);
});

Deno.test("[FR16] static files: type, ETag, 304, HEAD, 405, cached for good where they may be", async () => {
  const app = new App().use(staticFiles()).get("/*", (ctx) => ctx.text("app"));
  const files = {
    "/app.css": "p{}",
    "/_fresh/js/boot-1.js": "boot",
    "/with space.json": "{}",
    "/manifest.webmanifest": "{}",
    "/icon.svg": "<svg/>",
    "/odd.bin0": "?",
  };
  const ask = pretendBuild(app, { files });
  const header = async (path: string, name: string) => (await ask(path)).headers.get(name);
  const sheet = await ask("/app.css");
  assert.deepEqual([...sheet.headers], [
    ["cache-control", "no-cache"],
    ["content-length", "3"],
    ["content-type", "text/css; charset=utf-8"],
    ["etag", '"h3"'],
  ]);
  assert.equal(await sheet.text(), "p{}");
  assert.match(await header("/_fresh/js/boot-1.js", "cache-control") ?? "", /immutable/);
  assert.match(await header("/app.css?__frsh_c=b1", "cache-control") ?? "", /immutable/);
  assert.equal(await header("/app.css?__frsh_c=old", "cache-control"), "no-cache");
  assert.equal(
    await header("/_fresh/js/boot-1.js", "content-type"),
    "text/javascript; charset=utf-8",
  );
  assert.equal(
    await header("/with%20space.json", "content-type"),
    "application/json; charset=utf-8",
  );
  assert.match(await header("/manifest.webmanifest", "content-type") ?? "", /manifest\+json/);
  assert.equal(await header("/icon.svg", "content-type"), "image/svg+xml; charset=utf-8");
  assert.equal(await header("/odd.bin0", "content-type"), "application/octet-stream");

  for (const known of ['"h3"', 'W/"h3"', '"x", "h3"', "*"]) {
    const same = await ask("/app.css", { headers: { "if-none-match": known } });
    assert.deepEqual([same.status, await same.text(), same.headers.get("etag")], [304, "", '"h3"']);
  }
  const head = await ask("/app.css", { method: "HEAD" });
  assert.deepEqual([head.status, head.headers.get("content-length"), head.body], [200, "3", null]);
  const posted = await ask("/app.css", { method: "POST" });
  assert.deepEqual([posted.status, posted.headers.get("allow")], [405, "GET, HEAD"]);
  await posted.body?.cancel();
});

Deno.test("[FR16] no path leads to a file the build does not know", async () => {
  const app = new App().use(staticFiles()).get("/*", (ctx) => ctx.text("app"));
  const ask = pretendBuild(app, { files: { "/app.css": "p{}" } });
  for (
    const path of [
      "/../app.css/x",
      "/%2e%2e/main.ts",
      "/..%2fdeno.json",
      "/app.css%00",
      "/%ff",
      "//app.css",
    ]
  ) {
    assert.equal(await (await ask(path)).text(), "app", path);
  }
});
