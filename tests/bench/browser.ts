/** What a person waits for and loads, in a real browser. */
import { launchChromium } from "../e2e/support/chromium.ts";
import { startServer } from "../e2e/support/server.ts";
import { measureBytes } from "./bytes.ts";
import { type Figure, percentile } from "./figures.ts";
import { measureJoins } from "./join.ts";
import { measurePointers } from "./pointers.ts";

const JOINS = 20;

/** Joins rooms and counts bytes through the real screens. */
export async function measureBrowser(): Promise<readonly Figure[]> {
  const server = await startServer({ LOG_LEVEL: "silent" });
  const browser = await launchChromium();
  try {
    const bytes = await measureBytes(browser, server.base);
    const joins = await measureJoins(browser, server.base, JOINS);
    return [
      { what: "click to first frame, p50", value: percentile(joins, 0.5), budget: 350, unit: "ms" },
      {
        what: "click to first frame, p95",
        value: percentile(joins, 0.95),
        budget: 800,
        unit: "ms",
      },
      { what: "script, home page (gzip)", value: bytes.homeScript / 1000, budget: 20, unit: "kB" },
      { what: "script, to a call (gzip)", value: bytes.callScript / 1000, budget: 45, unit: "kB" },
      {
        what: "main thread, six moving pointers",
        value: await measurePointers(),
        budget: 0.8,
        unit: "ms/frame",
      },
      { what: "style (gzip)", value: bytes.style / 1000, budget: 10, unit: "kB" },
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}
