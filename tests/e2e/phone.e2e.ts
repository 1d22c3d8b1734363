/** What a phone asks of the pages: fingers, notches, keyboards, both ways up, other apps. */
import { AxeBuilder } from "@axe-core/playwright";
import assert from "node:assert/strict";
import type { BrowserContextOptions } from "playwright-core";
import type { Person } from "./support/person.ts";
import { withWorld, type World } from "./support/world.ts";

const PHONES: Record<string, BrowserContextOptions> = {
  "320 × 640": { viewport: { width: 320, height: 640 } },
  "390 × 844": { viewport: { width: 390, height: 844 } },
  "844 × 390": { viewport: { width: 844, height: 390 } },
};
/** What an iPhone with a notch keeps for itself, upright and on its side. */
const UPRIGHT = { top: 47, left: 0, right: 0, bottom: 34 };
const ASIDE = { top: 0, left: 47, right: 47, bottom: 21 };

/** WCAG 2.2, 2.5.5; what Apple and Google ask for as well. */
const FINGER_PX = 44;

interface Target {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Lies over the page's end, or moves with it. */
  readonly stuck: boolean;
}

/** Runs in the page, serialised: everything a finger may press, and where; of a dialog its own. */
function targets(): Target[] {
  const root = document.querySelector("dialog[open]") ?? document;
  const found: Target[] = [];
  for (const element of root.querySelectorAll("button, a[href], input, select")) {
    const area = element.matches("input") ? element.closest("label") ?? element : element;
    const box = area.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (style.visibility === "hidden" || box.width <= 1 || box.height <= 1) continue;
    let stuck = false;
    for (let each: Element | null = area; each; each = each.parentElement) {
      stuck ||= each.matches(".stage, .top, .dialog-head");
      if (each.matches("dialog")) break; // what else is in it scrolls
      stuck ||= getComputedStyle(each).position === "fixed";
    }
    const { width, height, left, top, right, bottom } = box;
    const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
    found.push({ name, width, height, left, top, right, bottom, stuck });
  }
  return found;
}

/** What is wrong with a screen, each thing in words. */
async function faultsOf({ page }: Person, screen: string): Promise<string[]> {
  const { width, height } = page.viewportSize()!;
  const insets = width < height ? UPRIGHT : ASIDE;
  const all = await page.evaluate(targets);
  const faults = all.length > 0 ? [] : ["nothing to press"];
  for (const { name, stuck, ...box } of all) {
    if (Math.min(box.width, box.height) < FINGER_PX - 0.5) {
      faults.push(`${name} is ${box.width} × ${box.height}`);
    }
    if (
      box.left < insets.left - 1 || box.right > width - insets.right + 1 ||
      stuck && (box.top < insets.top - 1 || box.bottom > height - insets.bottom + 1)
    ) {
      faults.push(`${name} is at ${box.left}, ${box.top} to ${box.right}, ${box.bottom}`);
    }
  }
  const sideways = await page.evaluate(() =>
    document.documentElement.scrollWidth - document.documentElement.clientWidth
  );
  if (sideways !== 0) faults.push(`scrolls sideways by ${sideways}`);
  return faults.map((fault) => `${screen}: ${fault}`);
}

async function withoutViolations(person: Person, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page: person.page }).analyze();
  assert.deepEqual(violations.map(({ id }) => id), [], screen);
}

async function onPhone(world: World, name: string, look: BrowserContextOptions): Promise<Person> {
  const person = await world.person(name, { ...look, hasTouch: true, isMobile: true });
  const { width, height } = look.viewport!;
  const session = await person.page.context().newCDPSession(person.page);
  await session.send(
    "Emulation.setSafeAreaInsetsOverride" as "Emulation.setTouchEmulationEnabled",
    { insets: width < height ? UPRIGHT : ASIDE } as never,
  );
  return person;
}

