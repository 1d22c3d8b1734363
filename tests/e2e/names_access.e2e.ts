/** Names and calls by name by axe-core and by keyboard alone. */
import type { ViewportSize } from "playwright-core";
import type { Lang } from "../../lib/i18n/catalogue.ts";
import { wordsOf } from "../../lib/i18n/server.ts";
import { translator } from "../../lib/i18n/translate.ts";
import { check } from "./support/check_screen.ts";
import { tabTo } from "./support/keys.ts";
import { named } from "./support/caller.ts";
import { withWorld } from "./support/world.ts";

/** Words are longest in Spanish, and room is least at 320 px. */
const LOOKS: readonly [Lang, ViewportSize][] = [
  ["en", { width: 1280, height: 800 }],
  ["es", { width: 320, height: 640 }],
];

for (const [lang, viewport] of LOOKS) {
  Deno.test(`[UI15] axe finds nothing on home with names, and on calls: ${lang}, ${viewport.width} px`, () =>
    withWorld(async (world) => {
      const { t } = translator(wordsOf(lang));
      const look = { viewport, locale: lang };
      const [ana, ben] = [await world.person("Ana", look), await world.person("Ben", look)];
      const field = ana.page.getByRole("textbox", { name: t("lobby.yourName") });
      const take = async (name: string) => {
        await field.fill(name);
        await field.press("Enter");
      };
      await ben.open("/");
      await ben.page.getByRole("textbox", { name: t("lobby.yourName") }).fill("Ben");
      await ben.page.keyboard.press("Enter");
      await ben.button(t("me.open", { name: "Ben" })).waitFor();
      await ana.open("/");
      await take("Ben");
      await ana.button(t("name.suggestion", { name: "Ben 2" })).waitFor();
      await check(ana, "a taken name");
      await take("Ana");
      const callBen = ana.button(t("here.call", { name: "Ben" }));
      await callBen.waitFor();
      await check(ana, "who is there");
      await ana.button(t("me.open", { name: "Ana" })).click();
      await ana.button(t("me.forget")).click();
      await check(ana, "one's own name");
      await ana.page.keyboard.press("Escape");
      await callBen.click();
      await ben.button(t("calls.accept")).waitFor();
      await ana.page.getByText(t("calls.ringing")).waitFor();
      await check(ana, "calling");
      await check(ben, "called");
      await ben.button(t("calls.decline")).click();
      await ana.button(t("calls.again")).waitFor();
      await check(ana, "declined");
      await ana.button(t("calls.again")).click();
      await ben.button(t("calls.accept")).click();
      await Promise.all([ana.tileAdvances("Ben"), ben.tileAdvances("Ana")]);
      await check(ana, "in a call by name");
      await ana.button(t("tool.hangUp")).click();
      await ben.phase("ended");
      await check(ana, "hung up");
      await check(ben, "the other one hung up");
      await ben.page.getByRole("link", { name: t("home"), exact: true }).click();
      await ben.page.getByText(t("recent.in.accepted")).waitFor();
      await check(ben, "home with calls of before");
    }, { framesPerSecond: 10 }));
}

Deno.test("[UI10][CA41] a call by name is placed, taken and ended by keyboard alone", () =>
  withWorld(async (world) => {
    const ben = await named(world, "Ben");
    const ana = await world.person("Ana");
    await ana.open("/");
    await tabTo(ana, "Your name");
    await ana.page.keyboard.type("Ana");
    await ana.page.keyboard.press("Enter");
    await ana.button("Call Ben").waitFor();
    await tabTo(ana, "Call Ben");
    await ana.page.keyboard.press("Enter");
    await ben.button("Accept").waitFor();
    // Whoever writes answers nothing by it.
    await ben.page.keyboard.type("a b");
    await ben.page.keyboard.press("Enter");
    await ben.page.keyboard.press("Escape");
    await ben.page.keyboard.press("Escape");
    await tabTo(ben, "Accept");
    await ben.page.keyboard.press("Enter");
    await Promise.all([ana.seesAndHears("Ben"), ben.seesAndHears("Ana")]);
    await tabTo(ben, "Hang up");
    await ben.page.keyboard.press("Enter");
    await ana.phase("ended");
    await tabTo(ana, "Home");
    await ana.page.keyboard.press("Enter");
    await ana.button("Call Ben").waitFor();
  }));
