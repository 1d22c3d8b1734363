/** Renders screens as the server does, and looks into them. */
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { extras as allExtras } from "../../components/extras.ts";
import { RoomView } from "../../components/RoomView.tsx";
import { extras } from "../../components/use_extras.ts";
import { Speaking } from "../../components/words.tsx";
import { arrangeTiles } from "../../lib/call/layout.ts";
import { shortcutOf } from "../../lib/call/shortcuts.ts";
import type { Lang } from "../../lib/i18n/catalogue.ts";
import { wordsOf } from "../../lib/i18n/server.ts";
import type { Scene } from "../support/gallery/scenes.ts";

// As in a page in which they have come.
extras.value = allExtras;

export const LINK = "https://tertulia.example/r/room#k=secret";

/** Anything, in a language. */
export function html(node: VNode, lang: Lang = "en"): string {
  return renderToString(<Speaking words={wordsOf(lang)}>{node}</Speaking>);
}

/** A room where a scene stands. */
export function roomHtml({ call, room, talk }: Scene, lang: Lang = "en"): string {
  return html(
    <RoomView
      call={call}
      talk={talk}
      room={{ name: room, isPrivate: room === "private", link: LINK }}
      arrange={arrangeTiles}
      sitters={(names) => names.map((name, colour) => ({ name, colour }))}
      fetchExtras={() => Promise.resolve(allExtras)}
      shortcuts={{ on: true, set: () => {}, of: shortcutOf }}
      onNewCall={() => {}}
    />,
    lang,
  );
}

/** What assistive technology does not hear. */
const HIDDEN = /<(\w+)[^>]* aria-hidden="true"[^>]*>.*?<\/\1>/gs;

/** Names of the buttons in some HTML: by label, else by what they show. */
export function buttonsIn(text: string): string[] {
  return [...text.matchAll(/<button([^>]*)>(.*?)<\/button>/gs)].map(([, attributes, inside]) =>
    /aria-label="([^"]+)"/.exec(attributes)?.[1] ??
      inside.replace(HIDDEN, "").replace(/<[^>]+>/g, "").trim()
  );
}

/** Every element of HTML with this attribute, as its opening tag. */
export function tagsWith(text: string, attribute: string): string[] {
  return [...text.matchAll(/<[a-z][^>]*>/g)].map(([tag]) => tag)
    .filter((tag) => new RegExp(`\\s${attribute}(?=[=\\s>])`).test(tag));
}
