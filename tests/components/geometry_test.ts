/** Where a place on a picture is, whatever is done to the picture. */
import assert from "node:assert/strict";
import {
  clampZoom,
  NO_ZOOM,
  placeOf,
  type Point,
  type Seen,
  spotAt,
  zoomed,
} from "../../components/picture_geometry.ts";

const seen = (change: Partial<Seen>): Seen => ({
  width: 800,
  height: 600,
  pictureWidth: 1600,
  pictureHeight: 900,
  fit: "contain",
  mirrored: false,
  zoom: NO_ZOOM,
  ...change,
});
const at = (x: number, y: number): Point => ({ x, y });
const zoom = { scale: 2, x: -100, y: -300 };

/** 1600 × 900 in 800 × 600: contained, 75 px of bar above and below; covering, 133 cut off. */
const TABLE: readonly (readonly [string, Partial<Seen>, Point, Point | null])[] = [
  ["the middle", {}, at(400, 300), at(0.5, 0.5)],
  ["the first corner, below its bar", {}, at(0, 75), at(0, 0)],
  ["the last corner, above its bar", {}, at(800, 525), at(1, 1)],
  ["the bar above", {}, at(400, 74), null],
  ["the bar below", {}, at(400, 526), null],
  ["an upright window", { width: 300, height: 600 }, at(150, 300), at(0.5, 0.5)],
  ["its bar", { width: 300, height: 600 }, at(150, 215), null],
  ["an upright picture", { pictureWidth: 900, pictureHeight: 1600 }, at(231.25, 0), at(0, 0)],
  ["its bar", { pictureWidth: 900, pictureHeight: 1600 }, at(230, 300), null],
  ["mirrored", { mirrored: true }, at(200, 187.5), at(0.75, 0.25)],
  ["mirrored, the first corner", { mirrored: true }, at(0, 75), at(1, 0)],
  ["cut off at both sides", { fit: "cover" }, at(0, 0), at(0.125, 0)],
  ["cut off, the middle", { fit: "cover" }, at(400, 300), at(0.5, 0.5)],
  ["cut off and mirrored", { fit: "cover", mirrored: true }, at(0, 600), at(0.875, 1)],
  ["enlarged", { zoom }, at(400, 300), at(0.3125, 0.5)],
  ["enlarged, a bar come near", { zoom: { scale: 2, x: 0, y: 0 } }, at(400, 149), null],
  ["enlarged and mirrored", { zoom, mirrored: true }, at(400, 300), at(0.6875, 0.5)],
  ["a box of no size", { width: 0, height: 0 }, at(0, 0), null],
  ["a picture that has not come", { pictureWidth: 0, pictureHeight: 0 }, at(5, 5), null],
];

const near = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y) < 1e-9;

for (const [what, change, place, spot] of TABLE) {
  Deno.test(`[PT1] ${what}: ${place.x}, ${place.y}`, () => {
    const got = spotAt(seen(change), place);
    if (spot === null) return assert.equal(got, null);
    assert.ok(got !== null && near(got, spot), JSON.stringify(got));
    const back = placeOf(seen(change), spot);
    assert.ok(Math.hypot(back.x - place.x, back.y - place.y) < 1e-6, JSON.stringify(back));
  });
}

Deno.test("[PT1] there and back again, in boxes and pictures of every shape", () => {
  const sizes = [[320, 180], [374, 634], [1256, 576], [120, 68], [84, 82]];
  for (const [width, height] of sizes) {
    for (const [pictureWidth, pictureHeight] of [...sizes, [3840, 2160], [1080, 1920]]) {
      for (const fit of ["contain", "cover"] as const) {
        for (const mirrored of [false, true]) {
          for (const scale of [1, 3]) {
            const how = clampZoom({ scale, x: -50, y: -20 }, width, height);
            const view = { width, height, pictureWidth, pictureHeight, fit, mirrored, zoom: how };
            const spot = at(0.37, 0.61);
            const back = spotAt(view, placeOf(view, spot));
            assert.ok(back !== null && Math.hypot(back.x - spot.x, back.y - spot.y) < 1e-9);
          }
        }
      }
    }
  }
});

Deno.test("[SH7] what is under the fingers stays there; the edges hold", () => {
  const twice = zoomed(NO_ZOOM, 2, at(600, 200), 800, 600);
  assert.deepEqual(twice, { scale: 2, x: -600, y: -200 });
  assert.deepEqual(zoomed(NO_ZOOM, 2, at(0, 0), 800, 600), { scale: 2, x: 0, y: 0 });
  assert.deepEqual(zoomed(NO_ZOOM, 2, at(800, 600), 800, 600), { scale: 2, x: -800, y: -600 });
  assert.deepEqual(zoomed(twice, 0.5, at(10, 10), 800, 600), NO_ZOOM, "and back, with no gap");
  assert.equal(zoomed(twice, 100, at(400, 300), 800, 600).scale, 8);
  assert.equal(zoomed(twice, 0.01, at(400, 300), 800, 600).scale, 1);
  assert.deepEqual(clampZoom({ scale: 2, x: 40, y: -9_999 }, 800, 600), {
    scale: 2,
    x: 0,
    y: -600,
  });
});
