import assert from "node:assert/strict";
import { fullBucket, SocketCount, take } from "../../lib/signaling/limits.ts";

const RATE = { burst: 3, perSecond: 2 };

Deno.test("[SE4] A bucket gives its burst, then its rate, and never more than its burst", () => {
  const bucket = fullBucket(RATE, 0);
  const at = (now: number) => take(bucket, RATE, now);
  assert.deepEqual([at(0), at(0), at(0), at(0)], [true, true, true, false]);
  assert.deepEqual([at(499), at(500), at(500)], [false, true, false]);
  assert.deepEqual([at(1e6), at(1e6), at(1e6), at(1e6)], [true, true, true, false]);
});

Deno.test("[SE4] A clock that goes back gives nothing, and takes nothing", () => {
  const bucket = fullBucket(RATE, 10_000);
  for (let i = 0; i < 3; i++) take(bucket, RATE, 10_000);
  assert.equal(take(bucket, RATE, 0), false);
  assert.equal(take(bucket, RATE, 500), true);
});

Deno.test("[SE2] Sockets are counted by address and in all, and forgotten when they end", () => {
  const count = new SocketCount({ maxSockets: 3, maxSocketsPerAddress: 2 });
  count.add("a");
  count.add("a");
  assert.deepEqual([count.refusal("a"), count.refusal("b")], ["address", null]);
  count.add("b");
  assert.deepEqual([count.refusal("a"), count.refusal("b")], ["server", "server"]);
  count.remove("a");
  assert.deepEqual([count.refusal("a"), count.refusal("c"), count.all], [null, null, 2]);
});
