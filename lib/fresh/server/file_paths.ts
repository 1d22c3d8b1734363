/**
 * Gives the URLPattern path of a route file: `[name]` is one segment, `[[name]]` one that may be
 * missing, `[...name]` the rest; `(group)` folders and a last `index` add nothing.
 *
 * @param stem the file's path under `routes/`, without its extension
 */
export function pathOf(stem: string): string {
  const parts = segments(stem);
  if (parts.at(-1) === "index") parts.pop();
  return parts.map((part) => {
    const [, optional] = /^\[\[(\w+)\]\]$/.exec(part) ?? [];
    if (optional) return `{/:${optional}}?`;
    return `/${part.replace(/\[\.\.\.(\w+)\]/, ":$1*").replace(/\[(\w+)\]/g, ":$1")}`;
  }).join("") || "/";
}

/** Orders route files so that the more exact path is tried first. */
export function compareStems(a: string, b: string): number {
  const [left, right] = [segments(a), segments(b)].map((parts) => parts.map(vagueness));
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? -1) - (right[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : 1;
}

function segments(stem: string): string[] {
  return stem.split("/").filter((part) => !/^\(.*\)$/.test(part));
}

function vagueness(segment: string): number {
  return ["[", "[[", "[..."].findLastIndex((mark) => segment.includes(mark)) + 1;
}
