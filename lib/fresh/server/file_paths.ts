/**
 * Gives the URLPattern path of a route file.
 *
 * `[name]` is one segment, `[[name]]` one that may be missing, `[...name]` the rest; `(group)`
 * folders and a last `index` add nothing.
 *
 * @param stem the file's path under `routes/`, without its extension
 */
export function pathOf(stem: string): string {
  const parts = stem.split("/").filter((part) =>
    part !== "" && !/^\(.*\)$/.test(part)
  );
  if (parts.at(-1) === "index") parts.pop();
  return parts.map(patternOf).join("") || "/";
}

function patternOf(part: string): string {
  const rest = /^\[\.\.\.(\w+)\]$/.exec(part);
  if (rest) return `/:${rest[1]}*`;
  const optional = /^\[\[(\w+)\]\]$/.exec(part);
  if (optional) return `{/:${optional[1]}}?`;
  return `/${part.replace(/\[(\w+)\]/g, ":$1")}`;
}

/** Orders route files so that the more exact path is tried first. */
export function compareFiles(a: { path: string }, b: { path: string }): number {
  const left = weights(a.path);
  const right = weights(b.path);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? -1) - (right[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return a.path < b.path ? -1 : 1;
}

/** One weight a segment: literal 0, with a parameter 1, optional 2, the rest 3. */
function weights(path: string): number[] {
  return path.split("/").filter((part) => !/^\(.*\)$/.test(part)).map(
    (part) => {
      if (part.startsWith("[...")) return 3;
      if (part.startsWith("[[")) return 2;
      return part.includes("[") ? 1 : 0;
    },
  );
}
