import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Extras } from "./extras.ts";
import { loadStyle, PANELS_STYLE } from "./load_style.ts";

/** Fetches them; asked again it must not fetch again, as `import()` does not. */
export type FetchExtras = () => Promise<Extras>;

/** The extras, once they have come. */
export const extras = signal<Extras | null>(null);

/** After so long whoever needs them asks again. */
const AGAIN_MS = 3000;

/**
 * Has the extras come, and their style.
 *
 * @throws when they do not come; asking again then tries again
 */
export async function bringExtras(fetch: FetchExtras): Promise<Extras> {
  const [come] = await Promise.all([fetch(), loadStyle(PANELS_STYLE)]);
  return extras.value = come;
}

/**
 * The extras, asked for as long as they are needed and not here.
 *
 * @returns them, or null; and whether asking has failed
 */
export function useExtras(fetch: FetchExtras, needed: boolean): [Extras | null, boolean] {
  const come = extras.value;
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    if (!needed || come) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wanted = true;
    const ask = () =>
      void bringExtras(fetch).catch(() => {
        if (!wanted) return;
        setFailed(true);
        timer = setTimeout(ask, AGAIN_MS);
      });
    ask();
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [needed, come]);

  return [come, failed];
}
