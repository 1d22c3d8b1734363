/** What islands and server components share; safe in the browser. @module */
export { asset } from "./client/asset.ts";
export { Head } from "./client/head.ts";

/** True in the browser, false while the server renders. */
export const IS_BROWSER: boolean = typeof document !== "undefined";
