import type { Middleware } from "./types.ts";

/** A middleware, and the paths it is for (all, without a scope). */
export interface Link {
  run: Middleware;
  scope?: URLPattern;
}

/** A URLPattern path, the method it answers (null is any), and what runs for it in turn. */
export interface Route {
  path: string;
  method: string | null;
  chain: Link[];
}

/** The scope of a path and all under it. */
export function scopeOf(path: string): URLPattern | undefined {
  const prefix = path.replace(/\/?\*?$/, "");
  return prefix === "" ? undefined : new URLPattern({ pathname: `${prefix}{/*}?` });
}

/** Finds routes by path and method: literal paths first, then patterns as they were added. */
export class Router {
  readonly #literal = new Map<string, Route[]>();
  readonly #patterns: [URLPattern, Route][] = [];

  add(route: Route): void {
    if (/[:*{}()?+\\]/.test(route.path)) {
      this.#patterns.push([new URLPattern({ pathname: route.path }), route]);
    } else {
      const path = new URL(route.path, "http://localhost").pathname;
      this.#literal.set(path, [...this.#literal.get(path) ?? [], route]);
    }
  }

  /** The route with its params, or null (HEAD falls back to GET); whether the path has any. */
  match(method: string, url: URL) {
    const literal = this.#literal.get(url.pathname)?.map((route) => ({ route, params: {} }));
    const found = literal ?? this.#patterns.flatMap(([pattern, route]) => {
      const groups = pattern.exec({ pathname: url.pathname })?.pathname.groups;
      // As Fresh does: `%2F`, `%23` and `%3F` stay encoded.
      const params: Record<string, string> = {};
      for (const [name, value] of Object.entries(groups ?? {})) {
        if (value !== undefined) params[name] = decoded(value, decodeURI);
      }
      return groups ? [{ route, params }] : [];
    });
    const answers = (wanted: string) =>
      found.find(({ route }) => route.method === null || route.method === wanted) ?? null;
    const match = answers(method) ?? (method === "HEAD" ? answers("GET") : null);
    return { match, isPath: found.length > 0 };
  }
}

/** Decodes text, but leaves what is malformed as it is. */
export function decoded(text: string, decode: (text: string) => string): string {
  try {
    return decode(text);
  } catch {
    return text;
  }
}
