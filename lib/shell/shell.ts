/** What of the app a browser may keep: the files of this build, and the page shown without network. */

/** The files, and what tells one build's from another's. */
export interface Shell {
  /** A hash of all of them. */
  readonly version: string;
  /** Their addresses: path, and the build's mark where the page asks for it with one. */
  readonly files: readonly string[];
}

/** Answers as the app does to this server itself. */
export type Ask = (path: string) => Promise<Response>;

/** Shown where the server is out of reach; of every page the only one that is kept. */
export const OFFLINE_PATH = "/offline";
/** What names all that is ever loaded; the second is not kept. */
const PAGES = [OFFLINE_PATH, "/"];
/** Asked for by scripts, by names put together there. */
const BY_NAME = ["/icons.svg", "/locales/en.json", "/locales/es.json"];
/** Styles that scripts add, with the mark the page's own has. */
const LATER_STYLES = ["/panels.css", "/names.css"];

const IN_PAGE = /["'](\/[\w./-]+\.(?:js|css|svg)(?:\?[\w=-]+)?)["']/g;
/** A bundle names those beside it, whether it loads them at once or later. */
const IN_BUNDLE = /["'`]\.\/([\w.-]+\.js)["'`]/g;

/**
 * Finds the files by following what the pages name, and what those bundles name, to the end.
 *
 * @throws when one of them does not answer
 */
export async function readShell(ask: Ask): Promise<Shell> {
  const marks = new Map<string, string>();
  const read = async (path: string): Promise<string> => {
    const response = await ask(path);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answers ${response.status}`);
    marks.set(path, response.headers.get("etag") ?? "");
    return text;
  };

  const found = new Set(BY_NAME);
  for (const page of PAGES) {
    for (const [, path] of (await read(page)).matchAll(IN_PAGE)) found.add(path);
  }
  const mark = [...found].find((path) => path.startsWith("/app.css"))?.slice("/app.css".length);
  for (const style of LATER_STYLES) found.add(style + (mark ?? ""));
  for (const path of found) { // those added on the way are visited too
    const text = await read(path);
    if (!path.endsWith(".js")) continue;
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    for (const [, name] of text.matchAll(IN_BUNDLE)) found.add(folder + name);
  }
  const files = [OFFLINE_PATH, ...[...found].toSorted()];
  return { version: await hashOf(files.map((path) => `${path} ${marks.get(path)}`)), files };
}

/** SHA-256, cut to 64 bits, in hexadecimal. */
async function hashOf(lines: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(lines.join("\n"));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes), 0, 8);
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
