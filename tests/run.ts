/**
 * `deno task test`: runs the unit tests and those in a real browser, and ends with one line that
 * counts them all. `deno run -A tests/run.ts unit` or `… e2e` runs one kind.
 *
 * Without a browser the browser's tests are counted as skipped; with CI=true that is a failure.
 */
import { fileURLToPath } from "node:url";
import { findBrowser, HOW_TO_GET_ONE } from "./support/browser.ts";
import { addCounts, countReport, type Counts, NONE } from "./support/counts.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Runs `deno test` with its output going where ours goes. */
async function runTests(args: readonly string[]): Promise<Counts> {
  const report = await Deno.makeTempFile({ prefix: "tertulia-", suffix: ".xml" });
  try {
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "-A", `--junit-path=${report}`, ...args],
      cwd: ROOT,
      stdin: "null",
    }).spawn().status;
    const counts = countReport(await Deno.readTextFile(report));
    // A file that does not load, or a leak outside any test, fails the run but no test of it.
    return success || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } finally {
    await Deno.remove(report);
  }
}

/** The tests' number, found by loading their files and running none. */
async function countTests(files: readonly string[]): Promise<number> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", "--filter=/$^/", ...files],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stderr: "inherit",
  }).output();
  const said = /(\d+) filtered out/.exec(new TextDecoder().decode(stdout));
  return Number(said?.[1] ?? 0);
}

function browserTests(): string[] {
  const names = [...Deno.readDirSync(`${ROOT}/tests/e2e`)].map(({ name }) => name);
  return names.filter((name) => name.endsWith(".e2e.ts")).toSorted().map((name) =>
    `tests/e2e/${name}`
  );
}

async function runBrowserTests(): Promise<Counts> {
  const files = browserTests();
  if (findBrowser() !== null) return await runTests(files);
  const inCi = Deno.env.get("CI") === "true";
  const missed = await countTests(files);
  console.log(`\n${HOW_TO_GET_ONE}`);
  console.log(`${missed} browser tests are ${inCi ? "failed, as CI is true" : "skipped"}.`);
  return inCi ? { ...NONE, failed: missed } : { ...NONE, skipped: missed };
}

const kinds = Deno.args.length > 0 ? Deno.args : ["unit", "e2e"];
let counts = NONE;
if (kinds.includes("unit")) counts = addCounts(counts, await runTests([]));
if (kinds.includes("e2e")) counts = addCounts(counts, await runBrowserTests());
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`);
Deno.exit(counts.failed > 0 ? 1 : 0);
