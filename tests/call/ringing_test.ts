import assert from "node:assert/strict";
import { RECENT_KEPT, RecentCalls } from "../../lib/call/recent_calls.ts";
import { ringingOf } from "../../lib/call/ringing.ts";
import { asId } from "../../lib/protocol/ids.ts";
import { TabMemory } from "../support/page.ts";

Deno.test("[CA31] When it rings, and how", () => {
  const call = asId<never>("c1");
  const incoming = { call, from: "Ana", kind: "talk", answering: false } as const;
  const outgoing = { call, to: "Ana", kind: "talk", stage: { is: "ringing" } } as const;
  const base = { incoming: null, outgoing: null, canPlay: true, canNotify: true, visible: true };
  const silent = { tone: null, title: null, notification: null };
  const table: [Partial<Parameters<typeof ringingOf>[0]>, ReturnType<typeof ringingOf>][] = [
    [{}, silent],
    [{ incoming }, { ...silent, tone: "ring", title: "Ana" }],
    [{ incoming, canPlay: false }, { ...silent, title: "Ana" }],
    [{ incoming, visible: false }, { tone: "ring", title: "Ana", notification: "Ana" }],
    [{ incoming, visible: false, canNotify: false }, { ...silent, tone: "ring", title: "Ana" }],
    [{ incoming: { ...incoming, answering: true } }, silent],
    [{ outgoing }, { ...silent, tone: "ringback" }],
    [{ outgoing, canPlay: false }, silent],
    [{ outgoing: { ...outgoing, stage: { is: "calling" } } }, silent],
    [{ outgoing: { ...outgoing, stage: { is: "over", why: "busy" } } }, silent],
    [{ incoming, outgoing }, { ...silent, tone: "ring", title: "Ana" }],
  ];
  for (const [facts, right] of table) assert.deepEqual(ringingOf({ ...base, ...facts }), right);
});

Deno.test("[CA32] Recent calls are kept by the browser, each once, the latest fifty", () => {
  const memory = new TabMemory();
  const calls = new RecentCalls(memory);
  const note = (id: number, end: "unanswered" | "accepted") =>
    calls.note({
      call: asId(`c${id}`),
      name: "Ana",
      at: id,
      incoming: true,
      kind: "talk",
      end,
      missed: end === "unanswered",
    });
  for (let id = 1; id <= RECENT_KEPT + 5; id++) note(id, "unanswered");
  note(RECENT_KEPT + 5, "accepted"); // as another tab knows
  assert.equal(calls.all.value.length, RECENT_KEPT);
  assert.deepEqual([calls.all.value[0].at, calls.all.value[0].end], [RECENT_KEPT + 5, "accepted"]);
  assert.equal(calls.missed.value, RECENT_KEPT - 1);
  const next = new RecentCalls(memory);
  assert.deepEqual(next.all.value, calls.all.value);
  next.seen();
  assert.equal(new RecentCalls(memory).missed.value, 0);
  next.clear();
  assert.deepEqual(new RecentCalls(memory).all.value, []);
  memory.set("tertulia.calls", '[{"name":7}]');
  assert.deepEqual(new RecentCalls(memory).all.value, []);
});

Deno.test("[CA28] Two pages agree on a secret by WebCrypto, each with the other's public key alone", async () => {
  const place = Object.getOwnPropertyDescriptor(globalThis, "location")!;
  const origin = "https://example.org";
  Object.defineProperty(globalThis, "location", { value: { origin }, configurable: true });
  const { browserNamesEnv } = await import("../../lib/call/env/names_env.ts");
  const { agreements } = browserNamesEnv();
  Object.defineProperty(globalThis, "location", place);
  const [one, other] = [await agreements.begin(), await agreements.begin()];
  const secret = await one.secret(other.publicKey, "room");
  assert.equal(await other.secret(one.publicKey, "room"), secret);
  assert.equal(Uint8Array.fromBase64(secret, { alphabet: "base64url" }).length, 32);
  assert.notEqual(await one.secret(other.publicKey, "another room"), secret);
  const again = await agreements.restore(one.saved);
  assert.equal(again?.publicKey, one.publicKey);
  assert.equal(await again?.secret(other.publicKey, "room"), secret);
  assert.equal(await agreements.restore("{}"), null);
  await assert.rejects(one.secret("A".repeat(87), "room"));
});
