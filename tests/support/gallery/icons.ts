/**
 * Draws the icons of the installed app anew, from the mark:
 *
 *     deno run -A tests/support/gallery/icons.ts
 */
import { chromium } from "playwright-core";
import { findBrowser } from "../browser.ts";

const STATIC = new URL("../../../static/", import.meta.url);
/** LOOK, section 2: prim, surface, lamp. */
const [GROUND, INK, LAMP] = ["#0c5c47", "#fafbf9", "#f2b84b"];

/** Systems cut maskable icons to what they like, within a circle of four fifths. */
const ICONS = [
  { file: "icon-192.png", side: 192, corner: 0.22, mark: 0.7 },
  { file: "icon-512.png", side: 512, corner: 0.22, mark: 0.7 },
  { file: "icon-maskable-512.png", side: 512, corner: 0, mark: 0.56 },
  { file: "apple-touch-icon.png", side: 180, corner: 0, mark: 0.66 },
];

function drawing({ side, corner, mark }: typeof ICONS[number]): string {
  const scale = side * mark / 32;
  const edge = (side - 32 * scale) / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">
    <rect width="${side}" height="${side}" rx="${side * corner}" fill="${GROUND}"/>
    <g transform="translate(${edge} ${edge}) scale(${scale})" fill="none" stroke="${INK}"
      stroke-width="3.4" stroke-linecap="round">
      <circle cx="16" cy="16" r="7.5" fill="${INK}" stroke="none"/>
      <path d="M18.6 3.9A12.4 12.4 0 0 1 28.1 13.4" stroke="${LAMP}"/>
      <path d="M28.1 18.6A12.4 12.4 0 0 1 18.6 28.1"/>
      <path d="M13.4 28.1A12.4 12.4 0 0 1 3.9 18.6"/>
      <path d="M3.9 13.4A12.4 12.4 0 0 1 13.4 3.9"/>
    </g></svg>`;
}

const browser = await chromium.launch({
  executablePath: findBrowser() ?? undefined,
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage();
for (const icon of ICONS) {
  await page.setViewportSize({ width: icon.side, height: icon.side });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing(icon)}`);
  const bytes = await page.screenshot({ omitBackground: true });
  await Deno.writeFile(new URL(icon.file, STATIC), bytes);
  console.log(`${icon.file} ${bytes.length} bytes`);
}
await browser.close();
