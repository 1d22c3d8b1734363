/** All languages at once: for the server only, which sends a page the one it is read in. */
import english from "../../static/locales/en.json" with { type: "json" };
import spanish from "../../static/locales/es.json" with { type: "json" };
import type { Catalogue, Lang, Words } from "./catalogue.ts";
import { chooseLanguage } from "./choose.ts";

const CATALOGUES: Readonly<Record<Lang, Catalogue>> = { en: english, es: spanish };

/** The words for whoever sent a request with these headers. */
export function wordsFor(headers: Headers): Words {
  return wordsOf(chooseLanguage(headers));
}

/** The words of a language. */
export function wordsOf(lang: Lang): Words {
  return { lang, catalogue: CATALOGUES[lang] };
}
