/** A screen as axe-core sees it, and whether it speaks its language. */
import { AxeBuilder } from "@axe-core/playwright";
import assert from "node:assert/strict";
import { type Lang } from "../../../lib/i18n/catalogue.ts";
import { wordsOf } from "../../../lib/i18n/server.ts";
import type { Person } from "./person.ts";

type Texts = Readonly<Record<string, unknown>>;

/** The texts of a language's catalogue that stand on a page as they are: those without slots. */
function plainTexts(lang: Lang): Set<string> {
  const messages = Object.values(wordsOf(lang).catalogue) as (string | Texts)[];
  const texts = messages.flatMap((each) => typeof each === "string" ? [each] : Object.values(each));
  return new Set(texts.filter((text) => !String(text).includes("{"))) as Set<string>;
}

/** English that a Spanish page has no business to show. */
const FOREIGN = plainTexts("en").difference(plainTexts("es"));

/** Fails with what axe found on the page as it stands, or what it says in the wrong language. */
export async function check(person: Person, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page: person.page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(" | ")}`);
  assert.deepEqual(found, [], screen);
  const overflow = await person.page.evaluate(() =>
    document.documentElement.scrollWidth - document.documentElement.clientWidth
  );
  assert.equal(overflow, 0, `${screen} scrolls sideways`);
  if (await person.page.locator("html").getAttribute("lang") !== "es") return;
  const said = (await person.page.locator("body").innerText()).split("\n");
  assert.deepEqual(said.filter((line) => FOREIGN.has(line.trim())), [], `${screen} in English`);
}
