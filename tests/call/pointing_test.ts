/** What pointers say to one another, as text. */
import assert from "node:assert/strict";
import {
  fading,
  flowing,
  MOST_A_SECOND,
  NO_FLOW,
  type PointerWords,
  readPointer,
  writePointer,
} from "../../lib/call/pointing.ts";
import { asId, type SeatId } from "../../lib/protocol/ids.ts";

const seat = asId<SeatId>("0abc");

Deno.test("[PT1] a place survives its message to a ten-thousandth of the picture", () => {
  for (const [x, y] of [[0, 0], [1, 1], [0.123456, 0.98765], [1 / 3, 2 / 3]]) {
    const words = readPointer(writePointer({
      is: "point",
      n: 7,
      picture: { seat, kind: "screen" },
      spot: { x, y },
      presses: 3,
    }));
    assert.ok(words?.is === "point");
    assert.ok(Math.abs(words.spot.x - x) <= 5e-5 && Math.abs(words.spot.y - y) <= 5e-5);
    assert.deepEqual([words.n, words.picture, words.presses], [7, { seat, kind: "screen" }, 3]);
  }
  assert.deepEqual(readPointer(writePointer({ is: "away", n: 8 })), { is: "away", n: 8 });
});

Deno.test("[PT5] presses are counted round, so that a message keeps its size", () => {
  const said: PointerWords = {
    is: "point",
    n: 1,
    picture: { seat, kind: "camera" },
    spot: { x: 0, y: 0 },
    presses: 123_456,
  };
  const heard = readPointer(writePointer(said));
  assert.equal(heard?.is === "point" && heard.presses, 456);
});

const INERT: readonly (readonly [what: string, said: unknown])[] = [
  ["nothing", undefined],
  ["an object", { is: "point", n: 1 }],
  ["bytes", new ArrayBuffer(64)],
  ["a number", 12],
  ["no message", ""],
  ["another word", "paint 1 screen 0abc 1 1 0"],
  ["JSON", '{"is":"point","n":1}'],
  ["a place to the right of the picture", "point 1 screen 0abc 10001 1 0"],
  ["a place below it", "point 1 screen 0abc 1 99999 0"],
  ["a place before it", "point 1 screen 0abc -1 1 0"],
  ["a fraction", "point 1 screen 0abc 1.5 1 0"],
  ["no number", "point 1 screen 0abc NaN 1 0"],
  ["infinity", "point 1 screen 0abc Infinity 1 0"],
  ["a hexadecimal one", "point 0x1 screen 0abc 1 1 0"],
  ["a number with an exponent", "point 1e9 screen 0abc 1 1 0"],
  ["a number of ten digits", "point 1000000000 screen 0abc 1 1 0"],
  ["another kind of picture", "point 1 window 0abc 1 1 0"],
  ["no seat", "point 1 screen  1 1 0"],
  ["markup for a seat", "point 1 screen <b>x</b> 1 1 0"],
  ["a seat too long", `point 1 screen ${"a".repeat(65)} 1 1 0`],
  ["somebody else's name added", "point 1 screen 0abc 1 1 0 from=1xyz"],
  ["a line too many", "point 1 screen 0abc 1 1 0\naway 2"],
  ["a letter of the far side of Unicode", "point 1 screen 0abc 1 1 \u0660"],
  ["a text without end", "point 1 ".padEnd(100_000, "9")],
];
for (const [what, said] of INERT) {
  Deno.test(`[PT3] inert: ${what}`, () => assert.equal(readPointer(said), null));
}

Deno.test("[PT3] of a flood no more is read than anybody has a reason to say", () => {
  let flow = NO_FLOW;
  let read = 0;
  for (let at = 0; at < 2_000; at++) {
    const next = flowing(flow, at); // a thousand a second, for two
    flow = next.flow;
    if (!next.tooMany) read++;
  }
  assert.equal(read, 2 * MOST_A_SECOND);
  assert.equal(flowing(flow, 3_000).tooMany, false, "a second later there is room again");
});

Deno.test("[PT4] still for 3 s it fades, and is gone a moment later", () => {
  assert.deepEqual([0, 2_999, 3_000, 3_399, 3_400].map(fading), [
    "shown",
    "shown",
    "fading",
    "fading",
    "gone",
  ]);
});
