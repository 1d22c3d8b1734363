/**
 * The build side of Fresh; only `dev.ts` and tests import it, a running server never does.
 *
 * @module
 */
export { Builder } from "./build/builder.ts";
export type { BuildOptions } from "./build/builder.ts";
