/** What the generated `_fresh/server.js` needs; not for app code. @module */
export { setBuildCache } from "./server/app.ts";
export { diskBuildCache } from "./server/build_cache.ts";
