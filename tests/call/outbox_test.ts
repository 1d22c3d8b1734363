import assert from "node:assert/strict";
import { type Draft, Outbox, type OutEvent } from "../../lib/call/outbox.ts";
import { asId, type EndpointId } from "../../lib/protocol/ids.ts";
import { UNSETTLED_BYTES, UNSETTLED_MESSAGES } from "../../lib/protocol/limits.ts";

const chat = (text: string): Draft => ({ type: "chat", body: { kind: "plain", text } });
const signal = (conn = 1): Draft => ({ type: "signal", to: asId<EndpointId>("b"), conn });
const numbers = (outbox: Outbox, after = 0) => outbox.after(after).map((each) => each.n);

Deno.test("[CL1] events are numbered from 1, one count for all kinds", () => {
  const outbox = new Outbox();
  for (const draft of [chat("a"), signal(), chat("b")]) assert.ok(outbox.add(draft).ok);
  assert.deepEqual(outbox.after(0).map(({ n, type }) => [n, type]), [
    [1, "chat"],
    [2, "signal"],
    [3, "chat"],
  ]);
});

Deno.test("[CL1] an event is kept until it is settled, and settling is cumulative", () => {
  const outbox = new Outbox();
  for (let i = 0; i < 5; i++) outbox.add(signal());
  outbox.settle(3);
  assert.deepEqual(numbers(outbox), [4, 5]);
  outbox.settle(2);
  assert.deepEqual(numbers(outbox), [4, 5]);
  outbox.settle(9);
  assert.equal(outbox.size, 0);
  assert.deepEqual(outbox.add(signal()), { ok: true, event: { ...signal(), n: 6 } });
});

Deno.test("[CL1] a refused event is settled alone", () => {
  const outbox = new Outbox();
  for (let i = 0; i < 3; i++) outbox.add(signal());
  outbox.drop(2);
  outbox.drop(7);
  assert.deepEqual(numbers(outbox), [1, 3]);
});

Deno.test("[CL7] a new endpoint counts from 1: chat goes with it, signals do not", () => {
  const outbox = new Outbox();
  for (const draft of [chat("a"), signal(), chat("b"), signal(), chat("c")]) outbox.add(draft);
  outbox.settle(1);
  const endpoint = asId<EndpointId>("e1");
  outbox.renumber(endpoint);
  const carried = [
    { ...chat("b"), was: [{ endpoint, n: 3 }], n: 1 },
    { ...chat("c"), was: [{ endpoint, n: 5 }], n: 2 },
  ];
  assert.deepEqual(outbox.after(0), carried);
  assert.deepEqual(outbox.add(signal()), { ok: true, event: { ...signal(), n: 3 } });
  outbox.settle(1);
  const next = asId<EndpointId>("e2");
  outbox.renumber(next);
  const was = [{ endpoint, n: 5 }, { endpoint: next, n: 2 }];
  assert.deepEqual(outbox.after(0), [{ ...chat("c"), was, n: 1 }], "it keeps all its names");
  for (let i = 0; i < 10; i++) outbox.renumber(endpoint);
  const [{ was: names }] = outbox.after(0) as Extract<OutEvent, { type: "chat" }>[];
  assert.equal(names?.length, 8);
});

Deno.test("[CL10] what is too much is refused, and nothing kept is dropped for it", () => {
  const outbox = new Outbox();
  for (let i = 0; i < UNSETTLED_MESSAGES; i++) assert.ok(outbox.add(signal()).ok);
  assert.deepEqual(outbox.add(signal()), { ok: false, code: "rate" });
  assert.equal(outbox.size, UNSETTLED_MESSAGES);
  outbox.settle(1);
  assert.ok(outbox.add(signal()).ok);
});

Deno.test("[CL10] bytes are counted as the wire has them, and given back", () => {
  const outbox = new Outbox();
  const long = chat("\u{1F600}".repeat(4000)); // 16,000 bytes of UTF-8
  let count = 0;
  while (outbox.add(long).ok) count++;
  assert.equal(count, Math.floor(UNSETTLED_BYTES / 16_060));
  outbox.settle(count);
  for (let i = 0; i < count; i++) assert.ok(outbox.add(long).ok);
  outbox.renumber(null);
  assert.deepEqual(outbox.add(long), { ok: false, code: "rate" });
});

Deno.test("[CL10] what no frame can hold is refused at once", () => {
  const outbox = new Outbox();
  const desc = { id: "1", type: "offer" as const, sdp: "x".repeat(64 * 1024) };
  const draft: Draft = { type: "signal", to: asId<EndpointId>("b"), conn: 1, desc };
  assert.deepEqual(outbox.add(draft), { ok: false, code: "too-large" });
});
