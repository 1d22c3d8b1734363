/**
 * The words of one language, as `static/locales/<lang>.json` holds them: a message is a text with
 * `{slots}`, or one text for each plural category of the language (CLDR, `Intl.PluralRules`).
 */
import english from "../../static/locales/en.json" with { type: "json" };

/** Every message there is. English sets the keys; a test holds the other languages to them. */
export type Key = keyof typeof english;
export type Message = string | { readonly [Category in Intl.LDMLPluralRule]?: string };
export type Catalogue = { readonly [K in Key]: Message };

/** The languages we speak, each by its own name. */
export const LANGUAGES = { en: "English", es: "Español" } as const;
export type Lang = keyof typeof LANGUAGES;

/** One language and its messages: what a page is given, as plain JSON. */
export interface Words {
  readonly lang: Lang;
  readonly catalogue: Catalogue;
}

/** Narrows a text to a language of ours. */
export function isLang(text: string): text is Lang {
  return Object.hasOwn(LANGUAGES, text);
}
