import { lookup } from "mrmime";
import { ASSET_QUERY } from "../client/asset.ts";
import { workOf } from "./context.ts";
import { decoded } from "./router.ts";
import type { Middleware } from "./types.ts";

/** Where the bundles are served; their names hold their hash, so they never change. */
export const BUNDLE_PATH = "/_fresh/js/";

/**
 * Serves what the build found in `static/` and what it made of `islands/`.
 *
 * Bundles, and files asked for by the address `asset()` gives, may be cached for good; the rest is
 * revalidated by its ETag. A file answers GET and HEAD, and 405 to other methods. Only files known
 * to the build are ever looked for, so no path leads out of it.
 */
export function staticFiles<State>(): Middleware<State> {
  return async (ctx) => {
    const { cache } = workOf(ctx);
    const pathname = decoded(ctx.url.pathname, decodeURIComponent);
    const hash = cache.hashes.get(pathname);
    if (hash === undefined) return await ctx.next();
    if (ctx.req.method !== "GET" && ctx.req.method !== "HEAD") {
      return ctx.text("Method Not Allowed", { status: 405, headers: { allow: "GET, HEAD" } });
    }
    const isLasting = pathname.startsWith(BUNDLE_PATH) ||
      ctx.url.searchParams.get(ASSET_QUERY) === cache.id;
    const headers = new Headers({
      "cache-control": isLasting ? "public, max-age=31536000, immutable" : "no-cache",
      "content-type": contentType(pathname),
      etag: `"${hash}"`,
    });
    if (isKnown(ctx.req.headers.get("if-none-match") ?? "", hash)) {
      return new Response(null, { status: 304, headers });
    }
    const body = await cache.read(pathname);
    headers.set("content-length", String(body.byteLength));
    return new Response(body, { headers });
  };
}

function contentType(pathname: string): string {
  const type = lookup(pathname) ?? "application/octet-stream";
  return /^text\/|[/+](json|xml)$/.test(type) ? `${type}; charset=utf-8` : type;
}

/** Compares an `If-None-Match` header weakly, as RFC 9110 section 13.1.2 asks. */
function isKnown(header: string, hash: string): boolean {
  const tags = header.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(`"${hash}"`);
}
