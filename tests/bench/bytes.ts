/** What a browser loads, compressed as the server sends it. */
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";

export interface LoadedBytes {
  readonly homeScript: number;
  /** To a call: the home page's, and what the lobby and the call add. */
  readonly callScript: number;
  readonly style: number;
}

/** Goes from the home page into a call and adds up what was loaded on the way. */
export async function measureBytes(browser: Browser, base: string): Promise<LoadedBytes> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const scripts = new Map<string, number>();
  const styles = new Map<string, number>();
  const pending: Promise<void>[] = [];
  page.on("response", (response) => {
    const kind = { script: scripts, stylesheet: styles }[response.request().resourceType()];
    if (!kind || !response.ok()) return;
    pending.push(
      response.body().then((body) => void kind.set(response.url(), gzipSync(body).length)),
    );
  });
  await page.goto(base, { waitUntil: "networkidle" });
  await Promise.all(pending);
  const homeScript = sum(scripts);
  await page.getByRole("button", { name: "New call" }).click();
  await page.getByRole("textbox", { name: "Your name" }).fill("Ana");
  await page.getByRole("button", { name: "Join call" }).click();
  await page.locator('[data-phase="waiting"]').waitFor({ state: "attached" });
  await page.waitForLoadState("networkidle");
  await Promise.all(pending);
  const loaded = { homeScript, callScript: sum(scripts), style: sum(styles) };
  await context.close();
  return loaded;
}

function sum(sizes: ReadonlyMap<string, number>): number {
  return [...sizes.values()].reduce((all, size) => all + size, 0);
}
