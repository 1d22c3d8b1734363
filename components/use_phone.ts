import { useEffect, useRef, useState } from "preact/hooks";
import type { SignalingLink } from "../lib/call/link.ts";
import type { PhoneModel } from "../lib/call/phone.ts";
import type { CallingViews } from "./calling.ts";
import { loadStyle, NAMES_STYLE, PANELS_STYLE } from "./load_style.ts";
import { useWords } from "./words.tsx";

/** Texts of titles and notifications, by who calls. */
type Texts = Readonly<Record<"title" | "notification", (name: string) => string>>;

/** What comes once somebody has or takes a name. */
export interface CallingLater {
  /** @param link the page's; without it a new one, ended with the phone */
  open(texts: Texts, link?: SignalingLink): PhoneModel;
  readonly views: CallingViews;
  /** A name's colour, 0 to 7. */
  colourOf(name: string): number;
}
export type FetchCalling = () => Promise<CallingLater>;

/** One's name and calls by name, and how they are shown. */
export interface Calling extends Pick<CallingLater, "views" | "colourOf"> {
  readonly phone: PhoneModel;
}

/**
 * The page's phone: there once it was brought, or soon if `wanted`; put down with the component.
 *
 * @returns it, or null; and what brings it, which throws where it cannot be had
 */
export function usePhone(
  fetch: FetchCalling,
  wanted: boolean,
  link?: SignalingLink,
): [Calling | null, () => Promise<Calling>] {
  const { t } = useWords();
  const latest = useRef(t);
  latest.current = t;
  const [calling, setCalling] = useState<Calling | null>(null);
  const bringing = useRef<Promise<Calling> | null>(null);
  const end = useRef(() => {});

  async function open(): Promise<Calling> {
    let over = false;
    end.current = () => over = true;
    const styles = [loadStyle(NAMES_STYLE), loadStyle(PANELS_STYLE)];
    const [later] = await Promise.all([fetch(), ...styles]);
    if (over) throw new Error("the page has gone on");
    const phone = later.open({
      title: (name) => latest.current("ring.title", { name }),
      notification: (name) => latest.current("ring.title", { name }),
    }, link);
    end.current = () => {
      phone.dispose();
      if (!link) phone.link.dispose();
    };
    const made = { phone, views: later.views, colourOf: later.colourOf };
    setCalling(made);
    return made;
  }

  const bring = () =>
    bringing.current ??= open().catch((error) => {
      bringing.current = null;
      throw error;
    });

  useEffect(() => {
    if (!wanted) return;
    const soon = globalThis.requestIdleCallback ?? setTimeout;
    soon(() => void bring().catch(() => {})); // asked for again when it is needed
  }, [wanted]);
  useEffect(() => () => end.current(), []);

  return [calling, bring];
}
