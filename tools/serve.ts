/**
 * The server step of `deno task start`, run with few permissions: serves the build in `_fresh/`
 * until a signal, then drains. Exit codes: 0 after a drain, 1 where it could not start.
 */
import { banner } from "../lib/banner.ts";
import { ConfigError, readConfig } from "../lib/config.ts";
import { type BuiltServer, ListenError, serve } from "../lib/serve.ts";
import { openServices } from "../lib/services.ts";
import { STOP_SIGNALS } from "../lib/signals.ts";

async function main(): Promise<void> {
  const services = await openServices(readConfig());
  const { config, log } = services;
  // No input may end the process: what slips through is written down, and its sender's trouble.
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    log.error("a promise was left to fail", { why: String(event.reason) });
  });
  const built: { default: BuiltServer } = await import(
    new URL("../_fresh/server.js", import.meta.url).href
  );
  const server = serve(built.default, services);
  console.log(banner(config, server.port));
  log.info("open", { port: server.port });

  const signal = await new Promise<Deno.Signal>((received) => {
    for (const name of STOP_SIGNALS) Deno.addSignalListener(name, () => received(name));
  });
  log.info("draining", { signal });
  await server.stop();
  log.info("ended");
  Deno.exit(0); // a socket that was cut off may still hold the event loop
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof ListenError)) throw error;
  console.error(error.message);
  Deno.exit(1);
}
