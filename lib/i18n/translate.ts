/** From a key and its values to a text: slots, plural forms, lists. */
import type { Key, Lang, Words } from "./catalogue.ts";

/** What stands in a slot. A plural form is chosen by the value named `count`. */
export type Values = Readonly<Record<string, string | number>>;

/** A text between slots, or the name of a slot. */
export type Piece = { readonly text: string } | { readonly slot: string };

export interface Translator {
  readonly lang: Lang;
  /** The text of `key`, its slots filled. */
  t(key: Key, values?: Values): string;
  /** The text of `key` cut at its slots, for values that are more than text. */
  pieces(key: Key, count?: number): Piece[];
  /** "Ben, Carla and Dario", as the language says it. */
  list(items: readonly string[]): string;
}

/** Whose way of joining lists we follow: British English has no comma before "and". */
const LIST_STYLE: Readonly<Record<Lang, string>> = { en: "en-GB", es: "es" };

/** Speaks one language. A slot without a value stays as it is written, so that it is noticed. */
export function translator({ lang, catalogue }: Words): Translator {
  const plurals = new Intl.PluralRules(lang);
  const lists = new Intl.ListFormat(LIST_STYLE[lang], { type: "conjunction" });

  const template = (key: Key, count: unknown): string => {
    const message = catalogue[key];
    if (typeof message === "string") return message;
    return message[plurals.select(Number(count))] ?? message.other ?? key;
  };
  const pieces = (key: Key, count?: unknown): Piece[] =>
    template(key, count).split(/(\{\w+\})/).filter((part) => part !== "").map((part) =>
      /^\{\w+\}$/.test(part) ? { slot: part.slice(1, -1) } : { text: part }
    );

  return {
    lang,
    t: (key, values = {}) =>
      pieces(key, values.count)
        .map((piece) => "text" in piece ? piece.text : values[piece.slot] ?? `{${piece.slot}}`)
        .join(""),
    pieces,
    list: (items) => lists.format(items),
  };
}
