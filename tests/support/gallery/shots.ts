/**
 * Takes pictures of every screen, to be looked at beside the look's own:
 *
 *     deno run -A tests/support/gallery/shots.ts folder [scene …]
 *
 * `live+settings` is the scene `live` with its settings open; so are `+invite`, `+more`, `+keys`;
 * `people+me` is one's own name.
 * Sizes desktop, phone, narrow (320 px) and landscape; light and dark; English, and Spanish where
 * words are longest.
 */
import { chromium, type Page } from "playwright-core";
import { wordsOf } from "../../../lib/i18n/server.ts";
import { type Translator, translator } from "../../../lib/i18n/translate.ts";
import { findBrowser } from "../browser.ts";
import { callingScenes } from "./calling_scenes.ts";
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

/** What opens over a scene, by the tool that opens it; the keys have their key. */
const PANELS = {
  invite: "tool.invite",
  settings: "tool.settings",
  chat: "tool.chat",
  people: "tool.people",
  more: "tool.more",
} as const;

/** Opens a panel as a person would; does nothing where a wide tray has no "More". */
async function open(page: Page, panel: string, { t }: Translator): Promise<void> {
  if (panel === "keys") return await page.keyboard.press("?");
  if (panel === "me") {
    return await page.getByRole("button", { name: t("me.open", { name: "Ana" }) }).click();
  }
  const tool = page.getByRole("button", {
    name: t(PANELS[panel as keyof typeof PANELS]),
    exact: true,
  });
  const more = page.getByRole("button", { name: t("tool.more"), exact: true });
  if (await tool.isVisible()) return await tool.click();
  if (!await more.isVisible()) return;
  await more.click();
  await page.getByRole("dialog").getByRole("button", {
    name: t(PANELS[panel as keyof typeof PANELS]),
  })
    .click();
}

const [folder, ...wanted] = Deno.args;
if (folder === undefined) throw new Error("which folder shall the pictures go to?");
await Deno.mkdir(folder, { recursive: true });
const all = ["home", ...Object.keys(callingScenes(0)), ...Object.keys(scenes(() => null, 0))]
  .concat(["invite", "settings", "more", "keys"].map((panel) => `live+${panel}`), "people+me");
const gallery = await openGallery();
const browser = await chromium.launch({
  executablePath: findBrowser() ?? undefined,
  args: ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"],
});
for (const { size, lang, colorScheme } of LOOKS) {
  const context = await browser.newContext({
    viewport: SIZES[size],
    colorScheme,
    hasTouch: size !== "desktop",
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(String(error)));
  for (const wish of wanted.length > 0 ? wanted : all) {
    const [scene, panel] = wish.split("+");
    await page.goto(`${gallery.base}/?scene=${scene}&lang=${lang}`);
    await page.locator("h1").first().waitFor({ state: "attached" });
    if (panel) await open(page, panel, translator(wordsOf(lang)));
    await page.waitForTimeout(500); // drawn pictures arrive, what appears has appeared
    await page.screenshot({ path: `${folder}/${wish}-${size}-${lang}-${colorScheme}.png` });
  }
  await context.close();
}
await browser.close();
await gallery.close();
