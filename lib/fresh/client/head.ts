import { type ComponentChildren, createContext, toChildArray } from "preact";
import { useContext, useEffect } from "preact/hooks";

/** Where the server's render hands in what `Head` holds; null in the browser. */
export const HeadCollector = createContext<
  ((children: ComponentChildren) => void) | null
>(null);

/**
 * Puts its children into the document's `<head>`.
 *
 * On the server they are merged with what `<head>` has (the last of a kind wins, by `<title>`,
 * `key`, `id`, or a `<meta>`'s `name`). In the browser, where an island may bring it in later, only
 * the title follows, once, when the component is mounted.
 */
export function Head({ children }: { children?: ComponentChildren }): null {
  const collect = useContext(HeadCollector);
  collect?.(children);
  useEffect(() => {
    for (const child of toChildArray(children)) {
      if (typeof child !== "object" || child.type !== "title") continue;
      document.title = toChildArray(child.props.children).join("");
    }
  }, []);
  return null;
}
