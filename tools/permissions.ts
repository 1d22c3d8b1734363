import { resolve } from "node:path";
import type { TlsSettings } from "../lib/config.ts";
import { SETTING_NAMES } from "../lib/settings.ts";
import { LAN_FOLDER } from "../lib/tls/lan.ts";
import { LAN_FILES } from "../lib/tls/keep.ts";

/** Variables that libraries read: Preact's own habit. */
const LIBRARY_VARIABLES = ["NODE_ENV"];

/**
 * What the server step may do, as arguments of `deno run`: use the network, read its settings by
 * name, read the checkout and its certificate, write the data folder. The key that signs
 * certificates is kept from it. It asks for nothing more; it is refused.
 *
 * @param root the checkout
 * @param dataDir the setting DATA_DIR
 * @param tls where the certificate is
 */
export function serverPermissions(
  root: string,
  dataDir: string,
  tls: TlsSettings | null = null,
): string[] {
  const data = resolve(root, dataDir);
  const files = [tls?.cert, tls?.key, tls?.authority].filter((path) => path != null);
  const readable = [resolve(root), data, ...files.map((path) => resolve(root, path))];
  const signingKey = resolve(data, LAN_FOLDER, LAN_FILES.authorityKey);
  return [
    "--no-prompt",
    "--allow-net",
    `--allow-env=${[...SETTING_NAMES, ...LIBRARY_VARIABLES].join(",")}`,
    `--allow-read=${readable.join(",")}`,
    `--allow-write=${data}`,
    `--deny-read=${signingKey}`,
    `--deny-write=${signingKey}`,
  ];
}
