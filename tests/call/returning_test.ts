/** The page comes back from another app, on a phone that took its devices meanwhile. */
import assert from "node:assert/strict";
import { RETURN_PATIENCE_MS } from "../../lib/call/returning.ts";
import { CARE_AFTER_MS } from "../../lib/call/tending.ts";
import { inWorld, type Person, type World } from "./people.ts";

async function comeBack(world: World, { env }: Person): Promise<void> {
  env.page.happen("visible");
  await world.pass(RETURN_PATIENCE_MS);
}

async function joined(world: World): Promise<Person> {
  const ana = await world.join("Ana");
  await world.pass(CARE_AFTER_MS + 100);
  return ana;
}

Deno.test("[PW7] a camera the system keeps is opened anew, and sent in place of the old one", () =>
  inWorld(async (world) => {
    const ana = await joined(world);
    await world.join("Ben");
    const [microphone, camera] = ana.env.media.tracks;
    camera.muted = true;
    await comeBack(world, ana);
    assert.deepEqual(ana.env.media.asked, ["both", "camera"]);
    assert.deepEqual([microphone.readyState, camera.readyState], ["live", "ended"]);
    const [, sender] = world.connections(ana)[0].getTransceivers();
    assert.equal(sender.sender.track?.id, ana.env.media.tracks.at(-1)?.id);
    assert.equal(ana.call.media.camera.peek().is, "on");
  }));

Deno.test("[PW7] a microphone that ended in silence too, muted as it was", () =>
  inWorld(async (world) => {
    const ana = await joined(world);
    await ana.call.media.setMicrophone(false);
    ana.env.media.tracks[0].readyState = "ended";
    await comeBack(world, ana);
    assert.deepEqual(ana.env.media.asked, ["both", "microphone"]);
    assert.equal(ana.env.media.tracks.at(-1)?.enabled, false);
    assert.equal(ana.call.media.microphone.peek().is, "off");
  }));

Deno.test("[PW7] what works, is off, or comes back by itself is left alone", () =>
  inWorld(async (world) => {
    const ana = await joined(world);
    await comeBack(world, ana);
    const [, camera] = ana.env.media.tracks;
    camera.muted = true;
    ana.env.page.happen("visible");
    await world.pass(RETURN_PATIENCE_MS - 1);
    camera.muted = false;
    await world.pass(100);
    await ana.call.media.setCamera(false);
    await comeBack(world, ana);
    assert.deepEqual(ana.env.media.asked, ["both"]);
  }));

Deno.test("[PW7] nothing is opened for a page that went away again, or a call that ended", () =>
  inWorld(async (world) => {
    const ana = await joined(world);
    ana.env.media.tracks[1].muted = true;
    ana.env.page.happen("visible");
    ana.env.page.visible = false;
    await world.pass(RETURN_PATIENCE_MS);
    ana.env.page.visible = true;
    ana.env.page.happen("visible");
    ana.call.leave();
    await world.pass(RETURN_PATIENCE_MS);
    assert.deepEqual(ana.env.media.asked, ["both"]);
  }));
