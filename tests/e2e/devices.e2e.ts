/** Devices denied, absent or in use never keep anybody out. */
import assert from "node:assert/strict";
import { withWorld } from "./support/world.ts";

Deno.test("[MD1] who denies camera and microphone is in the call as listener", () =>
  withWorld(async (world) => {
    const [ana, ben] = [await world.person("Ana"), await world.person("Ben")];
    await ana.enter("/r/denied");
    await ana.phase("waiting");
    await ben.open("/r/denied");
    await ben.button("Show my camera").click();
    await ben.phase("denied");
    await ben.join();
    await ben.phase("live");
    await ben.seesAndHears("Ana");
    await ana.tile("Ben").locator("[data-camera=off]").waitFor({ state: "attached" });
    assert.deepEqual((await ben.media()).sending, []);
  }, { deny: ["Ben"] }));

Deno.test("[MD2] who has no device at all is in the call as listener", () =>
  withWorld(async (world) => {
    const [ana, ben] = [await world.person("Ana"), await world.person("Ben")];
    await ana.enter("/r/no-device");
    await ana.phase("waiting");
    await ben.page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException("Requested device not found", "NotFoundError"));
      navigator.mediaDevices.enumerateDevices = () => Promise.resolve([]);
    });
    await ben.enter("/r/no-device");
    await ben.seesAndHears("Ana");
    assert.deepEqual((await ben.media()).sending, []);
  }));

Deno.test("[MD3] a camera another program holds costs the picture only", () =>
  withWorld(async (world) => {
    const [ana, ben] = [await world.person("Ana"), await world.person("Ben")];
    await ana.enter("/r/in-use");
    await ana.phase("waiting");
    await ben.page.addInitScript(() => {
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = (constraints) =>
        constraints?.video
          ? Promise.reject(new DOMException("Could not start video source", "NotReadableError"))
          : ask(constraints);
    });
    await ben.enter("/r/in-use");
    await ben.seesAndHears("Ana");
    await ben.mediaUntil("sends sound only", (m) => m.sending.join() === "audio");
    await ana.mediaUntil("hears Ben", (m) => m.audioEnergy > 0);
  }));

Deno.test("[MD5] a camera that is pulled out gives way to another, and that is said", () =>
  withWorld(async (world) => {
    const [ana, ben] = await world.pair();
    const before = await ben.media();
    await ana.page.evaluate(() => {
      const senders = globalThis.probe.peers.flatMap((peer) => peer.getSenders());
      const track = senders.find((sender) => sender.track?.kind === "video")!.track!;
      track.stop(); // what a pulled plug does, but for the event
      track.dispatchEvent(new Event("ended"));
    });
    await ana.page.getByText("Your camera was unplugged.").first().waitFor({ state: "attached" });
    await ana.mediaUntil("sends a picture again", (m) => m.sending.includes("video"));
    await ben.mediaUntil("sees it", (m) => m.framesDecoded > before.framesDecoded + 10);
  }));

Deno.test("[MD16] the lobby's preview is let go when the call begins", () =>
  withWorld(async (world) => {
    const ana = await world.person("Ana");
    await ana.open("/r/preview");
    const preview = await ana.page.locator("video").elementHandle();
    const shown = () =>
      preview!.evaluate((video) => (video as HTMLVideoElement).srcObject !== null);
    await ana.page.waitForFunction((v) => (v as HTMLVideoElement).currentTime > 0, preview);
    assert.equal(await shown(), true);
    await ana.join();
    await ana.phase("waiting");
    await ana.page.waitForFunction((video) => video?.isConnected === false, preview);
    assert.equal(await shown(), false);
  }));
