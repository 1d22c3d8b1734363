/** A camera is switched while somebody joins and a third restarts ICE. */
import assert from "node:assert/strict";
import { everybodyAdvances } from "../../e2e/support/everybody.ts";
import type { Person } from "../../e2e/support/person.ts";
import { withWorld, type World } from "../../e2e/support/world.ts";
import type { Figures, Pace, Scene } from "../scene.ts";

const FRAMES_PER_SECOND = 6;
/** Chromium's second fake camera gives depth, which is shown and never sent; so the other two serve. */
const CAMERAS = 3;

export const allAtOnce: Scene = {
  name: "all-at-once",
  play: ({ rounds }: Pace, figures: Figures) =>
    withWorld(async (world) => {
      const people = await Promise.all(["Ana", "Ben", "Carla"].map((name) => world.person(name)));
      for (const one of people) {
        await one.enter("/r/at-once");
        await one.phase("waiting", "live");
      }
      await everybodyAdvances(people);
      for (let round = 0; round < rounds; round++) await once(world, people, figures);
    }, { framesPerSecond: FRAMES_PER_SECOND, cameras: CAMERAS }),
};

async function once(world: World, people: readonly Person[], figures: Figures): Promise<void> {
  const [ana, ben, carla] = people;
  const dora = await world.person("Dora");
  await dora.open("/r/at-once");
  const old = await ana.page.evaluate(cameraInPage);
  const fromMs = Date.now();
  await Promise.all([
    switchCamera(ana),
    dora.join(),
    ben.page.evaluate(() => {
      for (const peer of globalThis.probe.peers) peer.restartIce();
    }),
    carla.page.evaluate(() => {
      for (const peer of globalThis.probe.peers) peer.restartIce();
    }),
  ]);
  const all = [...people, dora];
  await everybodyAdvances(all);
  figures.note("everybody's pictures with everybody", Date.now() - fromMs);
  const track = await ana.page.evaluate(cameraInPage);
  assert.notDeepEqual(track, old, "another camera");
  assert.equal(new Set(track).size, 1, "the current one goes to everybody");
  for (const one of all) {
    const states = await one.page.evaluate(() =>
      globalThis.probe.peers.filter(({ connectionState }) => connectionState === "connected")
        .map(({ signalingState }) => signalingState)
    );
    assert.deepEqual(states, ["stable", "stable", "stable"], one.name);
  }
  await dora.button("Leave call").click();
  await Promise.all(people.map((one) => one.tile("Dora").waitFor({ state: "detached" })));
  await dora.page.close();
}

/** The ids of the camera tracks sent, one for each connection; runs in the page, serialised. */
function cameraInPage(): string[] {
  return globalThis.probe.peers.filter(({ connectionState }) => connectionState === "connected")
    .map((peer) =>
      peer.getSenders().find(({ track }) => track?.kind === "video")?.track?.id ?? "none"
    );
}

/** By the settings, as a person does. */
async function switchCamera(person: Person): Promise<void> {
  const { page } = person;
  await person.button("Settings").click();
  const picker = page.getByRole("combobox", { name: "Camera" });
  const next = await picker.evaluate((select: HTMLSelectElement) =>
    select.options[select.selectedIndex === 0 ? select.options.length - 1 : 0].value
  );
  await picker.selectOption(next);
  await page.keyboard.press("Escape");
}