for (const [size, look] of Object.entries(PHONES)) {
  Deno.test(`[PW5] Everything can be pressed, and nothing is under the notch: ${size}`, () =>
    withWorld(async (world) => {
      const [ana, ben] = [await onPhone(world, "Ana", look), await world.person("Ben")];
      const faults: string[] = [];
      await ana.open("/");
      faults.push(...await faultsOf(ana, "home"));
      await ana.open("/r/kitchen");
      await ana.button("Stop camera").waitFor();
      faults.push(...await faultsOf(ana, "lobby"));
      await ana.join();
      await ana.phase("waiting");
      await ana.button("Copy link").waitFor();
      faults.push(...await faultsOf(ana, "alone"));
      await ben.enter("/r/kitchen");
      await ana.seesAndHears("Ben");
      faults.push(...await faultsOf(ana, "call"));
      await ana.button("More").tap();
      await ana.page.getByRole("dialog").waitFor();
      await ana.page.getByRole("dialog").evaluate((dialog) =>
        Promise.all(dialog.getAnimations().map(({ finished }) => finished))
      );
      faults.push(...await faultsOf(ana, "more"));
      await withoutViolations(ana, "more");
      await ana.page.keyboard.press("Escape");
      await ana.button("Leave call").tap();
      await ana.phase("ended");
      faults.push(...await faultsOf(ana, "ended"));
      assert.deepEqual(faults, []);
    }));
}

for (const [size, look] of Object.entries(PHONES)) {
  Deno.test(`[PW8] The lobby has the settings, the language in them: ${size}`, () =>
    withWorld(async (world) => {
      const ana = await onPhone(world, "Ana", look);
      await ana.open("/r/kitchen");
      await ana.button("Settings").tap();
      const dialog = ana.page.getByRole("dialog", { name: "Settings" });
      await dialog.waitFor();
      assert.deepEqual(await faultsOf(ana, "settings"), []);
      await withoutViolations(ana, "settings");
      assert.equal(await dialog.getByText("Show my picture").count(), 0, "there is no stage yet");
      await dialog.getByRole("combobox", { name: "Language" }).selectOption("es");
      await ana.page.getByRole("dialog", { name: "Ajustes" }).waitFor();
      await ana.page.keyboard.press("Escape");
      await ana.button("Ajustes").and(ana.page.locator(":focus")).waitFor();
    }));
}

Deno.test("[PW6] The way in stays in sight over a keyboard, whichever way the page learns of it", () =>
  withWorld(async (world) => {
    const ana = await onPhone(world, "Ana", PHONES["390 × 844"]);
    await ana.page.addInitScript(() => {
      const height = Object.getOwnPropertyDescriptor(VisualViewport.prototype, "height")!.get!;
      Object.defineProperty(VisualViewport.prototype, "height", {
        get() {
          return height.call(this) - ((globalThis as { keyboard?: number }).keyboard ?? 0);
        },
      });
    });
    await ana.open("/r/kitchen");
    const join = ana.button("Join call");
    const bottom = async () => (await join.boundingBox())!.y + (await join.boundingBox())!.height;
    const free = await bottom();
    assert.ok(free > 740, `at the page's end: ${free}`);
    await ana.page.evaluate(() => { // as Safari: the page keeps its size
      (globalThis as { keyboard?: number }).keyboard = 300;
      visualViewport!.dispatchEvent(new Event("resize"));
    });
    assert.equal(await bottom(), free - 300);
    await ana.page.evaluate(() => {
      (globalThis as { keyboard?: number }).keyboard = 0;
      visualViewport!.dispatchEvent(new Event("resize"));
    });
    assert.equal(await bottom(), free);
    const content = await ana.page.locator("meta[name=viewport]").getAttribute("content");
    assert.match(content!, /interactive-widget=resizes-content/);
    await ana.page.setViewportSize({ width: 390, height: 544 }); // as the others, told by that word
    await ana.page.waitForFunction(() => innerHeight === 544);
    assert.equal(await bottom(), free - 300);
  }));

Deno.test("[PW7] What a phone paused in the background goes on when the page is back", () =>
  withWorld(async (world) => {
    const [ana] = await world.pair();
    const videos = ana.page.locator("[data-peer] video");
    await videos.evaluateAll((all) => all.forEach((video) => (video as HTMLVideoElement).pause()));
    await ana.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await ana.page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLVideoElement>("[data-peer] video")]
        .every((video) => !video.paused)
    );
  }));
