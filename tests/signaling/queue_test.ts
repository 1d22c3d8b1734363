import assert from "node:assert/strict";
import { SEND_QUEUE_BYTES } from "../../lib/protocol/limits.ts";
import { BEHIND_BYTES, cutReason, Outbox } from "../../lib/signaling/outbox.ts";
import { staged } from "./stage.ts";

/** A socket that keeps what it is given, and is as far behind as the test says. */
class SlowSocket {
  readonly sent: string[] = [];
  readonly closes: string[] = [];
  buffered = 0;
  send(frame: string): void {
    this.sent.push(frame);
    this.buffered += frame.length;
  }
  close(code: number, reason: string): void {
    this.closes.push(`${code} ${reason}`);
  }
}

Deno.test("[SG11] Never more than 256 KiB wait for one socket", () => {
  const socket = new SlowSocket();
  let overflowed = 0;
  const outbox = new Outbox(socket, () => overflowed++);
  const frame = "x".repeat(1024);
  for (let i = 0; i < 256; i++) outbox.frame(frame);
  assert.deepEqual([socket.buffered, overflowed], [SEND_QUEUE_BYTES, 0]);
  outbox.frame("1");
  assert.deepEqual([socket.buffered, overflowed], [SEND_QUEUE_BYTES, 1]);
  socket.buffered = 1000; // read meanwhile
  for (let i = 0; i < 255; i++) outbox.frame(frame);
  assert.equal(overflowed, 1);
});

Deno.test("[SG11] While a socket is behind, the latest state replaces the one before", () => {
  const socket = new SlowSocket();
  const outbox = new Outbox(socket, () => {});
  socket.buffered = BEHIND_BYTES + 1;
  let now = "old";
  outbox.state("a", () => `a ${now}`);
  outbox.state("b", () => null);
  outbox.state("a", () => `a ${now} again`);
  outbox.flushStates();
  assert.deepEqual(socket.sent, []);
  now = "new";
  socket.buffered = 0;
  outbox.flushStates();
  outbox.flushStates();
  assert.deepEqual(socket.sent, ["a new again"]);
});

Deno.test("[SG11] A state said when the socket has caught up replaces one that waited", () => {
  const socket = new SlowSocket();
  const outbox = new Outbox(socket, () => {});
  socket.buffered = BEHIND_BYTES + 1;
  outbox.state("a", () => "first");
  socket.buffered = 0;
  outbox.state("a", () => "second");
  outbox.flushStates();
  assert.deepEqual(socket.sent, ["second"]);
});

Deno.test("[SG11] Volatile messages are left out when anything is queued", () => {
  const socket = new SlowSocket();
  const outbox = new Outbox(socket, () => {});
  outbox.volatile("1");
  socket.buffered = 1;
  outbox.volatile("2");
  assert.deepEqual(socket.sent, ["1"]);
});

Deno.test("[SG11] A closed outbox sends nothing and closes once, with a reason that fits", () => {
  const socket = new SlowSocket();
  const outbox = new Outbox(socket, () => {});
  outbox.close(4001, "slow");
  outbox.close(4000, "replaced");
  outbox.frame("late");
  outbox.state("a", () => "late");
  outbox.settle(4);
  outbox.flushSettled();
  assert.deepEqual([socket.sent, socket.closes], [[], ["4001 slow"]]);
  assert.ok(new TextEncoder().encode(cutReason("é😀".repeat(100))).length <= 123);
});

staged("[SG11] A reader that has stalled is closed as slow, and loses nothing", async (stage) => {
  const ana = await stage.enter("Ana");
  const bo = await stage.enter("Bo");
  const cy = await stage.enter("Cy");
  bo.stalled = true;
  const sdp = "x".repeat(30 * 1024);
  let n = 1;
  for (; n <= 6; n++) {
    const desc = { id: `${n}`, type: "offer", sdp };
    await ana.say({ type: "signal", n, to: bo.endpoint, conn: 1, desc });
  }
  for (let m = 1; m <= 4; m++) {
    const desc = { id: `${m}`, type: "offer", sdp };
    await cy.say({ type: "signal", n: m, to: bo.endpoint, conn: 1, desc });
  }
  assert.equal(stage.signaling.stats().sockets, 2);
  const at = ana.all("state").at(-1)!.seat.endpoints[0];
  assert.deepEqual([at.endpoint, at.presence], [bo.endpoint, "absent"]);
  bo.pair.cut();
  // All ten are more than one socket may have queued: the second resume has the rest.
  const first = await stage.resume(bo);
  assert.equal(first.closed, "4001 slow");
  const second = await stage.resume(first);
  const had = [...first.all("signal"), ...second.all("signal")].map((each) => [each.from, each.n]);
  const said = (from: string, count: number) =>
    Array.from({ length: count }, (_, i) => [from, i + 1]);
  assert.deepEqual(had, [...said(ana.endpoint, 6), ...said(cy.endpoint, 4)]);
});
