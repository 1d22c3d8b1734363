/** A screen shared, frozen and ended; two of them; the stage they have. */
import { AxeBuilder } from "@axe-core/playwright";
import assert from "node:assert/strict";
import { type Lang, LANGUAGES } from "../../lib/i18n/catalogue.ts";
import { wordsOf } from "../../lib/i18n/server.ts";
import { translator } from "../../lib/i18n/translate.ts";
import type { Person } from "./support/person.ts";
import { readTile } from "./support/probe.ts";
import { coloursOf, drawScreen, screenOf } from "./support/screens.ts";
import { nextFrame, until } from "./support/until.ts";
import { withWorld, type World } from "./support/world.ts";

async function meet(world: World, names: readonly string[], room = "/r/share"): Promise<Person[]> {
  const people: Person[] = [];
  for (const name of names) {
    const person = await world.person(name);
    people.push(person);
    await person.enter(room);
    await person.phase("waiting", "live");
  }
  return people;
}

/** Waits until a share's pictures show one colour, or more. */
function colours(person: Person, name: string, wanted: (different: number) => boolean) {
  return until(
    `${person.name}: the colours of ${name}`,
    () => coloursOf(person, name, 4),
    (seen) => wanted(new Set(seen).size),
    () => person.page.evaluate(nextFrame),
  );
}

Deno.test("[SH1][SH3][SH4] a screen with sound is shared, frozen, seen by a late comer, ended", () =>
  withWorld(async (world) => {
    const [ben] = await meet(world, ["Ben"]);
    const ana = await world.person("Ana");
    await ana.page.addInitScript(drawScreen);
    await ana.enter("/r/share");
    await ana.phase("live");
    await ana.page.keyboard.press("d");
    await colours(ben, "Screen of Ana", (different) => different > 1);
    const video = screenOf(ben, "Screen of Ana").locator("video");
    await until(
      "the sound of the screen",
      () => video.evaluate(readTile),
      ({ audioEnergy }) => audioEnergy > 0,
      () => ben.page.evaluate(nextFrame),
    );
    await ana.page.getByText("You are sharing your screen.").waitFor();
    await ana.button("Stop sharing").waitFor();

    await ana.button("Freeze").click();
    await ana.page.getByText("Frozen. The others see a still picture.").waitFor();
    const [still] = await colours(ben, "Screen of Ana", (different) => different === 1);
    assert.deepEqual(await coloursOf(ana, "My screen", 1), [still], "as oneself sees it");
    const carla = await world.person("Carla");
    await carla.enter("/r/share");
    const late = await colours(carla, "Screen of Ana", (different) => different === 1);
    assert.equal(late[0], still);

    await ana.button("Go on").click();
    await colours(carla, "Screen of Ana", (different) => different > 1);
    await ana.page.evaluate(() => globalThis.endByBrowser());
    await ana.button("Share screen").waitFor();
    for (const each of [ben, carla]) {
      await screenOf(each, "Screen of Ana").waitFor({ state: "detached" });
      await each.tile("Ana").locator("[data-camera=on]").waitFor({ state: "attached" });
    }
  }, { framesPerSecond: 8 }));

Deno.test("[SH5][LY3][LY4] of two shares one has the stage; views change, and no tile does", () =>
  withWorld(async (world) => {
    const [ana, ben, carla] = await meet(world, ["Ana", "Ben", "Carla"]);
    const staged = (name: string) => screenOf(carla, name).and(carla.page.locator(".on-stage"));
    await ana.button("Share screen").click();
    await staged("Screen of Ana").waitFor();
    const picture = screenOf(carla, "Screen of Ana").locator("video");
    await until(
      "the browser's own screen",
      () => picture.evaluate((video: HTMLVideoElement) => video.videoWidth),
      (width) => width > 0,
      () => carla.page.evaluate(nextFrame),
    );
    await ben.button("Share screen").click();
    await staged("Screen of Ben").waitFor();
    await carla.button("Show large: Screen of Ana").click();
    await staged("Screen of Ana").waitFor();

    // The elements that sound comes from, marked.
    await carla.page.evaluate(() => {
      for (const video of document.querySelectorAll("video")) video.dataset.marked = "yes";
    });
    const looks: string[] = [];
    for (const view of ["side by side", "all the same size", "one large, the others in a strip"]) {
      await carla.page.keyboard.press("w");
      await carla.page.getByText(`View: ${view}`).first().waitFor();
      looks.push(await carla.page.evaluate(layout));
    }
    assert.deepEqual(looks, ["grid 1", "none 0", "row 1"]);
    await carla.button("Pin Ben").click();
    await carla.tile("Ben").and(carla.page.locator(".on-stage")).waitFor();
    assert.equal(await carla.page.locator("video:not([data-marked])").count(), 0);
    await carla.tileAdvances("Ben");

    await ana.button("Leave call").click();
    await screenOf(carla, "Screen of Ana").waitFor({ state: "detached" });
    await ben.button("Stop sharing").click();
    await screenOf(carla, "Screen of Ben").waitFor({ state: "detached" });
  }, { framesPerSecond: 8 }));

/** Runs in the page: how the tiles flow, and how many have the stage; fails where any overlap. */
function layout(): string {
  const boxes = [...document.querySelectorAll(".stage-tiles > .tile")]
    .map((tile) => tile.getBoundingClientRect());
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top ||
        b.bottom <= a.top;
      if (!apart) throw new Error(`${JSON.stringify(a)} over ${JSON.stringify(b)}`);
    }
  }
  const { flow } = document.querySelector<HTMLElement>(".stage-view")!.dataset;
  return `${flow ?? "none"} ${document.querySelectorAll(".on-stage").length}`;
}

const VIEWPORTS = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

for (const lang of Object.keys(LANGUAGES) as Lang[]) {
  Deno.test(`[UI15] axe finds nothing with a share on the stage: ${lang}, phone and desktop`, () =>
    withWorld(async (world) => {
      const { t } = translator(wordsOf(lang));
      const look = { locale: lang };
      const [ana, ben] = [await world.person("Ana", look), await world.person("Ben", look)];
      for (const person of [ana, ben]) {
        await person.open("/r/share");
        await person.page.getByRole("textbox", { name: t("lobby.yourName") }).fill(person.name);
        await person.button(t("lobby.join")).click();
        await person.phase("waiting", "live");
      }
      await ana.button(t("tool.share")).click();
      await screenOf(ben, t("share.of", { name: "Ana" })).waitFor();
      await ana.button(t("share.freeze")).click();
      await ana.button(t("share.goOn")).waitFor();
      for (const [size, viewport] of Object.entries(VIEWPORTS)) {
        for (const { page, name } of [ana, ben]) {
          await page.setViewportSize(viewport);
          const { violations } = await new AxeBuilder({ page }).analyze();
          const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
          assert.deepEqual(found, [], `${name}, ${size}`);
          const overflow = await page.evaluate(() =>
            document.documentElement.scrollWidth - document.documentElement.clientWidth
          );
          assert.equal(overflow, 0, `${name}, ${size} scrolls sideways`);
        }
      }
    }, { framesPerSecond: 8 }));
}
