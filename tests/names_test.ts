import assert from "node:assert/strict";
import { foldName, proofText } from "../lib/protocol/names.ts";
import { cannotBuild, withApp } from "./support/app.ts";

const URL_SAFE = { alphabet: "base64url", omitPadding: true } as const;

/** Asks over a real socket, with a key made by WebCrypto, and gives the last answer. */
async function takeName(address: string, origin: string, signedOrigin = origin) {
  const pair = await crypto.subtle.generateKey(
    { name: "ECDSA", namedCurve: "P-256" },
    false,
    ["sign", "verify"],
  );
  const key = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey))
    .toBase64(URL_SAFE);
  const options = { headers: { origin } } as unknown as string[]; // Deno's own
  const socket = new WebSocket(`ws://${address}/api/signal`, options);
  const say = (message: unknown) => socket.send(JSON.stringify(message));
  let session = "";
  try {
    return await new Promise<{ type: string; name?: string; code?: string }>((resolve, reject) => {
      socket.onerror = () => reject(new Error("no socket"));
      socket.onopen = () => say({ type: "hello", v: 1 });
      socket.onmessage = async ({ data }) => {
        const message = JSON.parse(data);
        if (message.type === "welcome") {
          session = message.session;
          say({ type: "register", name: "Ana", key, listed: true, dnd: false });
        } else if (message.type === "challenge") {
          const { nonce } = message;
          const proof = { origin: signedOrigin, session, nonce, name: foldName("Ana"), key };
          const made = await crypto.subtle.sign(
            { name: "ECDSA", hash: "SHA-256" },
            pair.privateKey,
            new TextEncoder().encode(proofText(proof)),
          );
          say({ type: "prove", signature: new Uint8Array(made).toBase64(URL_SAFE) });
        } else if (message.type !== "ping") resolve(message);
      };
    });
  } finally {
    const closed = new Promise((resolve) => socket.onclose = resolve);
    socket.close();
    await closed;
  }
}

Deno.test({
  name: "[DR3][DR4] Over a real socket: the page's origin is signed, and nobody else gets the name",
  ignore: cannotBuild,
  fn: () =>
    withApp(async ({ services, fetch }) => {
      const server = Deno.serve({ port: 0, onListen() {} }, fetch);
      const { port } = server.addr as Deno.NetAddr;
      const address = `localhost:${port}`;
      const origin = `http://${address}`;
      const wrong = await takeName(address, origin, "http://elsewhere.example");
      assert.deepEqual([wrong.type, wrong.code], ["names-error", "bad-proof"]);
      const held = await takeName(address, origin);
      assert.deepEqual([held.type, held.name], ["registered", "Ana"]);
      const other = await takeName(address, origin);
      assert.deepEqual([other.type, other.code], ["names-error", "name-taken"]);
      await services.signaling.drain();
      await server.shutdown();
    }),
});
