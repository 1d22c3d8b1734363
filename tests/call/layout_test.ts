import assert from "node:assert/strict";
import { arrangeTiles } from "../../lib/call/layout.ts";

/** LOOK, section 4: for each stage, columns × rows for so many people. */
const TABLE: readonly (readonly [width: number, height: number, gap: number, string[]])[] = [
  [1256, 692, 12, ["3 2x2", "4 2x2", "5 3x2", "6 3x2", "8 3x3"]],
  [908, 692, 12, ["3 2x2", "4 2x2", "5 2x3", "6 2x3", "8 3x3"]],
  [374, 728, 8, ["3 2x2", "4 2x2", "5 2x3", "6 2x3", "8 2x4"]],
  [760, 374, 8, ["3 2x2", "4 2x2", "5 3x2", "6 3x2", "8 3x3"]],
];

for (const [width, height, gap, wanted] of TABLE) {
  Deno.test(`[UI9] a stage of ${width} × ${height} px has the columns of the look`, () => {
    const got = wanted.map((line) => {
      const count = parseInt(line);
      const { columns } = arrangeTiles(count, width, height, gap);
      return `${count} ${columns}x${Math.ceil(count / columns)}`;
    });
    assert.deepEqual(got, wanted);
  });
}

Deno.test("[UI9] tiles never overflow their stage", () => {
  for (let count = 1; count <= 16; count++) {
    for (const [width, height] of [[320, 568], [1920, 1080], [500, 500], [844, 300]]) {
      const tile = arrangeTiles(count, width, height, 12);
      const rows = Math.ceil(count / tile.columns);
      assert.ok(tile.columns * tile.width + (tile.columns - 1) * 12 <= width);
      assert.ok(rows * tile.height + (rows - 1) * 12 <= height);
      assert.ok(tile.width > 0 && tile.height > 0);
    }
  }
});

Deno.test("[UI9] a stage without room for anybody is no fault", () => {
  assert.deepEqual(arrangeTiles(3, 0, 0, 12), { columns: 1, width: 0, height: 0 });
});
