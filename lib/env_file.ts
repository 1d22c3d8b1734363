/** A line of it: a name, and a value in quotes or up to a comment. */
const LINE =
  /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\n]*?))[ \t]*(?:(?<=\s|=|["'])#[^\n]*)?$/;

/**
 * Reads the text of a `.env` file as its usual readers do: `NAME=value` lines, `#` comments, values
 * in single quotes as they stand, in double quotes with `\n`, `\"` and `\\`. One line a value; a
 * line that is none of this is passed over. (Node's `parseEnv` is not in the Deno of Deno Deploy.)
 */
export function parseEnvFile(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    const [, name, double, single, bare] = LINE.exec(line) ?? [];
    if (name === undefined) continue;
    found.set(name, double === undefined ? single ?? bare ?? "" : unescaped(double));
  }
  return found;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, letter) => letter === "n" ? "\n" : letter);
}
