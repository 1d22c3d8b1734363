/** Every screen by axe-core, in both languages, on a desktop and at 320 px, dialogs open. */
import assert from "node:assert/strict";
import { type Lang, LANGUAGES } from "../../lib/i18n/catalogue.ts";
import { wordsOf } from "../../lib/i18n/server.ts";
import { type Translator, translator } from "../../lib/i18n/translate.ts";
import { check } from "./support/check_screen.ts";
import type { Person } from "./support/person.ts";
import { withWorld } from "./support/world.ts";

const VIEWPORTS = { "320 px": { width: 320, height: 640 }, desktop: { width: 1280, height: 800 } };

async function openTool(person: Person, { t }: Translator, name: string): Promise<void> {
  const tool = person.button(name);
  if (!await tool.isVisible()) await person.button(t("tool.more")).click();
  await tool.filter({ visible: true }).first().click();
  await person.page.getByRole("dialog").waitFor();
}

async function closeDialog({ page }: Person): Promise<void> {
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

async function join(person: Person, { t }: Translator): Promise<void> {
  await person.page.getByRole("textbox", { name: t("lobby.yourName") }).fill(person.name);
  await person.button(t("lobby.join")).click();
}

for (const lang of Object.keys(LANGUAGES) as Lang[]) {
  for (const [size, viewport] of Object.entries(VIEWPORTS)) {
    Deno.test(`[UI15] axe finds nothing on any screen: ${lang}, ${size}`, () =>
      withWorld(async (world) => {
        const words = translator(wordsOf(lang));
        const { t } = words;
        const look = { viewport, locale: lang };
        const [ana, ben, carla, dora] = [
          await world.person("Ana", look),
          await world.person("Ben", look),
          await world.person("Carla", look),
          await world.person("Dora", look),
        ];
        await ana.open("/");
        await check(ana, "home");
        await ana.page.getByRole("textbox", { name: t("home.roomName") }).fill("..");
        await ana.button(t("home.join")).click();
        await check(ana, "home, room name refused");
        await ana.page.getByRole("switch", { name: t("home.justTwo") }).click();
        await ana.button(t("home.newCall")).click();
        await ana.phase("lobby");
        await check(ana, "lobby");
        await join(ana, words);
        await ana.phase("waiting");
        await check(ana, "alone");
        await openTool(ana, words, t("tool.invite"));
        await check(ana, "invite");
        await closeDialog(ana);
        await openTool(ana, words, t("tool.settings"));
        await check(ana, "settings");
        await closeDialog(ana);
        await ben.open(ana.page.url());
        await join(ben, words);
        await Promise.all([ana.seesAndHears("Ben"), ben.seesAndHears("Ana")]);
        await ben.button(t("tool.mute")).click();
        await ben.button(t("tool.stopCamera")).click();
        await ana.tile("Ben").locator("[data-camera=off]").waitFor({ state: "attached" });
        await check(ana, "call, the other muted and without camera");
        await check(ben, "call, oneself muted and without camera");
        await carla.open(ana.page.url());
        await join(carla, words);
        await carla.phase("full");
        await check(carla, "full");
        const copy = await world.duplicate(ben);
        await copy.button(t("elsewhere.use")).waitFor();
        await check(copy, "open in another tab");
        await copy.button(t("elsewhere.use")).click();
        await ben.phase("replaced");
        await check(ben, "replaced");
        await ana.button(t("tool.leave")).click();
        await ana.phase("ended");
        await check(ana, "ended");
        await dora.open("/r/denied");
        await dora.button(t("lobby.showCamera")).click();
        await dora.phase("denied");
        await check(dora, "denied");
        await dora.open("/r/..%2e");
        await check(dora, "no such room");
        await dora.open("/nothing-here");
        await check(dora, "not found");
        assert.equal(dora.complaints.splice(0).length, 2, "the browser reports both pages' 404");
        await dora.page.addInitScript(() => {
          // deno-lint-ignore no-explicit-any
          delete (globalThis as any).RTCPeerConnection;
        });
        await dora.open("/r/unsupported");
        await dora.page.getByText(t("failed.unsupported")).waitFor();
        await check(dora, "not supported");
      }, { deny: ["Dora"] }));

    Deno.test(`[UI15] axe finds nothing with three at the table: ${lang}, ${size}`, () =>
      withWorld(async (world) => {
        const words = translator(wordsOf(lang));
        const { t } = words;
        const people = [];
        for (const name of ["Ana", "Ben", "Carla"]) {
          const person = await world.person(name, { viewport, locale: lang });
          await person.open("/r/three");
          await join(person, words);
          await person.phase("waiting", "live");
          people.push(person);
        }
        const [, , carla] = people;
        for (const name of ["Ana", "Ben"]) await carla.tileAdvances(name);
        await check(carla, "three tiles");
        for (
          const tool of [t("tool.invite"), t("tool.settings"), t("tool.chat"), t("tool.people")]
        ) {
          await openTool(carla, words, tool);
          await check(carla, `three tiles, ${tool}`);
          await closeDialog(carla);
        }
        await carla.page.keyboard.press("?");
        await carla.page.getByRole("dialog").waitFor();
        await check(carla, "three tiles, keys");
      }, { framesPerSecond: 8 }));
  }
}
