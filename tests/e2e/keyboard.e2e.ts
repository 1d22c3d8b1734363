/** A call without a pointer. */
import assert from "node:assert/strict";
import type { Person } from "./support/person.ts";
import { withWorld } from "./support/world.ts";

/** More controls than any screen has. */
const MOST_TABS = 40;

/** Presses Tab until the control of this name has the focus. */
async function tabTo({ page }: Person, name: string): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const label = element instanceof HTMLInputElement ? element.labels?.[0] : element;
      return element?.getAttribute("aria-label") ?? label?.textContent?.trim() ?? "";
    });
    if (focused === name) return;
  }
  assert.fail(`${name} cannot be reached by Tab`);
}

Deno.test("[UI10] a call is joined, muted and left by keyboard alone", () =>
  withWorld(async (world) => {
    const [ana, ben] = [await world.person("Ana"), await world.person("Ben")];
    await ana.enter("/r/keyboard");
    await ana.phase("waiting");
    await ben.open("/r/keyboard");
    await tabTo(ben, "Your name");
    await ben.page.keyboard.type("Ben");
    await tabTo(ben, "Join call");
    await ben.page.keyboard.press("Enter");
    await ben.tileAdvances("Ana");
    await tabTo(ben, "Mute microphone");
    await ben.page.keyboard.press("Enter");
    await ana.tile("Ben").getByText("Muted").waitFor({ state: "attached" });
    await tabTo(ben, "Leave call");
    await ben.page.keyboard.press("Enter");
    await ben.phase("ended");
    await ana.phase("waiting");
  }));
