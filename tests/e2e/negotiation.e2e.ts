/** Glare in a real browser: both sides renegotiate at once, again and again. */
import assert from "node:assert/strict";
import type { Person } from "./support/person.ts";
import { withWorld } from "./support/world.ts";

const ROUNDS = 120;

/** Adds or removes a transceiver's direction so that the browser itself asks to negotiate. */
function stir(person: Person, round: number): Promise<void> {
  return person.page.evaluate((odd) => {
    const peer = globalThis.probe.peers.findLast((one) => one.connectionState === "connected")!;
    const video = peer.getTransceivers().find((t) => t.receiver.track.kind === "video")!;
    video.direction = odd ? "recvonly" : "sendrecv";
  }, round % 2 === 0);
}

Deno.test("[NG1] offers that cross end stable, with picture and sound both ways", () =>
  withWorld(async (world) => {
    const [ana, ben] = await world.pair();
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all([stir(ana, round), stir(ben, round)]);
      for (const one of [ana, ben]) {
        await one.page.waitForFunction(() =>
          globalThis.probe.peers.every((peer) =>
            peer.connectionState === "closed" || peer.signalingState === "stable"
          )
        );
      }
    }
    await Promise.all([ana.seesAndHears("Ben"), ben.seesAndHears("Ana")]); // and come to rest
    const counts = await Promise.all([ana, ben].map((one) =>
      one.page.evaluate(() => ({
        collisions: globalThis.probe.collisions,
        rollbacks: globalThis.probe.rollbacks,
        states: globalThis.probe.peers.filter((peer) => peer.connectionState === "connected")
          .map((peer) => peer.signalingState),
      }))
    ));
    const collisions = counts[0].collisions + counts[1].collisions;
    const rollbacks = counts[0].rollbacks + counts[1].rollbacks;
    console.log(`${ROUNDS} rounds: ${collisions} collisions, ${rollbacks} rollbacks`);
    assert.ok(collisions >= 50, `only ${collisions} collisions`);
    assert.deepEqual(counts.map((count) => count.states), [["stable"], ["stable"]]);
  }));
