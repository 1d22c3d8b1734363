/**
 * `deno task start`: builds if needed, with every permission, then runs the server with few. Ends
 * as the server ends, with its exit code.
 */
import { ConfigError, readConfig } from "../lib/config.ts";
import { readPair, TlsError } from "../lib/tls/pair.ts";
import { buildIfNeeded } from "./build.ts";
import { ROOT, runServer } from "./run_server.ts";

try {
  const config = readConfig(); // a wrong setting is told before a build is waited for
  if (config.tls) readPair(config.tls, Date.now());
  await buildIfNeeded(ROOT);
  Deno.exit(await runServer(config));
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof TlsError)) throw error;
  console.error(error.message);
  Deno.exit(1);
}
