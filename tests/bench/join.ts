/** How long it takes from the click on "Join call" to the first frame of the other. */
import type { Browser, Page } from "playwright-core";

declare global {
  /** Resolves with the ms from the last click on "Join call" to the first remote frame. */
  var firstFrame: Promise<number>;
}

/** Runs in the page, before its own code; serialised. */
function watchFirstFrame(): void {
  const { promise, resolve } = Promise.withResolvers<number>();
  globalThis.firstFrame = promise;
  let clickedAt = 0;
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("button");
    if (button?.textContent?.includes("Join call")) clickedAt = performance.now();
  }, true);
  const watched = new WeakSet<HTMLVideoElement>();
  new MutationObserver(() => {
    const videos = document.querySelectorAll<HTMLVideoElement>(
      "[data-peer]:not([data-self]) video",
    );
    for (const video of videos) {
      if (watched.has(video)) continue;
      watched.add(video);
      video.requestVideoFrameCallback((now) => resolve(now - clickedAt));
    }
  }).observe(document, { childList: true, subtree: true });
}

async function enter(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  await page.locator("video").first().waitFor(); // the preview: the camera is on, as for a person
  await page.getByRole("button", { name: "Join call" }).click();
}

/** Waits until the room stands at a phase. */
export async function phase(page: Page, name: string): Promise<void> {
  await page.locator(`[data-phase="${name}"]`).waitFor({ state: "attached" });
}

/**
 * Joins a room in which somebody waits, again and again, through the real screens.
 *
 * @returns the times in ms, in order
 */
export async function measureJoins(
  browser: Browser,
  base: string,
  times: number,
): Promise<number[]> {
  const url = new URL("/r/bench", base).href;
  const [waiting, joining] = await Promise.all([browser.newContext(), browser.newContext()]);
  const one = await waiting.newPage();
  await enter(one, url, "Ana");
  await phase(one, "waiting");
  const measured: number[] = [];
  for (let time = 0; time < times; time++) {
    const other = await joining.newPage();
    await other.addInitScript(watchFirstFrame);
    await enter(other, url, "Ben");
    measured.push(await other.evaluate(() => globalThis.firstFrame));
    await other.getByRole("button", { name: "Leave call" }).click();
    await phase(one, "waiting");
    await other.close();
  }
  await Promise.all([waiting.close(), joining.close()]);
  return measured;
}
