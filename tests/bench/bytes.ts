/** What a browser loads, compressed as the server sends it. */
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { phase } from "./join.ts";

export interface LoadedBytes {
  readonly homeScript: number;
  /** To a call: the home page's, and what the lobby and the call add. */
  readonly callScript: number;
  readonly style: number;
}

/** Goes from the home page into a call with somebody, and adds up what was loaded on the way. */
export async function measureBytes(browser: Browser, base: string): Promise<LoadedBytes> {
  const contexts = await Promise.all([browser.newContext(), browser.newContext()]);
  const [waiting, page] = await Promise.all(contexts.map((context) => context.newPage()));
  await takeRoom(waiting, base, "Ana");
  await phase(waiting, "waiting");

  const sizes = { script: new Map<string, number>(), stylesheet: new Map<string, number>() };
  const pending: Promise<void>[] = [];
  page.on("response", (response) => {
    const kind = response.request().resourceType();
    if (kind !== "script" && kind !== "stylesheet") return;
    const note = async () => {
      sizes[kind].set(response.url(), gzipSync(await response.body()).length);
    };
    pending.push(note());
  });
  await page.goto(base, { waitUntil: "networkidle" });
  await Promise.all(pending);
  const homeScript = sum(sizes.script);
  await takeRoom(page, null, "Ben");
  await phase(page, "live");
  await Promise.all(pending);
  const loaded = { homeScript, callScript: sum(sizes.script), style: sum(sizes.stylesheet) };
  await Promise.all(contexts.map((context) => context.close()));
  return loaded;
}

/** From the home page (opened first, unless `base` is null) into one room, by its name. */
async function takeRoom(page: Page, base: string | null, name: string): Promise<void> {
  if (base !== null) await page.goto(base);
  await page.getByRole("textbox", { name: "Room name" }).fill("bytes");
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  await page.getByRole("button", { name: "Join call" }).click();
}

function sum(sizes: ReadonlyMap<string, number>): number {
  return [...sizes.values()].reduce((all, size) => all + size, 0);
}
