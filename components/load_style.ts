import { asset } from "fresh/runtime";

/** How what opens over a call looks: `static/panels.css`. */
export const PANELS_STYLE = asset("/panels.css");
/** How people by name and calls between them look: `static/names.css`. */
export const NAMES_STYLE = asset("/names.css");

/** Styles asked for, by their address: each is loaded once. */
const asked = new Map<string, Promise<void>>();

/**
 * Adds a stylesheet to the page, once.
 *
 * @returns settles when it applies
 * @throws when it does not come; asking again then tries again
 */
export function loadStyle(href: string): Promise<void> {
  const before = asked.get(href);
  if (before) return before;
  const link = document.createElement("link");
  const loading = new Promise<void>((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      asked.delete(href);
      reject(new Error(`${href} did not come`));
    };
  });
  asked.set(href, loading);
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
  return loading;
}
