/** `deno task bench`: prints what a person waits for and loads, each figure beside its budget. */
import { launchChromium } from "../e2e/support/chromium.ts";
import { startServer } from "../e2e/support/server.ts";
import { measureBytes } from "./bytes.ts";
import { measureJoins } from "./join.ts";

const JOINS = 20;

interface Figure {
  readonly what: string;
  readonly value: number;
  readonly budget: number;
  readonly unit: "ms" | "kB";
}

/** The value below which a share of the sorted measurements lies (nearest rank). */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

function print(figures: readonly Figure[]): void {
  const rows = figures.map(({ what, value, budget, unit }) => {
    const digits = unit === "kB" ? 1 : 0;
    const verdict = value <= budget ? "" : "  over";
    return [what, `${value.toFixed(digits)} ${unit}`, `≤ ${budget} ${unit}${verdict}`];
  });
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column].length)));
  for (const [what, value, budget] of rows) {
    console.log(`${what.padEnd(widths[0])}  ${value.padStart(widths[1])}  ${budget}`);
  }
}

const server = await startServer({ LOG_LEVEL: "silent" });
const browser = await launchChromium();
try {
  const bytes = await measureBytes(browser, server.base);
  const joins = await measureJoins(browser, server.base, JOINS);
  print([
    { what: "click to first frame, p50", value: percentile(joins, 0.5), budget: 350, unit: "ms" },
    { what: "click to first frame, p95", value: percentile(joins, 0.95), budget: 800, unit: "ms" },
    { what: "script, home page (gzip)", value: bytes.homeScript / 1000, budget: 20, unit: "kB" },
    { what: "script, to a call (gzip)", value: bytes.callScript / 1000, budget: 45, unit: "kB" },
    { what: "style (gzip)", value: bytes.style / 1000, budget: 10, unit: "kB" },
  ]);
} finally {
  await browser.close();
  await server.stop();
}
