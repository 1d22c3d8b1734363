/**
 * Takes pictures of every screen, to be looked at beside the look's own:
 *
 *     deno run -A tests/support/gallery/shots.ts folder [scene …]
 *
 * Sizes desktop, phone, narrow (320 px) and landscape; light and dark; English, and Spanish where
 * words are longest.
 */
import { chromium } from "playwright-core";
import { findBrowser } from "../browser.ts";
import { scenes } from "./scenes.ts";
import { openGallery } from "./serve.ts";

const SIZES = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
  narrow: { width: 320, height: 640 },
  landscape: { width: 844, height: 390 },
};
const LOOKS = [
  { size: "desktop", lang: "en", colorScheme: "light" },
  { size: "desktop", lang: "es", colorScheme: "dark" },
  { size: "phone", lang: "en", colorScheme: "dark" },
  { size: "phone", lang: "es", colorScheme: "light" },
  { size: "narrow", lang: "es", colorScheme: "light" },
  { size: "landscape", lang: "en", colorScheme: "dark" },
] as const;

const [folder, ...wanted] = Deno.args;
if (folder === undefined) throw new Error("which folder shall the pictures go to?");
await Deno.mkdir(folder, { recursive: true });
const all = ["home", ...Object.keys(scenes(() => null, 0))];
const gallery = await openGallery();
const browser = await chromium.launch({
  executablePath: findBrowser() ?? undefined,
  args: ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"],
});
for (const { size, lang, colorScheme } of LOOKS) {
  const context = await browser.newContext({ viewport: SIZES[size], colorScheme });
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(String(error)));
  for (const scene of wanted.length > 0 ? wanted : all) {
    await page.goto(`${gallery.base}/?scene=${scene}&lang=${lang}`);
    await page.locator("h1").first().waitFor({ state: "attached" });
    await page.waitForTimeout(500); // drawn pictures arrive, what appears has appeared
    await page.screenshot({ path: `${folder}/${scene}-${size}-${lang}-${colorScheme}.png` });
  }
  await context.close();
}
await browser.close();
await gallery.close();
