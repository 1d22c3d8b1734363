import assert from "node:assert/strict";
import { drainWaitMs, randomFraction, reconnectWaitMs } from "../../lib/call/backoff.ts";
import { RECONNECT_WAITS_MS } from "../../lib/protocol/limits.ts";

Deno.test("[CL8] reconnects wait what the table says, and then its last value", () => {
  const waits = Array.from({ length: 8 }, (_, attempt) => reconnectWaitMs(attempt, 0.5));
  assert.deepEqual(waits, [0, 300, 1200, 2700, 4800, 7000, 7000, 7000]);
});

Deno.test("[CL8] a wait lies within 30 % of the table's", () => {
  for (const [attempt, waitMs] of RECONNECT_WAITS_MS.entries()) {
    assert.equal(reconnectWaitMs(attempt, 0), Math.round(waitMs * 0.7));
    assert.ok(reconnectWaitMs(attempt, 0.9999) <= waitMs * 1.3);
  }
});

Deno.test("[CL9] those who were told of a drain come back over two seconds", () => {
  assert.equal(drainWaitMs(0), 0);
  assert.equal(drainWaitMs(0.5), 1000);
  assert.ok(drainWaitMs(0.9999) <= 2000);
});

Deno.test("[CL8] random bytes become a fraction below 1", () => {
  assert.equal(randomFraction((bytes) => void bytes.fill(0)), 0);
  assert.ok(randomFraction((bytes) => void bytes.fill(255)) < 1);
  assert.equal(randomFraction((bytes) => void (bytes[0] = 128)), 0.5);
});
