import assert from "node:assert/strict";
import { Inbox } from "../../lib/call/inbox.ts";
import { asId, type EndpointId, type LogId, type SeatId } from "../../lib/protocol/ids.ts";
import type { ChatEvent } from "../../lib/protocol/messages.ts";

const log = asId<LogId>("log-1");
const later = asId<LogId>("log-2");
const chat = (p: number, from: string, n: number): ChatEvent => ({
  type: "chat",
  p,
  from: asId<EndpointId>(from),
  seat: asId("seat"),
  name: "Ana",
  n,
  at: 0,
  body: { kind: "plain", text: "hello" },
});

Deno.test("[CL2] an event of a position had before is a repeat", () => {
  const inbox = new Inbox();
  inbox.open(log, 10);
  assert.equal(inbox.take(chat(10, "a", 1)), false);
  assert.equal(inbox.take(chat(12, "a", 1)), true);
  assert.equal(inbox.take(chat(12, "a", 2)), false);
  assert.deepEqual(inbox.cursor, { log, p: 12 });
});

Deno.test("[CL2] an event whose number was had is a repeat in any log, of any position", () => {
  const inbox = new Inbox();
  inbox.open(log, 0);
  assert.equal(inbox.take(chat(1, "a", 5)), true);
  inbox.open(later, 0);
  assert.equal(inbox.take(chat(1, "a", 4)), false);
  assert.equal(inbox.take(chat(2, "a", 5)), false);
  assert.equal(inbox.take(chat(3, "b", 5)), true);
  assert.equal(inbox.take(chat(4, "a", 6)), true);
});

Deno.test("[CL2] repeats are acknowledged as well", () => {
  const inbox = new Inbox();
  inbox.open(log, 5);
  inbox.take(chat(4, "a", 1));
  assert.equal(inbox.takeAck(), 5);
});

Deno.test("[CL3] 16 events must be acknowledged at once, and an acknowledgement covers all", () => {
  const inbox = new Inbox();
  inbox.open(log, 0);
  assert.equal(inbox.takeAck(), undefined);
  for (let p = 1; p < 16; p++) inbox.take(chat(p, "a", p));
  assert.deepEqual([inbox.owesAck, inbox.mustAck], [true, false]);
  inbox.take(chat(16, "a", 16));
  assert.equal(inbox.mustAck, true);
  assert.equal(inbox.takeAck(), 16);
  assert.deepEqual([inbox.owesAck, inbox.takeAck()], [false, undefined]);
});

Deno.test("[CL4] the cursor never goes back in one log, and starts anew in another", () => {
  const inbox = new Inbox();
  assert.equal(inbox.cursor, null);
  inbox.open(log, 9);
  inbox.open(log, 4);
  assert.deepEqual(inbox.cursor, { log, p: 9 });
  inbox.open(later, 4);
  assert.deepEqual(inbox.cursor, { log: later, p: 4 });
  inbox.close();
  assert.equal(inbox.cursor, null);
  assert.equal(inbox.take(chat(20, "a", 1)), false);
});

Deno.test("[CL4] several people may come or go at one position, and none of them is missed", () => {
  const inbox = new Inbox();
  const left = (p: number, endpoint: string) => {
    const seat = asId<SeatId>(`seat of ${endpoint}`);
    return inbox.take({ type: "left", p, seat, endpoint: asId(endpoint), why: "timeout" });
  };
  inbox.open(log, 4);
  assert.equal(left(4, "x"), false, "the snapshot told it");
  assert.equal(left(7, "a"), true);
  assert.deepEqual(inbox.cursor, { log, p: 6 }, "more of position 7 may be under way");
  assert.equal(left(7, "b"), true);
  assert.equal(left(7, "a"), false);
  assert.equal(inbox.take(chat(8, "c", 1)), true);
  assert.deepEqual(inbox.cursor, { log, p: 8 });
  assert.equal(left(7, "d"), false);
});

Deno.test("[CL7] carried chat is a repeat for those who had it by any of its names", () => {
  const inbox = new Inbox();
  inbox.open(log, 0);
  const name = (endpoint: string, n: number) => ({ endpoint: asId<EndpointId>(endpoint), n });
  assert.equal(inbox.take(chat(1, "a", 5)), true);
  assert.equal(inbox.take({ ...chat(2, "b", 1), was: [name("a", 5)] }), false);
  assert.equal(inbox.take({ ...chat(3, "b", 2), was: [name("a", 6)] }), true);
  assert.equal(inbox.take({ ...chat(4, "c", 1), was: [name("a", 6), name("b", 2)] }), false);
  assert.equal(inbox.take({ ...chat(5, "c", 2), was: [name("a", 7), name("b", 3)] }), true);
});

Deno.test("[CL2] of very many senders the latest are remembered", () => {
  const inbox = new Inbox();
  inbox.open(log, 0);
  for (let p = 1; p <= 5000; p++) inbox.take(chat(p, `e${p}`, 1));
  assert.equal(inbox.take(chat(5001, "e5000", 1)), false);
});
