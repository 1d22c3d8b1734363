/** The server step as a process of its own, with few permissions. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "../lib/config.ts";
import { STOP_SIGNALS } from "../lib/signals.ts";
import { serverPermissions } from "./permissions.ts";

/** The checkout. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs the server until it ends; signals to us are for it.
 *
 * @param env settings beside those of our own environment
 * @returns its exit code
 */
export async function runServer(
  { dataDir, tls }: Pick<Config, "dataDir" | "tls">,
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", ...serverPermissions(ROOT, dataDir, tls), resolve(ROOT, "tools/serve.ts")],
    cwd: ROOT,
    env,
    stdin: "null",
  }).spawn();
  for (const signal of STOP_SIGNALS) {
    Deno.addSignalListener(signal, () => {
      try {
        child.kill(signal);
      } catch {
        // It has ended already: a terminal's Ctrl+C reaches both of us.
      }
    });
  }
  const { code } = await child.status;
  return code;
}
