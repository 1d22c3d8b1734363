/** Glare in a real browser: both sides renegotiate at once, again and again. */
import assert from "node:assert/strict";
import type { Person } from "./support/person.ts";
import { withWorld } from "./support/world.ts";

const ROUNDS = 200;
const STIRS = ["add", "remove", "restart", "turn"] as const;

/** Has the browser itself ask to negotiate: a track more or less, new ICE, another direction. */
function stir(person: Person, what: typeof STIRS[number]): Promise<void> {
  return person.page.evaluate((what) => {
    const peer = globalThis.probe.peers.findLast((one) => one.connectionState === "connected")!;
    const mine = peer.getTransceivers().filter(({ mid }) => mid !== null)
      .slice(2); // after microphone and camera
    switch (what) {
      case "add": {
        const [track] = document.createElement("canvas").captureStream(1).getTracks();
        const idle = mine.find(({ direction }) => direction === "inactive");
        if (!idle) return void peer.addTransceiver(track, { direction: "sendonly" });
        idle.direction = "sendonly";
        return idle.sender.replaceTrack(track);
      }
      case "remove": {
        // Not stopped: Chromium asks for ever to negotiate one stopped beside a rollback.
        const last = mine.findLast(({ direction }) => direction === "sendonly");
        if (!last) return;
        last.direction = "inactive";
        return last.sender.replaceTrack(null);
      }
      case "restart":
        return peer.restartIce();
      case "turn": {
        const video = peer.getTransceivers().find((t) => t.receiver.track.kind === "video")!;
        video.direction = video.direction === "sendrecv" ? "recvonly" : "sendrecv";
      }
    }
  }, what);
}

Deno.test("[NG1] offers that cross end stable, with picture and sound both ways", () =>
  withWorld(async (world) => {
    const [ana, ben] = await world.pair();
    for (let round = 0; round < ROUNDS; round++) {
      // Each side does every thing beside every other of the other side.
      const [one, other] = [round, round + Math.floor(round / STIRS.length)]
        .map((turn) => STIRS[turn % STIRS.length]);
      await Promise.all([stir(ana, one), stir(ben, other)]);
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
  }, { framesPerSecond: 8 }));
