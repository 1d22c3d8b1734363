import assert from "node:assert/strict";
import { seatOthers } from "../../components/seating.ts";

const people = (...names: string[]) => names.map((name, colour) => ({ name, colour }));
const drawn = (names: string[], capacity: number) =>
  seatOthers(people(...names), capacity).map((sitter) => sitter?.name ?? "-").join("");

Deno.test("[UI13] others sit opposite, you at the bottom", () => {
  assert.equal(drawn([], 6), "------");
  assert.equal(drawn(["B"], 6), "---B--");
  assert.equal(drawn(["B", "C"], 6), "--BC--");
  assert.equal(drawn(["B", "C", "D"], 6), "--BCD-");
  assert.equal(drawn(["B", "C", "D", "E", "F"], 6), "-BCDEF");
  assert.equal(drawn(["B"], 2), "-B");
  assert.equal(drawn(["B", "C"], 3), "-BC");
});

Deno.test("[UI13] nobody sits on your chair, and no chair is made up", () => {
  for (let capacity = 2; capacity <= 16; capacity++) {
    for (let others = 0; others <= capacity + 2; others++) {
      const chairs = seatOthers(people(...Array(others).fill("x")), capacity);
      assert.equal(chairs.length, capacity);
      assert.equal(chairs[0], null);
      assert.equal(chairs.filter(Boolean).length, Math.min(others, capacity - 1));
    }
  }
});
