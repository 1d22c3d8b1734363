/** Names and calls by name as pages use them; comes lazily, see `own_name_memory.ts`. */
import { Names, type NamesOptions } from "./names.ts";
import type { NamesModel } from "./names_model.ts";

/** Holds this browser's name on the page's link, if there is one, and takes calls. */
export function createNames(options: NamesOptions): NamesModel {
  return new Names(options);
}

export { browserNamesEnv } from "./env/names_env.ts";
export type { NamesOptions } from "./names.ts";
export type * from "./names_model.ts";
