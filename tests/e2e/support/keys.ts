/** A page worked by keys alone. */
import assert from "node:assert/strict";
import type { Person } from "./person.ts";

/** More controls than any screen has. */
const MOST_TABS = 40;

/** Presses Tab until the control of this name has the focus. */
export async function tabTo({ page }: Person, name: string): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const label = element instanceof HTMLInputElement ? element.labels?.[0] : element;
      const heard = label?.cloneNode(true) as Element | undefined;
      for (const unheard of heard?.querySelectorAll("[aria-hidden]") ?? []) unheard.remove();
      return element?.getAttribute("aria-label") ?? heard?.textContent?.trim() ?? "";
    });
    if (focused === name) return;
  }
  assert.fail(`${name} cannot be reached by Tab`);
}
