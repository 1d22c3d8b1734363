import { App } from "fresh";
import assert from "node:assert/strict";
import { lacks } from "../support/permissions.ts";

/** Serves an app on a free port of this machine while `task` runs. */
async function serving<State>(app: App<State>, task: (address: string) => Promise<void>) {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, app.handler());
  try {
    await task(`127.0.0.1:${server.addr.port}`);
  } finally {
    await server.shutdown();
  }
}

/** Opens a socket, says hello, leaves at "bye", and gives what came back and how it closed. */
async function talk(address: string, protocol?: string) {
  const socket = new WebSocket(`ws://${address}`, protocol);
  const heard: string[] = [];
  socket.onopen = () => socket.send("hello");
  socket.onmessage = ({ data }) => {
    heard.push(data);
    if (data === "bye") socket.close(4002, "bye too");
  };
  const closed = await new Promise<CloseEvent>((resolve) => socket.onclose = resolve);
  return { heard, code: closed.code, protocol: socket.protocol };
}

Deno.test("[FR18] a request for a page where a socket is expected gets 400", async () => {
  const app = new App().get("/bare", (ctx) => ctx.upgrade().response).ws("/ws", {});
  for (const path of ["/bare", "/ws"]) {
    const response = await app.handler()(new Request(`http://localhost${path}`));
    assert.equal(response.status, 400);
    assert.equal(await response.text(), "Expected a WebSocket upgrade request");
  }
});

Deno.test({
  name: "[FR18] upgrade() gives socket and response, or with handlers the response alone",
  ignore: lacks("net"),
}, async () => {
  const closed = Promise.withResolvers<string>();
  const app = new App()
    .use((ctx) => ctx.next())
    .get("/bare", (ctx) => {
      const { socket, response } = ctx.upgrade({ idleTimeout: 30, protocol: "words" });
      socket.onmessage = ({ data }) => {
        socket.send(`bare ${data}`);
        socket.close(4001, "enough");
      };
      return response;
    })
    .ws("/managed", {
      open: (socket) => socket.send("welcome"),
      message: (socket, { data }) => {
        socket.send(`managed ${data}`);
        socket.send("bye");
      },
      close: (_socket, code, reason) => closed.resolve(`${code} ${reason}`),
    });
  await serving(app, async (address) => {
    const bare = await talk(`${address}/bare`, "words");
    assert.deepEqual(bare, { heard: ["bare hello"], code: 4001, protocol: "words" });
    const { heard } = await talk(`${address}/managed`);
    assert.deepEqual(heard, ["welcome", "managed hello", "bye"]);
    assert.equal(await closed.promise, "4002 bye too");
  });
});
