import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { iceServers, timeLimited, TURN_LIFE_MS } from "../../lib/signaling/turn.ts";
import { staged } from "./stage.ts";

const NOW = Date.UTC(2026, 0, 1);
const urls = ["turn:relay.example.org:3478", "turns:relay.example.org:5349?transport=tcp"];

Deno.test("[SG15] Static settings are given as they are", async () => {
  const turn = { urls, username: "u", credential: "c" };
  assert.deepEqual(await iceServers({ stunUrls: ["stun:s"], turn }, "id", NOW), [
    { urls: ["stun:s"] },
    { urls, username: "u", credential: "c" },
  ]);
  assert.deepEqual(await iceServers({ stunUrls: [], turn: null }, "id", NOW), []);
});

Deno.test("[SG15] With a shared secret the credentials end by themselves", async () => {
  const turn = { urls, secret: "north" };
  const [server] = await iceServers({ stunUrls: [], turn }, "id", NOW);
  const expiry = (NOW + TURN_LIFE_MS) / 1000;
  assert.equal(server.username, `${expiry}:id`);
  const mac = createHmac("sha1", "north").update(`${expiry}:id`).digest("base64");
  assert.equal(server.credential, mac);
  assert.deepEqual(await timeLimited("north", "id", NOW + TURN_LIFE_MS), {
    username: server.username,
    credential: server.credential,
  });
});

const config = {
  stunFor: (hostname: string) => hostname === "example.org" ? ["stun:s"] : [],
  turn: { urls, username: "u", credential: "c" },
};

staged(
  "[SG15] Credentials end by the date everybody has, not by the server's own time",
  async (stage) => {
    stage.clock.date = () => NOW;
    const ana = await stage.enter("Ana");
    while (ana.all("joined").length === 0) {
      await timeLimited("north", "id", NOW); // WebCrypto takes its own time: as long as this
      await stage.settle();
    }
    const [{ username }] = ana.joined.ice;
    assert.equal(Number(username!.split(":")[0]), (NOW + TURN_LIFE_MS) / 1000);
  },
  { config: { turn: { urls, secret: "north" } } },
);

staged("[SG15] ICE servers come with `joined`, and when asked for", async (stage) => {
  const ana = await stage.enter("Ana");
  const servers = [{ urls: ["stun:s"] }, { urls, username: "u", credential: "c" }];
  assert.deepEqual(ana.joined.ice, servers);
  await ana.say({ type: "ice?" });
  assert.deepEqual(ana.last("ice").servers, servers);
}, { config });
