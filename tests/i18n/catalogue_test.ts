import assert from "node:assert/strict";
import { type Key, type Lang, LANGUAGES, type Message } from "../../lib/i18n/catalogue.ts";
import { wordsOf } from "../../lib/i18n/server.ts";
import { lacks } from "../support/permissions.ts";
import { sources } from "../support/sources.ts";

const LANGS = Object.keys(LANGUAGES) as Lang[];
const english = wordsOf("en").catalogue;
const KEYS = Object.keys(english) as Key[];
/** The same in both languages, rightly. */
const SAME_WORDS: readonly Key[] = ["device.unnamed", "tool.chat", "notice.wrote"];

const textsOf = (message: Message) =>
  typeof message === "string" ? [message] : Object.values(message);
const slotsOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

for (const lang of LANGS) {
  const { catalogue } = wordsOf(lang);

  Deno.test(`[UI1] ${lang} has exactly the keys of English`, () => {
    assert.deepEqual(Object.keys(catalogue).sort(), KEYS.toSorted());
  });

  Deno.test(`[UI1] ${lang} has every plural form its people use, with the same slots`, () => {
    const categories = new Intl.PluralRules(lang).resolvedOptions().pluralCategories.toSorted();
    for (const key of KEYS) {
      const message: Message = catalogue[key];
      const isPlural = typeof english[key] !== "string";
      assert.equal(typeof message !== "string", isPlural, key);
      if (typeof message !== "string") {
        assert.deepEqual(Object.keys(message).sort(), categories, key);
      }
      const wanted = new Set(textsOf(english[key]).flatMap(slotsOf));
      const got = new Set(textsOf(message).flatMap(slotsOf));
      assert.deepEqual(got, wanted, key);
    }
  });

  Deno.test(`[UI1] ${lang} speaks as LOOK asks: no exclamation, no "oops", no "please"`, () => {
    for (const key of KEYS) {
      for (const text of textsOf(catalogue[key])) {
        assert.doesNotMatch(text, /[!¡]|\boops\b|\bplease\b|por favor/i, key);
        assert.equal(text, text.trim(), key);
      }
    }
  });
}

Deno.test("[UI1] nothing is left in English", () => {
  const { catalogue } = wordsOf("es");
  const same = KEYS.filter((key) =>
    textsOf(catalogue[key]).some((text) => textsOf(english[key]).includes(text))
  );
  assert.deepEqual(same, SAME_WORDS);
});

Deno.test({
  name: "[UI1] every key is used, and every key used exists",
  ignore: lacks("read"),
  fn() {
    const code = sources(["components", "islands", "routes", "lib/call", "lib/i18n"], [
      ".ts",
      ".tsx",
    ]).map(({ text }) => text).join("\n");
    const patterns = [...code.matchAll(/["`]([\w-]+(?:\.(?:[\w-]+|\$\{[^}]+\}))*)["`]/g)]
      .map(([, text]) =>
        new RegExp(`^${text.replaceAll(".", "\\.").replace(/\$\{[^}]+\}/g, ".+")}$`)
      );
    const isUsed = (key: string) => patterns.some((pattern) => pattern.test(key));
    assert.deepEqual(KEYS.filter((key) => !isUsed(key)), []);
    const called = [...code.matchAll(/\b(?:t|pieces)\(\s*"([^"]+)"/g)].map(([, key]) => key);
    assert.deepEqual(called.filter((key) => !KEYS.includes(key as Key)), []);
    assert.ok(called.length > 50, "the search finds what is there");
  },
});
