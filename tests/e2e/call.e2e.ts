/** Two people, from a link to sound and picture, and what they do with it. */
import assert from "node:assert/strict";
import { type Person } from "./support/person.ts";
import { withWorld } from "./support/world.ts";

/** Watches energy for `samples` readings a beat apart and tells by how much it rose. */
async function energyRise(person: Person, packets: number): Promise<number> {
  const start = await person.media();
  const end = await person.mediaUntil(
    "packets",
    (m) => m.audioPackets >= start.audioPackets + packets,
  );
  return end.audioEnergy - start.audioEnergy;
}

Deno.test("[CA1] two people in one room see and hear each other", () =>
  withWorld(async (world) => {
    const [ana, ben] = [await world.person("Ana"), await world.person("Ben")];
    await ana.open("/");
    await ana.button("New call").click();
    await ana.phase("lobby");
    const link = ana.page.url();
    assert.match(link, /\/r\/[0-9a-z-]{34}#k=[\w-]{43}$/);
    await ana.join();
    await ana.phase("waiting");
    await ben.enter(link);
    await Promise.all([ana.phase("live"), ben.phase("live")]);
    await Promise.all([ana.seesAndHears("Ben"), ben.seesAndHears("Ana")]);
    assert.equal(await ana.others().count(), 1);
    const self = ana.page.locator("[data-peer][data-self] video");
    const mirrored = (v: Element) => {
      const { scale, transform } = getComputedStyle(v);
      return scale.startsWith("-1") || new DOMMatrix(transform).a < 0;
    };
    assert.equal(await self.evaluate(mirrored), true, "one's own picture is mirrored");
    assert.equal(await ana.tile("Ben").locator("video").evaluate(mirrored), false);
  }));

Deno.test("[CA2] mute makes the sound flat on the other side, and says so there", () =>
  withWorld(async (world) => {
    const [ana, ben] = await world.pair();
    await ana.button("Mute microphone").click();
    await ana.button("Unmute microphone").waitFor();
    await ben.tile("Ana").getByText("Muted").waitFor({ state: "attached" });
    // The encoder's tail: silence begins within a few packets of the click (20 ms each).
    await energyRise(ben, 25);
    assert.ok(await energyRise(ben, 100) < 1e-6, "no energy in two seconds of packets");
    await ana.button("Unmute microphone").click();
    await ben.tile("Ana").getByText("Muted").waitFor({ state: "detached" });
    const muted = (await ben.media()).audioEnergy;
    await ben.mediaUntil("sound again", (m) => m.audioEnergy > muted + 1e-4);
  }));

Deno.test("[CA3] camera off frees the camera, and it comes back", () =>
  withWorld(async (world) => {
    const [ana, ben] = await world.pair();
    const old = await ana.page.evaluateHandle(() => {
      const senders = globalThis.probe.peers.flatMap((peer) => peer.getSenders());
      return senders.find((sender) => sender.track?.kind === "video")!.track!;
    });
    await ana.button("Stop camera").click();
    await ana.button("Start camera").waitFor();
    await ana.mediaUntil("no video sender", (m) => !m.sending.includes("video"));
    assert.equal(await old.evaluate((track) => track.readyState), "ended");
    await ben.tile("Ana").locator("[data-camera=off]").waitFor({ state: "attached" });
    const before = await ben.media();
    await ana.button("Start camera").click();
    await ben.tile("Ana").locator("[data-camera=off]").waitFor({ state: "detached" });
    await ben.mediaUntil("frames again", (m) => m.framesDecoded > before.framesDecoded + 5);
  }));

Deno.test("[CA4] leaving clears the tile at once; who stays meets the next to come", () =>
  withWorld(async (world) => {
    const [ana, ben] = await world.pair();
    const path = new URL(ana.page.url()).pathname;
    await ana.page.evaluate(() => {
      const tile = document.querySelector("[data-peer]:not([data-self])")!;
      (globalThis as unknown as { gone: Promise<number> }).gone = new Promise((resolve) => {
        const watch = new MutationObserver(() => tile.isConnected || resolve(Date.now()));
        watch.observe(document.body, { childList: true, subtree: true });
      });
    });
    await ben.page.evaluate(() => {
      document.addEventListener("click", () => document.title = String(Date.now()), true);
    });
    const clicked = ben.page.evaluate(() =>
      new Promise<number>((resolve) =>
        document.addEventListener("click", () => resolve(Date.now()), { capture: true, once: true })
      )
    );
    await ben.button("Leave call").click();
    const gone = await ana.page.evaluate(() =>
      (globalThis as unknown as { gone: Promise<number> }).gone
    );
    const took = gone - await clicked;
    console.log(`tile gone ${took} ms after the click`);
    assert.ok(took <= 500, `took ${took} ms`);
    await ana.phase("waiting");
    await ben.phase("ended");
    const carla = await world.person("Carla");
    await carla.enter(path);
    await Promise.all([ana.seesAndHears("Carla"), carla.seesAndHears("Ana")]);
    await ben.button("Rejoin").click();
    await Promise.all([ben.tile("Ana").waitFor(), ben.tile("Carla").waitFor()]);
  }));

Deno.test("[CA5] two who join in the same instant are connected", () =>
  withWorld(async (world) => {
    const people = [await world.person("Ana"), await world.person("Ben")];
    await Promise.all(people.map((one) => one.open("/r/same-instant")));
    await Promise.all(people.map((one) => one.join()));
    await Promise.all([people[0].seesAndHears("Ben"), people[1].seesAndHears("Ana")]);
  }));

Deno.test("[CA6] a reload in mid-call keeps seat, tile and mute", () =>
  withWorld(async (world) => {
    const [ana, ben] = await world.pair();
    const seat = await ana.seatOf("Ben");
    const tile = await ana.tile("Ben").elementHandle();
    await ben.button("Mute microphone").click();
    await ben.button("Unmute microphone").waitFor();
    await ben.page.reload();
    await ben.phase("live");
    await ben.button("Unmute microphone").waitFor();
    await ben.mediaUntil("frames", (m) => m.framesDecoded > 5);
    await ana.mediaUntil("frames", (m) => m.framesDecoded > 5 && m.open === 1);
    assert.equal(await ana.seatOf("Ben"), seat);
    assert.equal(await tile!.evaluate((element) => element.isConnected), true, "the same element");
    assert.equal(await ana.others().count(), 1);
  }));
