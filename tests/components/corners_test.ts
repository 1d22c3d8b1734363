import assert from "node:assert/strict";
import { type Corner, cornerByKey, nearestCorner, nextCorner } from "../../components/corners.ts";

const STAGE = { left: 12, top: 12, width: 1256, height: 692 };
const at = (left: number, top: number) => ({ left, top, width: 228, height: 142 });

Deno.test("[UI16] a picture let go lies in the corner of its quarter", () => {
  assert.equal(nearestCorner(at(20, 20), STAGE), "top-left");
  assert.equal(nearestCorner(at(530, 290), STAGE), "bottom-right");
  assert.equal(nearestCorner(at(510, 290), STAGE), "bottom-left");
  assert.equal(nearestCorner(at(900, 100), STAGE), "top-right");
  assert.equal(nearestCorner(at(2000, -500), STAGE), "top-right", "dragged over the edge");
});

Deno.test("[UI16] arrow keys move along one side, and stop at its end", () => {
  assert.equal(cornerByKey("bottom-right", "ArrowLeft"), "bottom-left");
  assert.equal(cornerByKey("bottom-left", "ArrowLeft"), "bottom-left");
  assert.equal(cornerByKey("bottom-left", "ArrowUp"), "top-left");
  assert.equal(cornerByKey("top-left", "ArrowRight"), "top-right");
  assert.equal(cornerByKey("top-right", "ArrowDown"), "bottom-right");
  assert.equal(cornerByKey("top-right", "Enter"), null);
});

Deno.test("[UI16] pressing goes round all four corners", () => {
  let corner: Corner = "bottom-right";
  const seen = new Set<Corner>();
  for (let i = 0; i < 4; i++) seen.add(corner = nextCorner(corner));
  assert.equal(seen.size, 4);
  assert.equal(corner, "bottom-right");
});
