/** What has the stage, by table. */
import assert from "node:assert/strict";
import type { Picture } from "../../lib/call/pointing.ts";
import {
  arrangeStage,
  type Box,
  nextSpeaker,
  NOBODY,
  stagedOf,
  type StageFacts,
  viewsFor,
} from "../../lib/call/stage_layout.ts";
import { asId, type SeatId } from "../../lib/protocol/ids.ts";

const seat = (name: string) => asId<SeatId>(name);
const camera = (name: string): Picture => ({ seat: seat(name), kind: "camera" });
const screen = (name: string): Picture => ({ seat: seat(name), kind: "screen" });

const three: StageFacts = {
  self: seat("ana"),
  others: [seat("ben"), seat("cem")],
  screens: [],
  speaker: null,
  pinned: null,
  view: "grid",
};
const two: StageFacts = { ...three, others: [seat("ben")] };
const shared: StageFacts = { ...three, screens: [seat("ben")], view: "speaker" };

const STAGED: readonly (readonly [what: string, facts: StageFacts, staged: string | null])[] = [
  ["three, all alike", three, null],
  ["three, one large: the first", { ...three, view: "speaker" }, "camera ben, speaker"],
  ["who speaks", { ...three, view: "speaker", speaker: seat("cem") }, "camera cem, speaker"],
  [
    "a speaker who has left",
    { ...three, view: "speaker", speaker: seat("zoe") },
    "camera ben, speaker",
  ],
  ["one pinned among all alike", { ...three, pinned: camera("cem") }, "camera cem, speaker"],
  ["oneself pinned", { ...three, pinned: camera("ana") }, "camera ana, speaker"],
  ["one pinned who has left", { ...three, pinned: camera("zoe") }, null],
  ["two, one over the other", two, null],
  ["two, whoever speaks", { ...two, view: "speaker" }, null],
  ["two side by side", { ...two, view: "side" }, "camera ben, side"],
  ["a share takes the stage", shared, "screen ben, speaker"],
  ["in a call for two as well", { ...shared, others: [seat("ben")] }, "screen ben, speaker"],
  ["the newest of two", { ...shared, screens: [seat("ben"), seat("cem")] }, "screen cem, speaker"],
  [
    "another's before one's own",
    { ...shared, screens: [seat("ben"), seat("ana")] },
    "screen ben, speaker",
  ],
  ["one's own, alone", { ...shared, screens: [seat("ana")] }, "screen ana, speaker"],
  [
    "a pin before any share",
    { ...shared, pinned: camera("cem"), view: "side" },
    "camera cem, side",
  ],
  ["a share all alike with the faces", { ...shared, view: "grid" }, null],
  ["a pinned share that has ended", { ...three, pinned: screen("ben") }, null],
];
for (const [what, facts, wanted] of STAGED) {
  Deno.test(`[LY1] on the stage: ${what}`, () => {
    const staged = stagedOf(facts);
    const got = staged && `${staged.picture.kind} ${staged.picture.seat}, ${staged.view}`;
    assert.equal(got, wanted);
  });
}

const box = ({ left, top, width, height }: Box) => `${left},${top} ${width}×${height}`;
/** LOOK, section 4: a strip of 104 (phone 82), at the left of a low stage. */
const ARRANGED = [
  ["1280 × 800", "screen", "speaker", 4, 1256, 692, "0,116 1256×576", "row 166×104"],
  ["a panel open", "screen", "speaker", 4, 908, 692, "0,116 908×576", "row 166×104"],
  ["390 × 844", "screen", "speaker", 6, 374, 728, "0,94 374×634", "row 84×82"],
  ["844 × 390", "screen", "speaker", 6, 760, 374, "132,0 628×374", "column 120×68"],
  ["a low window", "camera", "speaker", 3, 1600, 700, "178,0 1422×700", "column 166×104"],
  ["side by side", "screen", "side", 2, 1256, 692, "0,0 829×692", "grid 415×340"],
  ["side by side with four", "screen", "side", 4, 1256, 692, "0,0 829×692", "grid 415×164"],
  ["two people", "camera", "side", 1, 1256, 692, "0,0 622×692", "grid 622×692"],
  ["two, upright", "camera", "side", 1, 374, 728, "0,0 374×358", "grid 374×358"],
  ["nobody beside it", "screen", "speaker", 0, 1256, 692, "0,0 1256×692", "row 0×0"],
] as const;
for (const [what, kind, view, count, width, height, stage, rest] of ARRANGED) {
  Deno.test(`[LY1] arranged: ${what}, ${kind}, ${view}, ${count} more`, () => {
    const staged = { picture: { seat: seat("ben"), kind }, view };
    const got = arrangeStage(staged, count, width, height, 12);
    assert.equal(box(got.stage), stage);
    assert.equal(`${got.flow} ${got.tile.width}×${got.tile.height}`, rest);
  });
}

Deno.test("[LY1] nothing overlaps and nothing leaves the stage, whatever its shape", () => {
  for (const [width, height] of [[320, 400], [374, 728], [760, 374], [1256, 692], [2536, 1300]]) {
    for (const view of ["speaker", "side"] as const) {
      for (const kind of ["camera", "screen"] as const) {
        const staged = { picture: { seat: seat("ben"), kind }, view };
        const { stage, rest } = arrangeStage(staged, 3, width, height, 8);
        const apart = stage.left >= rest.left + rest.width || stage.top >= rest.top + rest.height ||
          rest.left >= stage.left + stage.width || rest.top >= stage.top + stage.height;
        assert.ok(apart, `${width} × ${height}, ${view}`);
        for (const each of [stage, rest]) {
          assert.ok(each.left >= 0 && each.left + each.width <= width);
          assert.ok(each.top >= 0 && each.top + each.height <= height);
          assert.ok(each.width > 60 && each.height > 60);
        }
      }
    }
  }
});

Deno.test("[LY3] only views that differ are gone through", () => {
  assert.deepEqual(viewsFor(1, 0), ["grid", "side"]);
  assert.deepEqual(viewsFor(2, 0), ["grid", "speaker", "side"]);
  assert.deepEqual(viewsFor(1, 1), ["speaker", "side", "grid"]);
});

Deno.test("[LY2] a speaker stays for 2 s, and then until another speaks", () => {
  const [ben, cem] = [seat("ben"), seat("cem")];
  const first = nextSpeaker(NOBODY, [ben], 0);
  assert.equal(first.seat, ben);
  assert.equal(nextSpeaker(first, [cem], 1_999).seat, ben, "no flicker");
  assert.equal(nextSpeaker(first, [], 60_000).seat, ben, "a pause is no reason");
  assert.equal(nextSpeaker(first, [cem, ben], 60_000).seat, ben, "they speak still");
  assert.equal(nextSpeaker(first, [cem], 2_000).seat, cem);
});
