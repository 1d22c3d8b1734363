import assert from "node:assert/strict";
import { asId, type EndpointId } from "../../lib/protocol/ids.ts";
import type { PendingEvent } from "../../lib/signaling/room_state.ts";
import { Tail, TAIL_ENTRIES, TAIL_LETTERS } from "../../lib/signaling/tail.ts";

const [a, b, c] = ["a", "b", "c"].map((id) => asId<EndpointId>(id));
const entry = (p: number, to: EndpointId[], frame = `${p}`) => ({
  p,
  to,
  frame,
  letters: frame.length,
});
const frames = (entries: readonly { frame: string }[]) => entries.map(({ frame }) => frame);

Deno.test("[SG5] The tail lets go of what everybody it was for has had", () => {
  const tail = new Tail();
  tail.push(entry(1, [a]), []);
  tail.push(entry(2, [b]), []);
  tail.push(entry(3, [a, b]), []);
  const had = new Map([[a, 1], [b, 2], [c, 0]]);
  tail.trim((endpoint) => had.get(endpoint) ?? Infinity);
  assert.deepEqual([tail.length, tail.start(9)], [1, 3]);
  had.set(a, 3).delete(b); // one acknowledged, one left; c was never meant
  tail.trim((endpoint) => had.get(endpoint) ?? Infinity);
  assert.deepEqual([tail.length, tail.start(9), tail.covers(0)], [0, 9, true]);
});

Deno.test("[SG6] Over its limits the tail drops the oldest, but nothing pending", () => {
  const tail = new Tail();
  const due: PendingEvent = { p: 2, at: 0, from: b, n: 1, bytes: 1, due: [a] };
  for (let p = 1; p <= TAIL_ENTRIES + 1; p++) tail.push(entry(p, [a]), [due]);
  assert.ok(tail.length <= TAIL_ENTRIES);
  assert.deepEqual([tail.covers(1), tail.covers(TAIL_ENTRIES)], [false, true]);
  assert.deepEqual(frames(tail.due(a, [due])), ["2"]);
  assert.deepEqual(frames(tail.missed(a, TAIL_ENTRIES)), [`${TAIL_ENTRIES + 1}`]);
  assert.deepEqual(tail.missed(b, 0), []);
});

Deno.test("[SG6] Letters count as well as entries", () => {
  const tail = new Tail();
  for (let p = 1; p <= 5; p++) tail.push(entry(p, [a], "x".repeat(TAIL_LETTERS / 4)), []);
  assert.ok(tail.length <= 4 && !tail.covers(0));
});
