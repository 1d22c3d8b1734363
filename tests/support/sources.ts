/** The project's own files, for tests that read code as text. Needs permission to read. */

/** A file of the project. */
export interface Source {
  /** Relative to the checkout, with `/`. */
  readonly path: string;
  readonly text: string;
}

const ROOT = new URL("../../", import.meta.url);
const SKIPPED = new Set(["_fresh", "node_modules", "data", "coverage", ".git"]);

/**
 * Reads every file under some folders of the checkout.
 *
 * @param folders relative to the checkout; `""` is all of it
 * @param extensions as `[".ts", ".tsx"]`
 */
export function sources(folders: readonly string[], extensions: readonly string[]): Source[] {
  return folders.flatMap((folder) => [...filesUnder(folder)])
    .filter((path) => extensions.some((extension) => path.endsWith(extension)))
    .toSorted()
    .map((path) => ({ path, text: Deno.readTextFileSync(new URL(path, ROOT)) }));
}

function* filesUnder(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(new URL(`./${folder}`, ROOT))) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory && !SKIPPED.has(entry.name)) yield* filesUnder(path);
    if (entry.isFile) yield path;
  }
}

/** An import of a file. */
export interface Import {
  /** Relative to the checkout for our own files, else as written. */
  readonly target: string;
  /** Only types are imported: nothing is left of it at run time. */
  readonly typeOnly: boolean;
}

/** All that a file imports or re-exports, by statement or by `import("…")` of a literal. */
export function importsOf({ path, text }: Source): Import[] {
  const found: Import[] = [];
  const code = withoutComments(text);
  const statement =
    /\b(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\sfrom\s+)?["']([^"'\n]+)["']/g;
  for (const [, type, target] of code.matchAll(statement)) {
    found.push({ target: resolved(path, target), typeOnly: type !== undefined });
  }
  for (const [, target] of code.matchAll(/\bimport\(\s*["']([^"'\n]+)["']/g)) {
    found.push({ target: resolved(path, target), typeOnly: false });
  }
  return found;
}

function resolved(from: string, target: string): string {
  if (!target.startsWith(".")) return target;
  return new URL(target, `file:///${from}`).pathname.slice(1);
}

/** Code without comments; strings stay, as an import's target is one. */
export function withoutComments(text: string): string {
  const part =
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*/g;
  return text.replace(part, (_, string) => string ?? "");
}

/** Code without comments and without what stands in strings. */
export function bareCode(text: string): string {
  return withoutComments(text).replace(
    /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.)*`/g,
    '""',
  );
}
