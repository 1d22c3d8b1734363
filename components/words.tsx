/** The page's language for everything below: a context, so that no component passes words on. */
import { type ComponentChildren, createContext, Fragment, type VNode } from "preact";
import { useContext, useMemo, useState } from "preact/hooks";
import type { Catalogue, Key, Lang, Words } from "../lib/i18n/catalogue.ts";
import { languageCookie } from "../lib/i18n/choose.ts";
import { type Translator, translator } from "../lib/i18n/translate.ts";

interface Speech extends Translator {
  /** What is spoken, to be passed to another document's part. */
  readonly words: Words;
  /**
   * Changes the language of what is shown, and remembers it; the call goes on. Null on a page
   * without scripts, where nothing can be changed.
   */
  readonly speak: ((lang: Lang) => Promise<void>) | null;
}

const Context = createContext<Speech | null>(null);

/** Gives a language to all below it; `words` is the one the server chose. */
export function Speaking(
  { words, still = false, children }: {
    words: Words;
    /** The page has no scripts. */
    still?: boolean;
    children: ComponentChildren;
  },
) {
  const [current, setCurrent] = useState(words);
  const speech = useMemo(
    () => ({ ...translator(current), words: current, speak: still ? null : speak }),
    [current],
  );

  async function speak(lang: Lang) {
    const answer = await fetch(`/locales/${lang}.json`);
    if (!answer.ok) return;
    const catalogue: Catalogue = await answer.json();
    document.cookie = languageCookie(lang);
    document.documentElement.lang = lang;
    setCurrent({ lang, catalogue });
  }

  return <Context.Provider value={speech}>{children}</Context.Provider>;
}

/** The language of the page: `t` and its company. */
export function useWords(): Speech {
  const speech = useContext(Context);
  if (speech === null) throw new Error("rendered outside <Speaking>");
  return speech;
}

/** A message whose slots hold more than text. */
export function Said(
  { message, count, slots }: {
    message: Key;
    count?: number;
    slots: Readonly<Record<string, ComponentChildren>>;
  },
): VNode {
  const { pieces } = useWords();
  return (
    <>
      {pieces(message, count).map((piece, i) => (
        <Fragment key={i}>{"text" in piece ? piece.text : slots[piece.slot]}</Fragment>
      ))}
    </>
  );
}
