import type { Middleware } from "./types.ts";

/** A middleware and the paths it is for; null is every path. */
export interface Scoped {
  scope: URLPattern | null;
  run: Middleware;
}

/** A path, the methods it answers (null is any), and what runs for it in turn. */
export interface Route {
  path: string;
  method: string | null;
  chain: Scoped[];
}

/** What a request's path leads to. */
export interface Match {
  route: Route;
  params: Record<string, string>;
}

/** Makes the scope of middlewares registered at a path: the path and all under it. */
export function scopeOf(path: string): URLPattern | null {
  const prefix = path.replace(/\/?\*?$/, "");
  return prefix === "" ? null : new URLPattern({ pathname: `${prefix}{/*}?` });
}

/** Finds routes by path and method: literal paths first, then patterns as they were registered. */
export class Router {
  readonly #literal = new Map<string, Route[]>();
  readonly #patterns: [URLPattern, Route][] = [];

  add(route: Route): void {
    if (/[:*{}()?+\\]/.test(route.path)) {
      this.#patterns.push([new URLPattern({ pathname: route.path }), route]);
      return;
    }
    const path = new URL(route.path, "http://localhost").pathname;
    this.#literal.set(path, [...this.#literal.get(path) ?? [], route]);
  }

  /**
   * @returns the route; `"method"` where the path has routes but none for the method; else null.
   *   HEAD falls back to GET.
   */
  match(method: string, url: URL): Match | "method" | null {
    const found = this.#literal.get(url.pathname)?.map((route) => ({
      route,
      params: {},
    })) ??
      this.#matchPatterns(url);
    if (found.length === 0) return null;
    const answers = (wanted: string) =>
      found.find(({ route }) =>
        route.method === null || route.method === wanted
      );
    return answers(method) ??
      (method === "HEAD" ? answers("GET") : undefined) ?? "method";
  }

  #matchPatterns(url: URL): Match[] {
    const found: Match[] = [];
    for (const [pattern, route] of this.#patterns) {
      const groups = pattern.exec({ pathname: url.pathname })?.pathname.groups;
      if (groups) found.push({ route, params: decodeParams(groups) });
    }
    return found;
  }
}

/** Decodes as `decodeURI` does, so `%2F`, `%23` and `%3F` stay; what is malformed stays too. */
function decodeParams(
  groups: Record<string, string | undefined>,
): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(groups)) {
    if (value === undefined) continue;
    try {
      params[name] = decodeURI(value);
    } catch {
      params[name] = value;
    }
  }
  return params;
}
