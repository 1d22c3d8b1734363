import assert from "node:assert/strict";
import { chooseLanguage, languageCookie } from "../../lib/i18n/choose.ts";

const CASES: readonly (readonly [cookie: string | null, accept: string | null, lang: string])[] = [
  [null, null, "en"],
  [null, "es", "es"],
  [null, "es-MX,es;q=0.9,en;q=0.8", "es"],
  [null, "ES-ar", "es"],
  [null, "de, fr;q=0.9, es;q=0.5, en;q=0.4", "es"],
  [null, "en;q=0.3, es;q=0.7", "es"],
  [null, "es;q=0, en", "en"],
  [null, "*", "en"],
  [null, "de-DE", "en"],
  [null, "constructor, __proto__;q=0.9", "en"],
  [null, ";q=;;,,q", "en"],
  ["lang=es", "en", "es"],
  ["theme=dark; lang=es; x=1", null, "es"],
  ["lang=en", "es", "en"],
  ["lang=tlh", "es", "es"],
  ["xlang=es", "en", "en"],
];

for (const [cookie, accept, lang] of CASES) {
  Deno.test(`[UI2] cookie ${cookie} and Accept-Language ${accept} read ${lang}`, () => {
    const headers = new Headers();
    if (cookie !== null) headers.set("cookie", cookie);
    if (accept !== null) headers.set("accept-language", accept);
    assert.equal(chooseLanguage(headers), lang);
  });
}

Deno.test("[UI2] a choice is remembered by the cookie that is looked at first", () => {
  const cookie = languageCookie("es").split(";")[0];
  assert.equal(chooseLanguage(new Headers({ cookie, "accept-language": "en" })), "es");
});
