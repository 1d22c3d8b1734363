/** Three people and a door: lock, knock, let in, remove; asking to mute; hands in order. */
import { AxeBuilder } from "@axe-core/playwright";
import assert from "node:assert/strict";
import type { Person } from "./support/person.ts";
import { withWorld } from "./support/world.ts";

async function axe({ page }: Person, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), [], what);
}
const options = (person: Person, name: string) => person.button(`Options for ${name}`).click();

Deno.test("[RO1][RO3][RO4][RO5][RO7][PE1] lock, knock, let in, remove", () =>
  withWorld(async (world) => {
    const [ana, ben] = [await world.person("Ana"), await world.person("Ben")];
    const carla = await world.person("Carla", {
      viewport: { width: 390, height: 844 },
      locale: "es-ES",
    });
    await ana.open("/");
    await ana.button("New call").click();
    await ana.phase("lobby");
    const link = ana.page.url();
    await ana.join();
    await ana.phase("waiting");
    await ben.enter(link);
    await Promise.all([ana.phase("live"), ben.phase("live")]);

    await ana.button("People").click();
    const lock = ana.page.getByRole("switch", { name: "Lock the room" });
    await lock.click();
    await ben.page.getByRole("status").getByText("The room is locked now.")
      .waitFor({ state: "attached" });
    await ben.button("People").click();
    assert.equal(await ben.page.getByRole("switch", { name: "Lock the room" }).count(), 0);
    await axe(ana, "people, as the owner");
    await axe(ben, "people, as a guest");

    await carla.open(link);
    await carla.page.getByRole("textbox", { name: "Tu nombre" }).fill("Carla");
    await carla.button("Entrar en la llamada").click();
    await carla.page.getByRole("heading", { name: "La sala está cerrada." }).waitFor();
    await carla.phase("full");
    await axe(carla, "before the door");
    await carla.button("Llamar a la puerta").click();
    await carla.page.locator('[data-phase="joining"][data-door="knocking"]').waitFor();
    await ana.page.getByText("Carla knocks at the door.").first().waitFor();
    await axe(carla, "waiting at the door");
    await axe(ana, "somebody knocks");
    assert.equal(await ben.button("Let in").count(), 0, "only the owner answers");
    await ana.button("Not now").click();
    await carla.page.getByRole("heading", { name: "No te han abierto." }).waitFor();
    await carla.button("Llamar otra vez").click();
    await ana.button("Let in").click();
    await carla.phase("live");
    await Promise.all([ana.tile("Carla").waitFor(), ben.tile("Carla").waitFor()]);

    await options(ana, "Carla");
    await ana.button("Remove").click();
    await axe(ana, "removing somebody");
    await ana.button("Go ahead").click();
    await carla.page.getByRole("heading", { name: "Te han quitado de la llamada." }).waitFor();
    await carla.phase("failed");
    await ana.tile("Carla").waitFor({ state: "detached" });
    await axe(carla, "removed");
    await carla.page.reload();
    await carla.button("Entrar en la llamada").click();
    await carla.page.getByRole("heading", { name: "La sala está cerrada." }).waitFor();

    await options(ana, "Ben");
    await ana.button("Make owner").click();
    await ana.button("Go ahead").click();
    await ben.page.getByRole("switch", { name: "Lock the room" }).click();
    await carla.button("Llamar a la puerta").click();
    await carla.phase("live");
  }, { framesPerSecond: 5 }));

Deno.test("[PE2][PE3][HR1][HR2] ask to mute, refused and granted; hands, reactions, volume", () =>
  withWorld(async (world) => {
    const [ana, ben] = await world.pair();
    await ana.button("People").click();
    await options(ana, "Ben");
    await ana.button("Ask to mute").click();
    await ben.page.getByText("Ana asks you to mute.").first().waitFor();
    await axe(ben, "asked to mute");
    await ben.button("Keep talking").click();
    await ana.page.getByRole("status").getByText("Ben stays unmuted for now.")
      .waitFor({ state: "attached" });
    assert.equal(await ben.button("Mute microphone").count(), 1);

    await ben.button("People").click();
    await options(ben, "Ana");
    await ben.button("Ask to mute").click();
    await ana.button("Mute me").click();
    await ana.button("Unmute microphone").waitFor();
    await ben.tile("Ana").getByText("Muted").waitFor({ state: "attached" });

    await ben.button("Raise hand").click();
    await ana.page.getByText("Hand up, number 1").waitFor({ state: "attached" });
    await ana.page.locator("body").press("h");
    await ana.button("Lower hand").waitFor();
    await ben.page.getByText("Hand up, number 2").waitFor({ state: "attached" });

    await ana.button("👏").click();
    await ben.page.locator(".reactions").getByText("Ana").waitFor();
    await ben.page.locator(".reactions").getByText("Ana").waitFor({ state: "detached" });

    const video = await ana.tile("Ben").locator("video").elementHandle();
    await ana.page.getByRole("slider", { name: "Volume of Ben" }).fill("30");
    await ana.page.waitForFunction((v) => (v as HTMLVideoElement).volume === 0.3, video);
    await ana.page.getByRole("switch", { name: "Mute everybody for me" }).click();
    await ana.page.waitForFunction((v) => (v as HTMLVideoElement).muted, video);
  }, { framesPerSecond: 5 }));
