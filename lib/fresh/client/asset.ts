/** Set by the bundler in what it builds for the browser; absent on the server. */
declare const __FRESH_BUILD_ID__: string | undefined;

/** The query parameter that makes a static file's address new with each build. */
export const ASSET_QUERY = "__frsh_c";

let buildId = typeof __FRESH_BUILD_ID__ === "string" ? __FRESH_BUILD_ID__ : "";

/** Tells `asset()` on the server which build it speaks for; the browser's copy has it built in. */
export function setBuildId(id: string): void {
  buildId = id;
}

/**
 * Adds the build's hash to the address of a static file, so that it may be cached for good.
 *
 * @param path an address on this site, as `/app.css`; addresses of other sites are left alone
 * @returns the address with the hash, or unchanged when there is no build (as in unit tests)
 */
export function asset(path: string): string {
  if (buildId === "" || !path.startsWith("/") || path.startsWith("//")) {
    return path;
  }
  const [rest, fragment] = path.split("#", 2);
  const tagged = `${rest}${
    rest.includes("?") ? "&" : "?"
  }${ASSET_QUERY}=${buildId}`;
  return fragment === undefined ? tagged : `${tagged}#${fragment}`;
}
