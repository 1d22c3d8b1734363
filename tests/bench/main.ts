/**
 * `deno task bench`: prints the measured figures, each beside its budget. `deno task bench browser`
 * measures what a person waits for and loads, `deno task bench load` what the server costs.
 */
import { measureBrowser } from "./browser.ts";
import { type Figure, printFigures } from "./figures.ts";
import { measureLoad } from "./load.ts";

const PARTS: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  browser: measureBrowser,
  load: measureLoad,
};

const asked = Deno.args.length > 0 ? Deno.args : Object.keys(PARTS);
const unknown = asked.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(", ")}. There are ${Object.keys(PARTS).join(", ")}.`);
  Deno.exit(2);
}
for (const name of asked) {
  printFigures(await PARTS[name]());
  console.log();
}
// The load's own clients may still be closing.
Deno.exit(0);
