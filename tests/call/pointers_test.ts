/** Pointers over a channel that loses and reorders, by hand. */
import { signal } from "@preact/signals-core";
import assert from "node:assert/strict";
import type { FastListener } from "../../lib/call/lines.ts";
import { Pointers } from "../../lib/call/pointers.ts";
import { asId, type EndpointId, type SeatId } from "../../lib/protocol/ids.ts";
import { FakeClock } from "../support/clock.ts";

const id = <Id extends EndpointId | SeatId>(text: string) => asId<Id>(text);
const screen = { seat: id<SeatId>("ana"), kind: "screen" } as const;
const centre = { x: 0.5, y: 0.5 };

function world() {
  const clock = new FakeClock();
  const said: { atMs: number; text: string }[] = [];
  const seats = signal<readonly SeatId[]>([id<SeatId>("ben"), id<SeatId>("cem")]);
  let tell: FastListener = () => {};
  const startMs = clock.now();
  const pointers = new Pointers(clock, {
    sendFast: (text) => void said.push({ atMs: clock.now() - startMs, text }),
    onFast(listener) {
      tell = listener;
      return () => tell = () => {};
    },
  }, {
    seats,
    // Each seat's endpoint is called after it.
    seatOf: (endpoint) =>
      ["ana", "ben", "cem"].map(id<SeatId>).find((seat) => endpoint === `${seat}-1`),
  });
  return {
    clock,
    said,
    seats,
    pointers,
    hear: (from: string, text: unknown) => tell(id<EndpointId>(`${from}-1`), text),
    shown: () => pointers.all.peek().map(({ seat, spot }) => `${seat} ${spot.x} ${spot.y}`),
  };
}

Deno.test("[PT2] 30 a second at most, the first at once, the last always", () => {
  const { clock, said, pointers } = world();
  for (let ms = 0; ms < 1_000; ms++) {
    pointers.point(screen, { x: ms / 1_000, y: 0 });
    clock.advance(1);
  }
  clock.advance(100);
  assert.equal(said[0].atMs, 0);
  assert.ok(said.length >= 28 && said.length <= 31, `${said.length} were said`);
  for (const [i, { atMs }] of said.slice(1).entries()) assert.ok(atMs - said[i].atMs >= 33);
  assert.equal(said.at(-1)!.text, `point ${said.length} screen ana 9990 0 0`);
  clock.advance(10_000);
  assert.equal(clock.waiting, 0, "who stands still says nothing");
  pointers.dispose();
});

Deno.test("[PT4] who leaves the picture says so at once, once, and nothing after it", () => {
  const { clock, said, pointers } = world();
  pointers.point(screen, centre);
  pointers.point(screen, { x: 0.6, y: 0.5 });
  pointers.away();
  pointers.away();
  clock.advance(1_000);
  assert.deepEqual(said.map(({ text }) => text.split(" ")[0]), ["point", "away"]);
  pointers.dispose();
});

Deno.test("[PT3] whose pointer it is, the connection says, whatever seat the message names", () => {
  const { pointers, hear, shown } = world();
  hear("ben", "point 1 camera cem 2500 7500 0");
  assert.deepEqual(shown(), ["ben 0.25 0.75"]);
  assert.deepEqual(pointers.all.peek()[0].picture, { seat: "cem", kind: "camera" });
  hear("zoe", "point 1 screen ana 1 1 0");
  hear("ana", "point 1 screen ana 1 1 0"); // a seat the room does not show
  assert.equal(shown().length, 1);
  pointers.dispose();
});

Deno.test("[PT3] a message that was overtaken is of no more use", () => {
  const { pointers, hear, shown } = world();
  hear("ben", "point 5 screen ana 5000 5000 0");
  hear("ben", "point 4 screen ana 1 1 0");
  assert.deepEqual(shown(), ["ben 0.5 0.5"]);
  hear("ben", "away 7");
  hear("ben", "point 6 screen ana 1 1 0");
  assert.deepEqual(shown(), []);
  pointers.dispose();
});

Deno.test("[PT3] a flood moves the pointer 60 times a second and changes no list", () => {
  const { pointers, hear } = world();
  let lists = 0;
  let moves = 0;
  const stop = pointers.all.subscribe(() => lists++);
  pointers.onMove(() => moves++);
  for (let n = 1; n <= 10_000; n++) hear("ben", `point ${n} screen ana ${n % 10_000} 0 0`);
  assert.equal(moves, 60);
  assert.equal(lists, 2, "none, then one pointer");
  hear("cem", "point 1 screen ana 0 0 0");
  assert.equal(pointers.all.peek().length, 2, "another's flood costs the others nothing");
  stop();
  pointers.dispose();
});

Deno.test("[PT4] a still one fades and goes; one that moves again is back", () => {
  const { clock, pointers, hear, shown } = world();
  hear("ben", "point 1 screen ana 5000 5000 0");
  clock.advance(2_900);
  assert.equal(pointers.all.peek()[0].fading, false);
  clock.advance(200);
  assert.equal(pointers.all.peek()[0].fading, true);
  hear("ben", "point 2 screen ana 5000 5000 0");
  assert.equal(pointers.all.peek()[0].fading, false);
  clock.advance(4_000);
  assert.deepEqual(shown(), []);
  assert.equal(clock.waiting, 0);
  pointers.dispose();
});

Deno.test("[PT4] it goes with its owner", () => {
  const { seats, pointers, hear, shown } = world();
  hear("ben", "point 1 screen ana 5000 5000 0");
  hear("cem", "point 1 screen ana 5000 5000 0");
  seats.value = [id<SeatId>("cem")];
  assert.deepEqual(shown(), ["cem 0.5 0.5"]);
  pointers.dispose();
});

Deno.test("[PT5] a press whose message was lost shows with the next one", () => {
  const { pointers, said, hear } = world();
  const presses = () => pointers.all.peek()[0].presses;
  hear("ben", "point 1 screen ana 1 1 0");
  hear("ben", "point 3 screen ana 1 1 1");
  assert.equal(presses(), 1);
  hear("ben", "point 4 screen ana 1 1 1");
  assert.equal(presses(), 1);
  hear("cem", "point 1 screen ana 1 1 1");
  assert.equal(pointers.all.peek()[1].presses, 1, "a touch shows and presses in one");
  pointers.press(screen, centre);
  assert.equal(said.at(-1)!.text, "point 1 screen ana 5000 5000 1");
  pointers.dispose();
});
