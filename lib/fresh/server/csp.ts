import { workOf } from "./context.ts";
import type { Middleware } from "./types.ts";

/** Fresh's own. It upgrades insecure requests, so it suits no plain-http address on a LAN. */
const POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline'; " +
  "style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; " +
  "media-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self'; " +
  "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; " +
  "upgrade-insecure-requests";

/**
 * Sets a `Content-Security-Policy` on what comes back through it.
 *
 * With `useNonce` a rendered page has a new `nonce-…` in the header, and on each of its scripts and
 * styles. A middleware further out may read it there and write a policy of its own.
 */
export function csp<State>({ useNonce = false } = {}): Middleware<State> {
  return async (ctx) => {
    const work = workOf(ctx);
    work.wantsNonce = useNonce;
    const received = await ctx.next();
    if (received.status === 101) return received; // an upgraded socket has no page to guard
    const response = new Response(received.body, received);
    const source = work.nonce === null ? "'unsafe-inline'" : `'nonce-${work.nonce}'`;
    const policy = POLICY.replaceAll("'unsafe-inline'", source);
    response.headers.set("content-security-policy", policy);
    return response;
  };
}
