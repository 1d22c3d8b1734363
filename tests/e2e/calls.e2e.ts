/** Calls by name, from the ring to the end, in real browsers. */
import assert from "node:assert/strict";
import { call, isNamed, markPage, named, said, talk } from "./support/caller.ts";
import { withWorld } from "./support/world.ts";

Deno.test("[CA41][CA40] a call rings, is accepted, talks and ends, in one document on one socket", () =>
  withWorld(async (world) => {
    const [ana, ben] = await Promise.all([named(world, "Ana"), named(world, "Ben")]);
    const checks = await Promise.all([markPage(ana), markPage(ben)]);
    await call(ana, ben);
    assert.deepEqual((await ben.media()).sending, [], "nothing goes out before it is accepted");
    assert.equal(await ana.page.evaluate(() => globalThis.probe.peers.length), 0);
    await ben.button("Accept").click();
    await talk(ana, ben);
    for (const check of checks) await check();
    assert.match(ana.page.url(), /\/r\/[0-9a-z-]{34}#k=[\w-]{43}$/);
    assert.equal(ana.page.url(), ben.page.url(), "both have agreed on one secret");
    await ana.button("Hang up").click();
    await ana.page.getByText("You hung up. The call is over for both.").waitFor();
    await ben.page.getByRole("heading", { name: "Ana hung up." }).waitFor();
    await Promise.all([ana.phase("ended"), ben.phase("ended")]);
    await ben.page.getByRole("link", { name: "Home", exact: true }).click();
    await isNamed(ben, "Ben");
    await ben.page.getByText("Called you").waitFor();
    for (const check of checks) await check();
    // Called back from the end of the first one.
    await ana.button("Call again").click();
    await ben.button("Accept").click();
    await talk(ana, ben);
  }));

Deno.test("[CA41] declined, busy and unknown each have their words; who was busy learns who called", () =>
  withWorld(async (world) => {
    const [ana, ben, carla] = await Promise.all([
      named(world, "Ana"),
      named(world, "Ben"),
      named(world, "Carla"),
    ]);
    await call(ana, ben);
    await ben.button("Decline").click();
    await said(ana, "Ben declined");
    await ana.button("Close").click();
    await ana.page.getByRole("searchbox", { name: "Find a name" }).fill("Nobody");
    await ana.button("Call Nobody").click();
    await said(ana, "Nobody is not here");
    await ana.button("Close").click();
    await ana.page.getByRole("searchbox", { name: "Find a name" }).fill("");
    await call(ana, ben);
    await ben.button("Answer without camera").click();
    await Promise.all([ana.phase("live"), ben.phase("live")]);
    await ana.tile("Ben").getByText("Camera off").waitFor({ state: "attached" });
    await ben.seesAndHears("Ana");
    assert.deepEqual((await ben.media()).sending, ["audio"]);
    await carla.page.getByText("In a call").first().waitFor();
    await carla.button("Call Ben").click();
    await said(carla, "Ben is busy");
    await ben.page.getByText("Carla called and was told that you are in a call.").waitFor();
  }));

Deno.test("[CA41][CA31] no answer, and a cancelled call, stop ringing on both sides", () =>
  withWorld(async (world) => {
    const [ana, ben] = await Promise.all([named(world, "Ana"), named(world, "Ben")]);
    await call(ana, ben);
    await ben.page.waitForFunction(() => document.title === "Ana is calling");
    await ana.button("Cancel call").click();
    await ben.page.getByRole("dialog").waitFor({ state: "detached" });
    await ben.page.waitForFunction(() => document.title === "Tertulia");
    await call(ana, ben);
    await said(ana, "Ben did not answer");
    await ben.page.getByRole("dialog").waitFor({ state: "detached" });
    await ben.page.getByText("2 missed").waitFor();
  }, { settings: { RING_SECONDS: "5" } }));

Deno.test("[CA23][CA41] two who call each other at once are simply connected", () =>
  withWorld(async (world) => {
    const [ana, ben] = await Promise.all([named(world, "Ana"), named(world, "Ben")]);
    await Promise.all([ana.button("Call Ben").waitFor(), ben.button("Call Ana").waitFor()]);
    // Pressed without a look at the screen, which may show the other's call by then.
    const press = (button: HTMLElement) => button.click();
    await Promise.all([
      ana.button("Call Ben").evaluate(press),
      ben.button("Call Ana").evaluate(press),
    ]);
    await talk(ana, ben);
  }));

Deno.test("[CA20][CA41] a call rings in both tabs, and stops in the one where it is not answered", () =>
  withWorld(async (world) => {
    const [ana, ben] = await Promise.all([named(world, "Ana"), named(world, "Ben")]);
    const second = await world.duplicate(ben);
    await isNamed(second, "Ben");
    await call(ana, ben);
    await second.button("Accept").click();
    await talk(ana, second);
    await ben.page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal(await ben.page.getByText("missed").count(), 0);
  }));

Deno.test("[CA25][CA41] either side may be loaded anew while it rings, and while they talk", () =>
  withWorld(async (world) => {
    const [ana, ben] = await Promise.all([named(world, "Ana"), named(world, "Ben")]);
    await call(ana, ben);
    await ben.page.reload();
    await said(ben, "Ana is calling");
    await ana.page.reload();
    await said(ana, "Calling Ben");
    await ben.button("Accept").click();
    await talk(ana, ben);
    await ben.page.reload();
    await talk(ana, ben);
    await ben.button("Hang up").click();
    await ana.page.getByRole("heading", { name: "Ben hung up." }).waitFor();
  }));

Deno.test("[CA40][CA41] who is in a room's lobby is called there, too, and leaves it for the call", () =>
  withWorld(async (world) => {
    const [ana, ben] = await Promise.all([named(world, "Ana"), named(world, "Ben")]);
    await ben.open("/r/elsewhere");
    await ben.phase("lobby");
    const check = await markPage(ben);
    await call(ana, ben);
    await ben.button("Accept").click();
    await talk(ana, ben);
    await check();
    assert.equal(ben.page.url(), ana.page.url());
    await ben.button("Hang up").click();
    await ana.page.getByRole("heading", { name: "Ben hung up." }).waitFor();
  }));

Deno.test("[CA29][CA42] who only watches sends nothing, and both are told which they are", () =>
  withWorld(async (world) => {
    const [ana, door] = await Promise.all([named(world, "Ana"), named(world, "Door")]);
    await ana.page.getByRole("switch", { name: "Only watch" }).click();
    await ana.button("Watch Door").click();
    await door.page.getByRole("dialog", { name: "Ana wants to watch" }).waitFor();
    await door.button("Accept").click();
    await Promise.all([ana.phase("live"), door.phase("live")]);
    await ana.seesAndHears("Door");
    assert.deepEqual((await ana.media()).sending, []);
    const inbound = await door.media();
    assert.deepEqual([inbound.audioPackets, inbound.framesDecoded], [0, 0]);
    assert.equal(await ana.button("Mute microphone").count(), 0);
    await ana.page.getByText("You only watch. Door does not see or hear you.").waitFor();
    await door.page.getByText("Ana sees and hears you, and only watches.").waitFor();
    await ana.page.keyboard.press("v");
    await ana.page.reload();
    await ana.phase("live");
    await ana.mediaUntil("the picture again", (m) => m.framesDecoded > 0);
    assert.deepEqual((await ana.media()).sending, []);
  }));
