import assert from "node:assert/strict";
import {
  checkPath,
  failed,
  heard,
  linkOf,
  newPath,
  nudged,
  type Path,
  type PathAct,
  type PathFacts,
  renewed,
} from "../../lib/call/path.ts";

const BOTH: PathFacts = { impolite: true, theirSocket: true, ourSocket: true };
const SHOWN = { ...BOTH, relay: false, leaving: false };

/** Looks every half second; returns what was done and when. */
function watch(path: Path, fromMs: number, toMs: number, facts: PathFacts = BOTH) {
  const acts: [PathAct, number][] = [];
  for (let nowMs = fromMs; nowMs <= toMs; nowMs += 500) {
    const { path: next, act } = checkPath(path, facts, nowMs);
    path = next;
    if (!act) continue;
    acts.push([act, nowMs]);
    if (act === "renew") path = renewed(path, nowMs);
  }
  return { path, acts };
}

Deno.test("[NG8] a path is flat once beats and RTP are silent for 2 s", () => {
  const path = heard(newPath(0), 1_000);
  assert.deepEqual(watch(path, 1_500, 2_500).acts, []);
  assert.deepEqual(watch(path, 1_500, 3_000).acts, [["restart", 3_000]]);
});

Deno.test("[NG9] attempts come at 0, 2, 5 and 10 s, a new connection after 15 s", () => {
  const path = heard(newPath(0), 0);
  assert.deepEqual(watch(path, 0, 17_000).acts, [
    ["restart", 2_000],
    ["restart", 4_000],
    ["restart", 7_000],
    ["restart", 12_000],
    ["renew", 17_000],
  ]);
});

Deno.test("[NG9] the polite side asks, and leaves the other a head start for the new connection", () => {
  const { acts } = watch(heard(newPath(0), 0), 0, 19_000, { ...BOTH, impolite: false });
  assert.deepEqual(acts.map(([act]) => act), ["ask", "ask", "ask", "ask", "renew"]);
  assert.equal(acts.at(-1)![1], 19_000);
});

Deno.test("[NG9] anything heard ends the trouble", () => {
  const trouble = watch(heard(newPath(0), 0), 0, 5_000).path;
  assert.deepEqual(watch(heard(trouble, 5_100), 5_500, 6_500).acts, []);
});

Deno.test("[NG9] a network change is tried at once, once for its several events", () => {
  const path = nudged(heard(newPath(0), 900), 1_000);
  const first = checkPath(path, BOTH, 1_000);
  assert.equal(first.act, "restart");
  assert.equal(checkPath(nudged(first.path, 1_200), BOTH, 1_200).act, null);
  assert.equal(checkPath(nudged(first.path, 2_100), BOTH, 2_100).act, "restart");
});

Deno.test("[NG9] `failed` begins the trouble but never puts off a new connection", () => {
  assert.equal(checkPath(failed(heard(newPath(0), 0), 500), BOTH, 500).act, "restart");
  const known = watch(heard(newPath(0), 0), 0, 16_000).path;
  assert.equal(checkPath(failed(known, 16_500), BOTH, 17_000).act, "renew");
});

Deno.test("[NG10] while a socket is away there is one attempt; their return brings the next", () => {
  for (const away of [{ theirSocket: false }, { ourSocket: false }]) {
    const { path, acts } = watch(heard(newPath(0), 0), 0, 60_000, { ...BOTH, ...away });
    assert.deepEqual(acts, [["restart", 2_000]]);
    assert.equal(checkPath(nudged(path, 61_000), BOTH, 61_000).act, "restart");
  }
});

Deno.test("[NG9] a first connection gets more patience, then the same repair", () => {
  assert.deepEqual(watch(newPath(0), 0, 20_000).acts, [
    ["restart", 5_000],
    ["restart", 7_000],
    ["restart", 10_000],
    ["restart", 15_000],
    ["renew", 20_000],
  ]);
});

Deno.test("[CA13] what a tile says of its path", () => {
  const fresh = newPath(0);
  const known = heard(fresh, 1_000);
  const flat = watch(known, 1_000, 4_000).path;
  const cases: [Path, Partial<typeof SHOWN>, number, string][] = [
    [fresh, {}, 100, "connecting"],
    [known, {}, 2_000, "connected"],
    [known, { theirSocket: false }, 2_000, "connected"], // media that flows counts
    [known, { leaving: true }, 1_100, "reconnecting gone"],
    [flat, {}, 4_000, "reconnecting path"],
    [flat, { theirSocket: false }, 4_000, "reconnecting their-network"],
    [flat, { ourSocket: false }, 4_000, "reconnecting my-network"],
    [flat, {}, 15_999, "reconnecting path"],
    [flat, {}, 16_000, "reconnecting no-relay"],
    [flat, { relay: true }, 16_000, "reconnecting no-path"],
    [flat, { theirSocket: false }, 16_000, "reconnecting their-network-down"],
    [flat, { ourSocket: false }, 16_000, "reconnecting my-network-down"],
    [flat, {}, 61_001, "lost no-relay"],
    [fresh, {}, 15_000, "reconnecting no-relay"],
    [fresh, { relay: true }, 15_000, "reconnecting no-path"],
  ];
  for (const [path, facts, nowMs, expected] of cases) {
    const link = linkOf(path, { ...SHOWN, ...facts }, nowMs);
    assert.equal("why" in link ? `${link.is} ${link.why}` : link.is, expected);
  }
});
