import { type ComponentChildren, createContext, toChildArray } from "preact";
import { useContext, useEffect } from "preact/hooks";

/** Where the server's render takes what `Head` holds; null in the browser. */
export const HeadCollector = createContext<((children: ComponentChildren) => void) | null>(null);

/**
 * Puts its children into the document's `<head>`, where the last of a kind wins (see `mergeHead`).
 * In the browser only a title follows, once, when an island brings one in.
 */
export function Head({ children }: { children?: ComponentChildren }): null {
  useContext(HeadCollector)?.(children);
  useEffect(() => {
    for (const child of toChildArray(children)) {
      const isTitle = typeof child === "object" && child.type === "title";
      if (isTitle) document.title = toChildArray(child.props.children).join("");
    }
  }, []);
  return null;
}
