import { resolve } from "node:path";
import { SETTING_NAMES } from "../lib/settings.ts";

/** Variables that libraries read: Preact's own habit. */
const LIBRARY_VARIABLES = ["NODE_ENV"];

/**
 * What the server step may do, as arguments of `deno run`: use the network, read its settings by
 * name, read the checkout, write the data folder. It asks for nothing more; it is refused.
 *
 * @param root the checkout
 * @param dataDir the setting DATA_DIR
 */
export function serverPermissions(root: string, dataDir: string): string[] {
  const data = resolve(root, dataDir);
  return [
    "--no-prompt",
    "--allow-net",
    `--allow-env=${[...SETTING_NAMES, ...LIBRARY_VARIABLES].join(",")}`,
    `--allow-read=${resolve(root)},${data}`,
    `--allow-write=${data}`,
  ];
}
