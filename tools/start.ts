/**
 * `deno task start`: builds if needed, with every permission, then runs the server with few. Ends
 * as the server ends, with its exit code.
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ConfigError, readConfig } from "../lib/config.ts";
import { STOP_SIGNALS } from "../lib/signals.ts";
import { buildIfNeeded } from "./build.ts";
import { serverPermissions } from "./permissions.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Runs the server until it ends; signals to us are for it. */
async function runServer(dataDir: string): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", ...serverPermissions(ROOT, dataDir), resolve(ROOT, "tools/serve.ts")],
    cwd: ROOT,
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

try {
  const { dataDir } = readConfig(); // a wrong setting is told before a build is waited for
  await buildIfNeeded(ROOT);
  Deno.exit(await runServer(dataDir));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  Deno.exit(1);
}
