/**
 * A call that survives: each scene of `tests/soak/` played twice. `deno task soak` plays the same
 * twenty times and says what was measured.
 */
import { canMakeNetworks } from "./support/netns.ts";
import { Figures, type Scene } from "../soak/scene.ts";
import { allAtOnce } from "../soak/scenes/all_at_once.ts";
import { drained } from "../soak/scenes/drained.ts";
import * as paths from "../soak/scenes/paths.ts";
import { closedOnOneSide, reloaded } from "../soak/scenes/renewed.ts";
import { serverKilled } from "../soak/scenes/server_killed.ts";
import { machineSlept, pageFrozen } from "../soak/scenes/slept.ts";
import { halfOpen, halfOpenOnline, socketCut } from "../soak/scenes/socket_lost.ts";

const ROUNDS = 2;

async function play(scene: Scene): Promise<void> {
  const figures = new Figures();
  await scene.play({ rounds: ROUNDS, full: false }, figures);
  for (const line of figures.lines()) console.log(`${scene.name}: ${line}`);
}

const networks = await canMakeNetworks();
if (!networks) console.log(`Scenes on networks of their own are skipped: ${paths.NEEDED}.`);

/** Waits for all, whichever fails: most of their time is waiting. */
async function sideBySide(...scenes: readonly Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(scenes)) {
    if (outcome.status === "rejected") throw outcome.reason;
  }
}

/** A scene for which network namespaces are needed; where there can be none it is skipped. */
function onNetworks(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, ignore: !networks });
}

Deno.test("[CA13] [NG10] the server is killed under a call of four and comes back", () =>
  play(serverKilled));

Deno.test("[SV6] everybody is told and the process is gone, a stalled reader or not", () =>
  play(drained));

Deno.test("[CL8] a socket that is cut is replaced", () => play(socketCut));

Deno.test("[CL8] one that only looks alive is too, at once where the network changed", () =>
  play(halfOpenOnline));

Deno.test("[CA6] a reload goes back in at once", () => play(reloaded));

Deno.test("[NG5] a connection closed on one side only is built anew on both", () =>
  play(closedOnOneSide));

Deno.test("[NG7] a camera is switched while one joins and two restart ICE", () => play(allAtOnce));

onNetworks("[NG16] an address changes", () => play(paths.addressChanged));

onNetworks(
  "[NG9] a network is gone for 10 s, or the way between two",
  () => sideBySide(play(paths.networkLost10), play(paths.wayLost10)),
);

onNetworks(
  "[NG9] and for 40 s",
  () => sideBySide(play(paths.networkLost40), play(paths.wayLost40)),
);

Deno.test("[CA19] [CL8] a page is frozen, a machine sleeps, a socket only looks alive", () =>
  sideBySide(play(pageFrozen), play(machineSlept), play(halfOpen)));
