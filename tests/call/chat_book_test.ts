import assert from "node:assert/strict";
import { ChatBook, LINES_KEPT } from "../../lib/call/chat_book.ts";
import { asId, type LogId } from "../../lib/protocol/ids.ts";
import type { ChatEvent } from "../../lib/protocol/messages.ts";

const [first, second] = [asId<LogId>("first"), asId<LogId>("second")];

function said(p: number, from: string, n: number, more: Partial<ChatEvent> = {}): ChatEvent {
  return {
    type: "chat",
    p,
    from: asId(from),
    seat: asId(`seat-${from}`),
    name: from,
    n,
    at: p * 1000,
    body: { kind: "plain", text: `${from}${n}` },
    ...more,
  };
}
const texts = (book: ChatBook) =>
  book.said.map(({ chat }) => chat.body.kind === "plain" ? chat.body.text : "");

Deno.test("[CH1] chat lies by the life of its log, then by position, however it comes", () => {
  const book = new ChatBook();
  book.open(first);
  for (const [p, from] of [[9, "b"], [7, "a"]] as const) book.take(said(p, from, 1));
  book.open(second);
  book.take(said(2, "a", 2));
  book.take(said(3, "c", 1), first);
  assert.deepEqual(texts(book), ["c1", "a1", "b1", "a2"]);
});

Deno.test("[CH1] what comes again is one line, and takes its later place", () => {
  const book = new ChatBook();
  book.open(first);
  assert.equal(book.take(said(5, "a", 1)), true);
  assert.equal(book.take(said(6, "b", 1)), true);
  book.open(second);
  assert.equal(book.take(said(2, "b", 1)), false);
  assert.equal(book.take(said(3, "a", 1)), false);
  assert.deepEqual(texts(book), ["b1", "a1"]);
  assert.equal(book.take(said(5, "a", 1), first), false, "an earlier place is no news");
  assert.deepEqual(texts(book), ["b1", "a1"]);
});

Deno.test("[CH1] two who had the same in another order agree once it was told anew", () => {
  const [one, other] = [new ChatBook(), new ChatBook()];
  for (const book of [one, other]) book.open(first);
  one.take(said(5, "a", 1));
  one.take(said(6, "b", 1));
  for (const book of [one, other]) {
    book.open(second);
    book.take(said(2, "b", 1));
    book.take(said(3, "a", 1));
  }
  assert.deepEqual(texts(one), texts(other));
});

Deno.test("[CH2] what a newer endpoint says again under `was` is the same line", () => {
  const book = new ChatBook();
  book.open(first);
  book.take(said(5, "a", 3));
  const again = said(8, "a2", 1, { was: [{ endpoint: asId("a"), n: 3 }] });
  assert.equal(book.take(again), false);
  assert.equal(book.said.length, 1);
});

Deno.test("[CH4] what waits is shown until it comes back by its mark, or is refused", () => {
  const book = new ChatBook();
  book.open(first);
  book.wait({ mark: "m1", text: "one", to: null, atMs: 1 });
  book.wait({ mark: "m2", text: "two", to: null, atMs: 2 });
  assert.equal(book.take(said(5, "a", 1, { mark: "m1" })), false, "one's own is no news");
  book.fail("m2");
  assert.deepEqual(book.pending.map(({ mark, failed }) => [mark, failed]), [["m2", true]]);
});

Deno.test("[CH2] the oldest lines go, and would be news again", () => {
  const book = new ChatBook();
  book.open(first);
  for (let n = 1; n <= LINES_KEPT + 1; n++) book.take(said(n, "a", n));
  assert.deepEqual([book.said.length, texts(book)[0]], [LINES_KEPT, "a2"]);
  assert.equal(book.take(said(1, "a", 1)), true);
  assert.equal(book.said.length, LINES_KEPT);
});
