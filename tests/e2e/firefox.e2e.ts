/** Chromium and Firefox in one call, both ways round. */
import { findFirefox, FirefoxPerson } from "./support/firefox.ts";
import { withWorld } from "./support/world.ts";

const firefox = findFirefox();
if (firefox === null) {
  console.log("No Firefox was found (apt-get install firefox-esr, or set FIREFOX_PATH):");
  console.log("the tests of Chromium with Firefox are skipped, in CI failed.");
}
const ignore = firefox === null && Deno.env.get("CI") !== "true";

for (const first of ["Chromium", "Firefox"]) {
  Deno.test({
    name: `[CA1] Chromium and Firefox see and hear each other, ${first} there first`,
    ignore,
    fn: () =>
      withWorld(async (world) => {
        const url = new URL("/r/two-browsers", world.server.base).href;
        const ana = await world.person("Ana");
        const fox = await FirefoxPerson.start(firefox!, "Ben");
        try {
          if (first === "Firefox") await fox.enter(url);
          await ana.enter("/r/two-browsers");
          await ana.phase("waiting", "live");
          if (first === "Chromium") await fox.enter(url);
          await ana.tileAdvances("Ben");
          await fox.seesAndHears();
        } finally {
          await fox.close();
        }
      }),
  });
}
