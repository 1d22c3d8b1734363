import assert from "node:assert/strict";
import fc from "fast-check";
import { parseClient } from "../../lib/protocol/from_client.ts";
import { quickClient } from "../../lib/protocol/quick.ts";

const GOOD = { candidate: "candidate:1 1 udp 1 192.0.2.1 9 typ host", sdpMid: "0" };
const odd = fc.oneof(
  fc.anything(),
  fc.integer({ min: -2, max: 300 }),
  fc.string({ maxLength: 70 }),
  fc.constantFrom(null, "signal", "ack", "pong", "a".repeat(64), "x".repeat(1025), 2 ** 53),
);
const candidate = fc.record({
  candidate: fc.oneof({ weight: 5, arbitrary: fc.constant(GOOD.candidate) }, odd),
  sdpMid: fc.oneof({ weight: 5, arbitrary: fc.constantFrom("0", null) }, odd),
  sdpMLineIndex: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(0, null) }, odd),
  usernameFragment: fc.oneof({ weight: 5, arbitrary: fc.constant("uf") }, odd),
  extra: odd,
}, { requiredKeys: ["candidate"] });
const message = fc.record({
  type: fc.oneof({ weight: 9, arbitrary: fc.constantFrom("signal", "ack", "pong") }, odd),
  n: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1 }) }, odd),
  to: fc.oneof({ weight: 5, arbitrary: fc.constant("endpoint-1") }, odd),
  conn: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1 }) }, odd),
  candidate: fc.oneof({ weight: 9, arbitrary: candidate }, odd),
  ack: fc.oneof({ weight: 2, arbitrary: fc.nat() }, odd),
  proof: odd,
}, { requiredKeys: ["type"] });

Deno.test("[SE3] What is checked by hand is what the schemas would have let through", () => {
  let quick = 0;
  fc.assert(
    fc.property(message, (given) => {
      const json = JSON.parse(JSON.stringify(given));
      const known = quickClient(json);
      if (known === null) return;
      quick++;
      // A field no schema knows sends the same message past the quick check, to the schemas.
      const slow = parseClient(JSON.stringify({ ...json, restart: false }));
      assert.ok(slow.ok, JSON.stringify([known, slow]));
      const { restart: _, ...same } = slow.message as typeof slow.message & { restart?: boolean };
      assert.deepEqual(known, same);
    }),
    { seed: 7, numRuns: 5000 },
  );
  assert.ok(quick > 500, `${quick} were quick`);
});
