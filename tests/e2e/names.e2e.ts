/** Names and who is there, in real browsers. */
import assert from "node:assert/strict";
import { memoryStore } from "../../lib/store/memory.ts";
import type { Store } from "../../lib/store/store.ts";
import { isNamed, named, takeName } from "./support/caller.ts";
import { startServer, type TestServer } from "./support/server.ts";
import { withWorld } from "./support/world.ts";

Deno.test("[DR14][UI20] a name is kept through a reload and a second tab, and refused to others", () =>
  withWorld(async (world) => {
    const ana = await named(world, "Ana");
    await ana.page.reload();
    await isNamed(ana, "Ana");
    const second = await world.duplicate(ana);
    await isNamed(second, "Ana");
    const thief = await world.person("Thief");
    await thief.open("/");
    const field = thief.page.getByRole("textbox", { name: "Your name" });
    await field.fill("  ANA ");
    await field.press("Enter");
    await thief.page.getByText("is somebody else's name").waitFor();
    await thief.button("Take ANA 2").click();
    await isNamed(thief, "ANA 2");
    await ana.button("Call ANA 2").waitFor();
    // Given back, it is anybody's.
    await ana.button("Ana, your name").click();
    await ana.button("Give my name back").click();
    await ana.button("Give it back").click();
    await ana.page.getByRole("textbox", { name: "Your name" }).waitFor();
    await second.page.getByRole("textbox", { name: "Your name" }).waitFor();
    const carla = await world.person("Carla");
    await carla.open("/");
    await takeName(carla, "ana");
  }));

Deno.test("[DR8][DR9][UI20] who is there is shown live, as they want to be", () =>
  withWorld(async (world) => {
    const [ana, ben] = await Promise.all([named(world, "Ana"), named(world, "Ben")]);
    await ana.button("Call Ben").waitFor();
    await ben.button("Ben, your name").click();
    await ben.page.getByRole("switch", { name: "Do not disturb" }).click();
    await ana.page.getByText("Do not disturb").waitFor();
    await ben.page.getByRole("switch", { name: "Show me in the list" }).click();
    await ana.button("Call Ben").waitFor({ state: "detached" });
    await ana.page.getByText("Nobody else is here yet.").waitFor();
    await ben.page.getByRole("switch", { name: "Show me in the list" }).click();
    await ana.button("Call Ben").waitFor();
    await ben.page.close();
    await ana.button("Call Ben").waitFor({ state: "detached" });
  }));

/** A server that begins again on its port, with another store or the one it had. */
async function restartable(store: Store) {
  let server: TestServer = await startServer({}, undefined, store);
  const { base } = server;
  const PORT = new URL(base).port;
  return {
    base,
    async restart(store?: Store) {
      await server.stop();
      server = await startServer({ PORT }, undefined, store);
    },
    stop: () => server.stop(),
  };
}

Deno.test("[DR6][UI20] a name outlives the server: by its store, and without that by the claim", async () => {
  const store = memoryStore();
  const server = await restartable(store);
  await withWorld(async (world) => {
    const ana = await named(world, "Ana");
    const late = await world.person("Late");
    const field = late.page.getByRole("textbox", { name: "Your name" });
    await ana.open("about:blank");
    await server.restart(store);
    await late.open("/");
    await field.fill("Ana");
    await field.press("Enter");
    await late.page.getByText("Ana is somebody else's name.").waitFor();
    // Nothing is kept, and somebody else is quicker.
    await late.open("about:blank");
    await server.restart();
    await late.open("/");
    await takeName(late, "Ana");
    await ana.open("/");
    await isNamed(ana, "Ana");
    await late.page.getByText("Ana is somebody else's name.").waitFor();
    assert.equal(await late.button("Ana, your name").count(), 0);
  }, { server });
});

Deno.test("[DR11][UI20] in a room a name has its mark with its key, and nobody else wears it", () =>
  withWorld(async (world) => {
    const ana = await named(world, "Ana");
    await ana.button("New call").click();
    await ana.button("Join call").click();
    await ana.phase("waiting");
    const thief = await world.person("Ana");
    await thief.enter(ana.page.url());
    await thief.page.getByText("Ana is somebody else's name.").waitFor();
    await thief.button("Take Ana 2").click();
    await thief.button("Join call").click();
    await thief.tile("Ana").getByText("Name of their own").waitFor({ state: "attached" });
    await ana.tile("Ana 2").waitFor();
    assert.equal(await ana.tile("Ana 2").getByText("Name of their own").count(), 0);
    // On the room's own page, too.
    await ana.page.reload();
    await thief.tile("Ana").waitFor();
    const link = ana.page.url();
    await ana.button("Leave call").click();
    await ana.open("about:blank");
    await ana.open(link);
    await ana.button("Join call").click();
    await thief.tile("Ana").getByText("Name of their own").waitFor({ state: "attached" });
  }));
