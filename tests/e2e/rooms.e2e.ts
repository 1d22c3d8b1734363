/** Rooms as people meet them: full, by any name, twice in one browser. */
import assert from "node:assert/strict";
import { withWorld } from "./support/world.ts";

Deno.test("[CA7] a third person finds a room for two full, and gets in when a seat is free", () =>
  withWorld(async (world) => {
    const [ana, ben, carla] = [
      await world.person("Ana"),
      await world.person("Ben"),
      await world.person("Carla"),
    ];
    await ana.open("/");
    await ana.page.getByRole("switch", { name: "Just the two of us" }).click();
    await ana.button("New call").click();
    await ana.join();
    await ana.phase("waiting");
    await ben.enter(ana.page.url());
    await Promise.all([ana.seesAndHears("Ben"), ben.seesAndHears("Ana")]);
    const frames = (await ana.media()).framesDecoded;
    await carla.enter(ana.page.url());
    await carla.phase("full");
    await carla.page.getByText("Every seat is taken.").waitFor();
    assert.equal(await ana.others().count(), 1, "those inside notice nothing");
    await ana.mediaUntil("still sees Ben", (m) => m.framesDecoded > frames + 5 && m.open === 1);
    // A minted room tells who waits outside; nobody has to press "Try now".
    await carla.phase("full");
    await ben.button("Leave call").click();
    await Promise.all([ana.seesAndHears("Carla"), carla.seesAndHears("Ana")]);
  }));

for (const name of ["Sunday  Lunch", "🎉 ñandú 日本", "../", "a/b?c#d%2F", "%2e%2e%2f"]) {
  Deno.test(`[CA8] a room named ${JSON.stringify(name)} is one room for both`, () =>
    withWorld(async (world) => {
      const [ana, ben] = [await world.person("Ana"), await world.person("Ben")];
      for (const one of [ana, ben]) {
        await one.open("/");
        await one.page.getByRole("textbox", { name: "Room name" }).fill(name);
        await one.button("Join").click();
        await one.join();
      }
      await Promise.all([ana.phase("live"), ben.phase("live")]);
      await ben.tile("Ana").waitFor();
      // Whoever takes the address bar's link comes to the same room.
      const carla = await world.person("Carla");
      await carla.enter(ana.page.url());
      await Promise.all([carla.tile("Ana").waitFor(), carla.tile("Ben").waitFor()]);
    }));
}

Deno.test("[CA9] a room name that cannot be is refused beside the field", () =>
  withWorld(async (world) => {
    const ana = await world.person("Ana");
    await ana.open("/");
    const field = ana.page.getByRole("textbox", { name: "Room name" });
    for (const name of ["", "   ", "..", "x".repeat(65)]) {
      await field.fill(name);
      await ana.button("Join").click();
      await ana.page.locator("[aria-invalid=true]").waitFor();
      assert.equal(new URL(ana.page.url()).pathname, "/");
    }
  }));

Deno.test("[CA10] a duplicated tab asks, and takes the call over when told to", () =>
  withWorld(async (world) => {
    const [ana, ben] = await world.pair();
    const seat = await ana.seatOf("Ben");
    const copy = await world.duplicate(ben);
    await copy.button("Use here").waitFor();
    assert.equal(await ana.others().count(), 1, "asking disturbs nobody");
    await copy.button("Use here").click();
    await copy.seesAndHears("Ana");
    await ben.phase("replaced");
    assert.equal(await ana.seatOf("Ben"), seat, "the same person, the same tile");
    assert.equal(await ana.others().count(), 1);
  }));

Deno.test("[UI17] a screen whose code does not come says so, and gives way to it when it does", () =>
  withWorld(async (world) => {
    const ana = await world.person("Ana");
    const later = /\/RoomLater-/;
    await ana.page.route(later, (route) => route.abort());
    await ana.open("/r/later");
    await ana.button("Show my camera").click();
    await ana.phase("denied");
    await ana.button("Try now").waitFor();
    assert.equal(await ana.button("Join call").count(), 0);
    await ana.page.unroute(later);
    await ana.button("Try now").click();
    await ana.button("Join call").waitFor();
    await ana.button("Try again").waitFor();
    ana.complaints.length = 0; // the browser reports what it could not load
  }, { deny: ["Ana"] }));
