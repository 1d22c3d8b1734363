import assert from "node:assert/strict";
import { type BuiltServer, ListenError, type RunningServer, serve } from "../lib/serve.ts";
import type { ServeInfo, Services } from "../lib/services.ts";
import { noting } from "./support/noting.ts";
import { lacks } from "./support/permissions.ts";

const ignore = lacks("net");

async function whileServing(
  fetch: BuiltServer["fetch"],
  services: Services,
  task: (server: RunningServer) => Promise<void>,
): Promise<void> {
  const server = serve({ fetch }, services);
  try {
    await task(server);
  } finally {
    await server.stop();
  }
}

async function ask(port: number, path = "/"): Promise<Response> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  await response.body?.cancel();
  return response;
}

Deno.test({
  name: "[SV2] A server hands its own services to the app with each request",
  ignore,
  async fn() {
    const seen: Services[] = [];
    const note = (_: Request, info: ServeInfo) => {
      seen.push(info.services);
      const { remoteAddr } = info;
      return new Response("hostname" in remoteAddr ? remoteAddr.hostname : null);
    };
    const [one, other] = [noting().services, noting().services];
    await whileServing(note, one, (first) =>
      whileServing(note, other, async (second) => {
        for (const { port } of [first, second]) {
          const response = await fetch(`http://127.0.0.1:${port}/`);
          assert.equal(await response.text(), "127.0.0.1");
        }
      }));
    assert.ok(seen[0] === one && seen[1] === other);
  },
});

Deno.test({
  name: "[SE15] A request that fails is answered, written down, and the next is served",
  ignore,
  async fn() {
    const { services, lines } = noting();
    const fetch = (request: Request) => {
      if (request.url.endsWith("/bad")) throw new Error("odd");
      return new Response();
    };
    await whileServing(fetch, services, async ({ port }) => {
      const failed = await ask(port, "/bad");
      assert.equal(failed.status, 500);
      assert.equal(failed.headers.get("x-content-type-options"), "nosniff");
      assert.equal((await ask(port, "/good")).status, 200);
    });
    assert.match(lines.join(), /error "?a request failed.*odd/);
  },
});

Deno.test({
  name: "[SV6] Stopping drains first, once, and disposes last",
  ignore,
  async fn() {
    const { services, asked } = noting();
    const server = serve({ fetch: () => new Response() }, services);
    await Promise.all([server.stop(), server.stop()]);
    assert.deepEqual(asked, ["drain", "dispose"]);
  },
});

Deno.test({
  name: "[SV7] A taken port is told by the setting that changes it",
  ignore,
  async fn() {
    await whileServing(() => new Response(), noting().services, ({ port }) => {
      const again = () =>
        serve({ fetch: () => new Response() }, noting({ PORT: String(port) }).services);
      assert.throws(again, (error) => {
        assert.ok(error instanceof ListenError);
        assert.ok(error.message.startsWith(`Port ${port} is taken: set PORT`));
        return true;
      });
      return Promise.resolve();
    });
  },
});

Deno.test({
  name: "[SV7] An address of another machine is told by HOST",
  ignore,
  fn() {
    const { services } = noting({ HOST: "203.0.113.77" });
    assert.throws(() => serve({ fetch: () => new Response() }, services), /HOST 203\.0\.113\.77/);
  },
});

Deno.test({
  name: "[SV12] Text goes compressed to clients that take it, whole to others",
  ignore,
  async fn() {
    const text = "a line of a script that says the same again\n".repeat(200);
    const script = () => {
      const headers = { "content-type": "text/javascript", "content-length": String(text.length) };
      return new Response(text, { headers });
    };
    await whileServing(script, noting().services, async ({ port }) => {
      for (const encoding of ["gzip", "identity"]) {
        const headers = { "accept-encoding": encoding };
        const response = await fetch(`http://127.0.0.1:${port}/`, { headers });
        assert.equal(await response.text(), text);
        const isVaried = response.headers.get("vary")?.toLowerCase().includes("accept-encoding");
        assert.equal(isVaried ?? false, encoding === "gzip");
      }
    });
  },
});
