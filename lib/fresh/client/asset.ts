/** Set by the bundler in what it builds for the browser; absent on the server. */
declare const __FRESH_BUILD_ID__: string | undefined;

/** The query parameter that makes a static file's address new with each build. */
export const ASSET_QUERY = "__frsh_c";

let buildId = typeof __FRESH_BUILD_ID__ === "string" ? __FRESH_BUILD_ID__ : "";

/** Tells `asset()` on the server which build it speaks for. */
export function setBuildId(id: string): void {
  buildId = id;
}

/**
 * Adds the build's hash to the address of a static file, so that it may be cached for good.
 * Addresses of other sites are left alone, and all are where there is no build (in unit tests).
 */
export function asset(path: string): string {
  if (buildId === "" || !/^\/(?!\/)/.test(path)) return path;
  return `${path}${path.includes("?") ? "&" : "?"}${ASSET_QUERY}=${buildId}`;
}
