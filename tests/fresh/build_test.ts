import { App } from "fresh";
import { asset } from "fresh/runtime";
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { lacks } from "../support/permissions.ts";
import { inTemporaryFolder } from "../support/temporary.ts";

const root = fileURLToPath(new URL("./fixture", import.meta.url));
const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
const ignore = lacks("read", "write", "run", "env", "net");

/** Loaded by the tests that may: the bundler reads the environment as soon as it is imported. */
const builderOf = async (options: { outDir?: string } = {}) => {
  const { Builder } = await import("fresh/dev");
  return new Builder({ root, target: ["safari17"], ...options });
};

type Handler = (req: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;

/** Asks a built app; `own` is what its server adds to the connection's info. */
async function ask(handler: Handler, path: string, init?: RequestInit, own?: object) {
  const remoteAddr = { transport: "tcp", hostname: "::1", port: 1 } as const;
  const info = { remoteAddr, completed: Promise.resolve(), ...own };
  const response = await handler(new Request(`http://localhost${path}`, init), info);
  const { status, headers } = response;
  return { status, headers, text: await response.text() };
}

const bodyOf = (text: string) => /<body[^>]*>(.*)<\/body>/.exec(text)?.[1];

Deno.test({ name: "[FR7] a production build of the fixture", ignore }, async (t) => {
  await inTemporaryFolder(async (folder) => {
    const outDir = join(folder, "_fresh");
    await (await builderOf({ outDir })).build();
    const server = await import(pathToFileURL(join(outDir, "server.js")).href);
    const handler: Handler = server.default.fetch;

    await t.step("[FR7] routes answer with their pages, in the wrapper and layouts", async () => {
      const { status, headers, text } = await ask(handler, "/");
      assert.equal(status, 200);
      assert.equal(headers.get("content-type"), "text/html; charset=utf-8");
      assert.ok(text.startsWith('<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/>'));
      assert.match(bodyOf(text) ?? "", /^<main><h1>hello<\/h1>.*<\/main>$/);
      const about = await ask(handler, "/about");
      assert.equal(bodyOf(about.text), "<main><article><h1>about</h1></article></main>");
      assert.equal((await ask(handler, "/bare/x")).text, "<!DOCTYPE html><b>x</b>");
      assert.equal((await ask(handler, "/bare")).status, 404);
    });

    await t.step("[FR7] a _middleware may be several, around its folder's routes", async () => {
      assert.equal((await ask(handler, "/about")).headers.get("x-trail"), "first second");
    });

    await t.step("[FR6][FR9] parameters, and data, status and headers by page()", async () => {
      const room = await ask(handler, "/r/a%2Fb%20c");
      assert.deepEqual([room.status, room.headers.get("x-room")], [201, "yes"]);
      assert.equal(bodyOf(room.text), "<main><h1>room a%2Fb c</h1></main>");
      assert.equal((await ask(handler, "/r/a/b")).text, "rest a/b");
      assert.equal((await ask(handler, "/docs")).text, "{}");
      assert.equal((await ask(handler, "/docs/v1")).text, '{"version":"v1"}');
    });

    await t.step(
      "[FR2] a file route answers HEAD like GET, and other methods with 404",
      async () => {
        assert.deepEqual((await ask(handler, "/", { method: "HEAD" })).text, "");
        assert.equal((await ask(handler, "/", { method: "POST" })).status, 404);
        assert.equal((await ask(handler, "/api/fail")).status, 404);
      },
    );

    await t.step(
      "[FR8] a root _error stands outside the middlewares, a folder's inside",
      async () => {
        const missing = await ask(handler, "/nowhere");
        assert.deepEqual([missing.status, missing.headers.get("x-from")], [404, "_error"]);
        assert.equal(bodyOf(missing.text), "<main><h1>Sorry: 404</h1></main>");
        assert.equal(missing.headers.get("x-trail"), null);
        assert.equal(missing.headers.get("content-security-policy"), null);
        const failed = await ask(handler, "/api/fail", { method: "POST" });
        assert.equal(failed.status, 500);
        assert.doesNotMatch(failed.text, /secret/);
        const refused = await ask(handler, "/admin");
        assert.deepEqual([refused.status, refused.headers.get("x-trail")], [403, "first second"]);
        assert.equal(bodyOf(refused.text), "<main><h2>Not for you</h2></main>");
      },
    );

    await t.step("[FR5] one built app serves two servers, each with its own services", async () => {
      const [one, two] = await Promise.all(
        ["hola", "hi"].map((greeting) => ask(handler, "/", {}, { greeting })),
      );
      assert.match(one.text, /<h1>hola</);
      assert.match(two.text, /<h1>hi</);
    });

    await t.step(
      "[FR15] islands are minified, hashed chunks; what they import() is apart",
      async () => {
        const { text } = await ask(handler, "/islands");
        const loaded = [...text.matchAll(/modulepreload" href="([^"]+)"/g)].map(([, href]) => href);
        const inPage = [...text.matchAll(/from"([^"]+)"/g)].map(([, href]) => href);
        assert.ok(loaded.length > 3);
        for (const href of inPage) assert.ok(loaded.includes(href), href);
        const sources = await Promise.all(loaded.map((href) => ask(handler, href)));
        for (const [index, { status, headers }] of sources.entries()) {
          assert.match(loaded[index], /^\/_fresh\/js\/\w+-[A-Z0-9]{8}\.js$/);
          assert.equal(status, 200);
          assert.match(headers.get("cache-control") ?? "", /max-age=31536000, immutable/);
          assert.equal(headers.get("content-type"), "text/javascript; charset=utf-8");
        }
        const code = sources.map((source) => source.text);
        assert.equal(code.filter((part) => part.includes("said the lazy part")).length, 0);
        const lazy = code.flatMap((part) => [...part.matchAll(/import\("\.\/([^"]+)"\)/g)]);
        assert.equal(lazy.length, 1);
        const part = await ask(handler, `/_fresh/js/${lazy[0][1]}`);
        assert.match(part.text, /said the lazy part/);
        // A word of Preact's options that survives minifying: there must be one copy of Preact.
        assert.equal(code.filter((part) => part.includes("debounceRendering")).length, 1);
        for (const part of code) assert.doesNotMatch(part, /sourceMappingURL|\n {2}/);
      },
    );

    await t.step("[FR15] the same sources give the same build", async () => {
      const again = join(folder, "again");
      await (await builderOf({ outDir: again })).build();
      const read = (path: string) => Deno.readTextFile(join(path, "server.js"));
      assert.equal((await read(again)).replaceAll("/again/", "/_fresh/"), await read(outDir));
    });

    await t.step(
      "[FR16][FR19] static files are found, and asset() names this build's",
      async () => {
        assert.equal((await ask(handler, "/with%20space.txt")).text, "a plain text");
        const { text } = await ask(handler, "/");
        const href = /<link rel="stylesheet" href="([^"]+)"/.exec(text)?.[1] ?? "";
        assert.match(href, /^\/app\.css\?__frsh_c=[0-9a-f]{20}$/);
        assert.match((await ask(handler, href)).headers.get("cache-control") ?? "", /immutable/);
        assert.equal(asset("/app.css"), href);
        assert.equal(asset("/a?b"), `/a?b&${href.split("?")[1]}`);
        assert.equal(asset("https://elsewhere.example/x"), "https://elsewhere.example/x");
        assert.equal(asset("//elsewhere.example/x"), "//elsewhere.example/x");
      },
    );

    await t.step("[FR17] the server needs leave to read and to listen, and no more", async () => {
      const child = new Deno.Command(Deno.execPath(), {
        args: ["serve", "--no-prompt", "--config", config, `--allow-read=${folder},${root}`]
          .concat("--host", "127.0.0.1", "--port", "0", join(outDir, "server.js")),
        stdout: "null",
        stderr: "piped",
      }).spawn();
      const lines = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
      try {
        let said = "";
        while (!/http:\/\/127\.0\.0\.1:\d+/.test(said)) {
          const { value, done } = await lines.read();
          if (done) throw new Error(said);
          said += value;
        }
        const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
        const responses = [await fetch(`${address}/islands`), await fetch(`${address}/app.css`)];
        for (const response of responses) {
          assert.equal(response.status, 200);
          await response.body?.cancel();
        }
      } finally {
        child.kill();
        await lines.cancel();
        await child.status;
      }
    });
  });
});

Deno.test({ name: "[FR15] a build in memory is given to any number of apps", ignore }, async () => {
  const apply = await (await builderOf()).build({ snapshot: "memory" });
  const [first, second] = ["a", "b"].map((word) => {
    const app = new App().use(async (ctx) => {
      const response = await ctx.next();
      response.headers.set("x-app", word);
      return response;
    }).fsRoutes();
    apply(app);
    return app.handler();
  });
  assert.equal((await ask(first, "/about")).headers.get("x-app"), "a");
  assert.equal((await ask(second, "/about")).headers.get("x-app"), "b");
  await assert.rejects(Deno.stat(join(root, "_fresh")), Deno.errors.NotFound);
});

Deno.test({ name: "[FR15] in development the bundles have source maps", ignore }, async () => {
  const { app } = await import("./fixture/main.ts");
  const ending = new AbortController();
  const started = Promise.withResolvers<Deno.NetAddr>();
  const ended = (await builderOf()).listen(() => Promise.resolve({ app }), {
    hostname: "127.0.0.1",
    port: 0,
    signal: ending.signal,
    onListen: started.resolve,
  });
  const address = `http://127.0.0.1:${(await started.promise).port}`;
  const page = await (await fetch(`${address}/islands`)).text();
  const boot = /from"([^"]+boot[^"]+)"/.exec(page)?.[1];
  const code = await (await fetch(address + boot)).text();
  const map = await (await fetch(address + boot + ".map")).json();
  assert.match(code, /\/\/# sourceMappingURL=boot-\w+\.js\.map/);
  assert.ok(map.sources.some((source: string) => source.endsWith("boot.tsx")));
  ending.abort();
  await ended;
});
