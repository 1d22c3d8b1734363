import assert from "node:assert/strict";
import fc from "fast-check";
import { Outbox } from "../../lib/call/outbox.ts";
import { write } from "../../lib/protocol/frame.ts";
import { parseClient } from "../../lib/protocol/from_client.ts";
import { asId } from "../../lib/protocol/ids.ts";
import type { Candidate } from "../../lib/protocol/messages.ts";
import { quickClient } from "../../lib/protocol/quick.ts";

const LINE = "candidate:1 1 udp 1 192.0.2.1 9 typ host";
const odd = fc.oneof(
  fc.anything(),
  fc.integer({ min: -2, max: 300 }),
  fc.string({ maxLength: 70 }),
  fc.constantFrom(null, "signal", "ack", "pong", "a".repeat(64), "x".repeat(1025), 2 ** 53),
  fc.constantFrom("", '"', "\\", "\u0000", "é", "\u2028", "😀", "}", 1e15, 1e21, -0, 0.5),
);
/** Nearly always what is right there, in the order in which pages write it. */
const nearly = <T>(right: fc.Arbitrary<T>) => fc.oneof({ weight: 12, arbitrary: right }, odd);
const candidate = fc.record({
  candidate: nearly(fc.constantFrom(LINE, "")),
  sdpMid: nearly(fc.constantFrom("0", null)),
  sdpMLineIndex: nearly(fc.oneof(fc.nat(255), fc.constant(null))),
  usernameFragment: nearly(fc.constant("uf+/")),
});
const signal = fc.record({
  type: nearly(fc.constant("signal")),
  to: nearly(fc.constant("endpoint-1")),
  conn: nearly(fc.integer({ min: 1 })),
  candidate: nearly(candidate),
  n: nearly(fc.maxSafeInteger().map(Math.abs)),
  ack: nearly(fc.nat()),
  proof: odd,
}, { requiredKeys: ["type", "to", "conn", "candidate", "n"] });
const answer = fc.record({
  type: nearly(fc.constantFrom("ack", "pong")),
  ack: nearly(fc.maxSafeInteger().map(Math.abs)),
}, { requiredKeys: ["type"] });

/** The message a quick reading stands for. */
function read(frame: string): unknown {
  const quick = quickClient(frame);
  if (quick?.type !== "signal") return quick;
  const { body, ...rest } = quick;
  return { ...rest, ...JSON.parse(`{${body}}`) };
}

Deno.test("[SE3] What is read quickly is what the schemas would have let through", () => {
  let quick = 0;
  const agrees = (frame: string) => {
    const message = read(frame);
    if (message === null) return;
    quick++;
    assert.deepEqual(parseClient(frame), { ok: true, message }, frame);
  };
  fc.assert(
    fc.property(fc.oneof(signal, answer), (message) => agrees(JSON.stringify(message))),
    { seed: 7, numRuns: 5000 },
  );
  assert.ok(quick > 500, `${quick} were quick`);
});

Deno.test("[SE3] A frame with one letter changed is read as the schemas read it, or by them", () => {
  const frame = write({ ...event("0", 0), ack: 12 });
  for (let at = 0; at < frame.length; at++) {
    for (
      const letter of ['"', "\\", "{", "}", ",", ":", "0", "9", "-", " ", "\n", "é", "\u007f", ""]
    ) {
      const changed = frame.slice(0, at) + letter + frame.slice(at + 1);
      const message = read(changed);
      if (message !== null) assert.deepEqual(parseClient(changed), { ok: true, message }, changed);
    }
  }
});

Deno.test("[SE3] What is too long for its field is left to the schemas", () => {
  const long = (part: Partial<Candidate>) => {
    const message = event("0", 0);
    return quickClient(write({ ...message, candidate: { ...message.candidate!, ...part } }));
  };
  assert.notEqual(long({ sdpMid: "m".repeat(64), usernameFragment: "f".repeat(256) }), null);
  assert.equal(long({ sdpMid: "m".repeat(65) }), null);
  assert.equal(long({ usernameFragment: "f".repeat(257) }), null);
  assert.equal(long({ candidate: "c".repeat(1025) }), null);
  assert.equal(long({ sdpMLineIndex: 256 }), null);
});

Deno.test("[SE3] The candidates and answers that pages write are read quickly", () => {
  for (const [mid, index] of [["0", 0], ["video-1", 255], [null, 0], ["0", null]] as const) {
    for (const ack of [{}, { ack: 0 }, { ack: 123_456 }]) {
      const message = { ...event(mid, index), ...ack };
      assert.deepEqual(read(write(message)), message);
    }
  }
  assert.deepEqual(quickClient(write({ type: "ack", ack: 7 })), { type: "ack", ack: 7 });
  assert.deepEqual(quickClient(write({ type: "pong" })), { type: "pong" });
});

/** A candidate as a page's outbox gives it out. */
function event(sdpMid: string | null, sdpMLineIndex: number | null) {
  const candidate = { candidate: LINE, sdpMid, sdpMLineIndex, usernameFragment: "4ZcD" };
  const added = new Outbox().add({ type: "signal", to: asId("e-1"), conn: 2, candidate });
  assert.ok(added.ok && added.event.type === "signal");
  return added.event;
}
