/** The build; only `dev.ts` and tests import it, a running server never does. @module */
export { Builder } from "./build/builder.ts";
