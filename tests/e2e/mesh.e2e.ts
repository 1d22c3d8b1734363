/** More than two: everybody with everybody, in any order of coming and going. */
import assert from "node:assert/strict";
import type { Person } from "./support/person.ts";
import { withWorld, type World } from "./support/world.ts";

/** Two cores encode and decode for four here. */
const GENTLE = { framesPerSecond: 8 };

function people(world: World, ...names: string[]): Promise<Person[]> {
  return Promise.all(names.map((name) => world.person(name)));
}

/** Everybody sees and hears everybody else, and nobody besides. */
async function allTogether(everybody: readonly Person[]): Promise<void> {
  for (const one of everybody) {
    const others = everybody.filter((other) => other !== one);
    for (const other of others) await one.tileAdvances(other.name);
    await one.mediaUntil(
      `${others.length} pictures and sounds`,
      (m) => m.inboundVideo === others.length && m.inboundAudio === others.length,
    );
    assert.equal(await one.others().count(), others.length);
  }
}

Deno.test("[CA1] four people: twelve pictures and twelve sounds, each from its sender", () =>
  withWorld(async (world) => {
    const everybody = await people(world, "Ana", "Ben", "Carla", "Dora");
    for (const one of everybody) {
      await one.enter("/r/mesh");
      await one.phase("waiting", "live");
    }
    await allTogether(everybody);
  }, GENTLE));

Deno.test("[CA5] one leaves while two others join in the same instant", () =>
  withWorld(async (world) => {
    const [ana, ben, carla, dora] = await people(world, "Ana", "Ben", "Carla", "Dora");
    for (const one of [ana, ben]) await one.enter("/r/coming-and-going");
    await ben.tileAdvances("Ana");
    for (const one of [carla, dora]) await one.open("/r/coming-and-going");
    await Promise.all([ben.button("Leave call").click(), carla.join(), dora.join()]);
    await allTogether([ana, carla, dora]);
  }, GENTLE));

Deno.test("[NG11] each sends what the number of people leaves for each", () =>
  withWorld(async (world) => {
    const everybody = await people(world, "Ana", "Ben", "Carla", "Dora");
    const budgets = [null, null, [1_700_000, 720], [800_000, 540], [450_000, 360]] as const;
    for (const [index, one] of everybody.entries()) {
      await one.enter("/r/budget");
      await one.phase("waiting", "live");
      const budget = budgets[index + 1];
      if (budget === null) continue;
      const [maxBitrate, frameHeight] = budget;
      for (const sender of everybody.slice(0, index + 1)) {
        await sender.sendingUntil(
          `${frameHeight} lines to each of ${index}`,
          (sent) =>
            sent.length === index &&
            sent.every((each) =>
              each.maxBitrate !== undefined && each.maxBitrate <= maxBitrate &&
              each.frameHeight !== undefined && each.frameHeight <= frameHeight
            ),
        );
      }
    }
  }, GENTLE));
