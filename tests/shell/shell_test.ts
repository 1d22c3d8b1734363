import assert from "node:assert/strict";
import { type Ask, readShell } from "../../lib/shell/shell.ts";
import { cannotBuild, withApp } from "../support/app.ts";

const FILES: Readonly<Record<string, string>> = {
  "/offline": '<link href="/app.css?m=1"><link href="/manifest.webmanifest">',
  "/":
    '<link href="/app.css?m=1"><a href="/r/x"></a><script>import a from "/_fresh/js/a.js"</script>',
  "/_fresh/js/a.js": 'import"./b.js";const c=()=>import("./c.js");fetch("/api/signal")',
  "/_fresh/js/b.js": "",
  "/_fresh/js/c.js": 'import"./a.js";',
  "/app.css?m=1": "",
  "/names.css?m=1": "",
  "/panels.css?m=1": "",
  "/icons.svg": "",
  "/locales/en.json": "",
  "/locales/es.json": "",
};

/** Answers with these files; `changed` has another content than usual. */
function answering(files: Readonly<Record<string, string>>, changed = ""): Ask {
  return (path) => {
    if (!(path in files)) return Promise.resolve(new Response(null, { status: 404 }));
    const headers = { etag: path === changed ? '"new"' : '"old"' };
    return Promise.resolve(new Response(files[path], { headers }));
  };
}

Deno.test("[PW2] The shell is what the pages load, at once or later, and the offline page", async () => {
  const { files } = await readShell(answering(FILES));
  assert.deepEqual(files, ["/offline", ...Object.keys(FILES).slice(2).toSorted()]);
});

Deno.test("[PW2] A file that is missing is told: half a shell is none", async () => {
  const { "/_fresh/js/c.js": _, ...rest } = FILES;
  await assert.rejects(readShell(answering(rest)), /\/_fresh\/js\/c\.js answers 404/);
});

Deno.test("[PW4] Equal files are one version, any other file makes another", async () => {
  const { version } = await readShell(answering(FILES));
  assert.equal((await readShell(answering(FILES))).version, version);
  for (const path of ["/icons.svg", "/locales/es.json", "/app.css?m=1"]) {
    assert.notEqual((await readShell(answering(FILES, path))).version, version, path);
  }
});

Deno.test({
  name: "[PW2] Of the app it is bundles, styles, icons, texts and one page; no page of a room",
  ignore: cannotBuild,
  fn: () =>
    withApp(async ({ ask }) => {
      const response = await ask("/sw.js");
      assert.equal(response.headers.get("content-type"), "text/javascript; charset=utf-8");
      assert.equal(response.headers.get("cache-control"), "no-cache");
      const { files } = JSON.parse(/self, (\{.*\})\)/.exec(await response.text())![1]);
      const kinds = (files as string[]).map((path) => path.replace(/[?].*$/, "").split(".").at(-1));
      assert.deepEqual([...new Set(kinds)].toSorted(), ["/offline", "css", "js", "json", "svg"]);
      assert.ok(kinds.filter((kind) => kind === "js").length > 4);
      const styles = (files as string[]).map((path) => path.replace(/[?].*$/, ""))
        .filter((path) => path.endsWith(".css"));
      const all = [...Deno.readDirSync("static")].map(({ name }) => `/${name}`)
        .filter((name) => name.endsWith(".css"));
      assert.deepEqual(styles.toSorted(), all.toSorted(), "a style that comes later is kept too");
      for (const path of files) assert.equal((await ask(path)).status, 200, path);
    }),
});

Deno.test({
  name: "[PW1] The manifest names icons that are there, one to be cut, and no room",
  ignore: cannotBuild,
  fn: () =>
    withApp(async ({ ask }) => {
      const html = await (await ask("/r/sunday-lunch")).text();
      const href = /<link rel="manifest" href="([^"]+)"/.exec(html)![1];
      const response = await ask(href);
      assert.match(response.headers.get("content-type")!, /^application\/manifest\+json/);
      const text = await response.text();
      assert.doesNotMatch(text, /sunday|\/r\//);
      const { icons, start_url, display } = JSON.parse(text);
      assert.deepEqual([start_url, display], ["/", "standalone"]);
      assert.ok(icons.some(({ purpose }: { purpose?: string }) => purpose === "maskable"));
      for (const { src, type, sizes } of icons) {
        const icon = await ask(src);
        assert.equal(icon.headers.get("content-type")?.split(";")[0], type);
        const bytes = new DataView(await icon.arrayBuffer());
        // PNG, 11.2.2: width and height stand at 16 and 20.
        if (type === "image/png") {
          assert.equal(`${bytes.getUint32(16)}x${bytes.getUint32(20)}`, sizes);
        }
      }
    }),
});

Deno.test({
  name:
    "[PW3] The offline page stands in every language, shows one, and asks for nothing by itself",
  ignore: cannotBuild,
  fn: () =>
    withApp(async ({ ask }) => {
      const html = await (await ask("/offline", { headers: { "accept-language": "es" } })).text();
      assert.match(html, /<main class="room" lang="es">[^]*<main class="room" lang="en" hidden/);
      assert.match(html, /<script type="module" src="\/offline\.js[^"]*" nonce=/);
      assert.doesNotMatch(html, /\/r\//);
    }),
});
