/** What the pointers of others cost the page that shows them. */
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { launchChromium } from "../e2e/support/chromium.ts";
import { startServer } from "../e2e/support/server.ts";
import { median } from "./figures.ts";

const OTHERS = 6;
/** An odd number, and each long enough for a few dozen frames. */
const WINDOWS = 15;
const WINDOW_MS = 400;

declare global {
  /** Frames the page has had time to draw. */
  var framesDrawn: number;
  /** A page's channels for what may be lost. */
  var fastChannels: RTCDataChannel[];
}

/** Runs in the page, serialised. */
function countFrames(): void {
  globalThis.framesDrawn = 0;
  const count = () => {
    globalThis.framesDrawn++;
    requestAnimationFrame(count);
  };
  count();
}

/** Runs in the page, before its own code; serialised. */
function keepChannels(): void {
  globalThis.fastChannels = [];
  const open = RTCPeerConnection.prototype.createDataChannel;
  RTCPeerConnection.prototype.createDataChannel = function (label, init) {
    const channel = open.call(this, label, init);
    if (label === "fast") globalThis.fastChannels.push(channel);
    return channel;
  };
}

/** Runs in the page, serialised: a pointer that moves over a picture 30 times a second. */
function keepPointing(seat: string): void {
  let n = 0;
  setInterval(() => {
    n++;
    const [x, y] = [5000 + 1000 * Math.sin(n / 10), 5000 + 4000 * Math.cos(n / 13)];
    const text = `point ${n} camera ${seat} ${Math.round(x)} ${Math.round(y)} 0`;
    for (const channel of globalThis.fastChannels) {
      if (channel.readyState === "open") channel.send(text);
    }
  }, 1000 / 30);
}

/**
 * Lets six people point at the picture of a seventh, whose page is measured.
 *
 * @returns ms of its main thread a frame, median, above what the same call takes without pointers
 */
export async function measurePointers(): Promise<number> {
  const server = await startServer({ LOG_LEVEL: "silent", ROOM_CAPACITY: String(OTHERS + 1) });
  const fake = "--use-fake-device-for-media-stream";
  const browser = await launchChromium([`${fake}=fps=5`], [fake]);
  // Six more cameras would measure this machine's encoders.
  const blind = await launchChromium([], ["--use-fake-ui-for-media-stream"]);
  try {
    const url = new URL("/r/pointers", server.base).href;
    const seen = await enter(browser, url, "Ana");
    const hands: Page[] = [];
    for (let i = 1; i <= OTHERS; i++) hands.push(await enterBlind(blind, url, `Guest ${i}`));
    const seat = await seen.locator("[data-self]").getAttribute("data-peer") ?? "";
    // What shows pointers comes a moment after joining.
    await seen.getByRole("button", { name: "Point at my picture" }).waitFor();
    const meter = await meterOf(seen);
    const still = await costAFrame(seen, meter);
    await Promise.all(hands.map((hand) => hand.evaluate(keepPointing, seat)));
    await seen.waitForFunction(
      (count) => document.querySelectorAll("[data-pointer]").length === count,
      OTHERS,
    );
    return await costAFrame(seen, meter) - still;
  } finally {
    await Promise.all([browser.close(), blind.close()]);
    await server.stop();
  }
}

async function enter(browser: Browser, url: string, name: string): Promise<Page> {
  const context: BrowserContext = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(keepChannels);
  await page.goto(url);
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  await page.getByRole("button", { name: "Join call" }).click();
  await page.locator("[data-phase=waiting],[data-phase=live]").waitFor({ state: "attached" });
  return page;
}

/** Joins, and draws nothing from then on: another page of this machine is measured. */
async function enterBlind(browser: Browser, url: string, name: string): Promise<Page> {
  const page = await enter(browser, url, name);
  await page.evaluate(() => document.documentElement.style.display = "none");
  return page;
}

/** Counts the main thread's own time, not what others take of the machine. */
async function meterOf(page: Page): Promise<CDPSession> {
  const meter = await page.context().newCDPSession(page);
  await meter.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.evaluate(countFrames);
  return meter;
}

async function costAFrame(page: Page, meter: CDPSession): Promise<number> {
  const read = async () => {
    const { metrics } = await meter.send("Performance.getMetrics");
    const task = metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
    return { taskMs: task * 1000, frames: await page.evaluate(() => globalThis.framesDrawn) };
  };
  const costs: number[] = [];
  let before = await read();
  while (costs.length < WINDOWS) {
    await page.waitForTimeout(WINDOW_MS);
    const now = await read();
    costs.push((now.taskMs - before.taskMs) / Math.max(1, now.frames - before.frames));
    before = now;
  }
  return median(costs);
}
