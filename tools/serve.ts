/**
 * The server step of `deno task start` and `deno task lan`, run with few permissions: serves the
 * build in `_fresh/` until a signal, then drains. Exit codes: 0 after a drain, 1 where it could not
 * start.
 */
import { banner } from "../lib/banner.ts";
import { type Config, ConfigError, readConfig } from "../lib/config.ts";
import { type BuiltServer, ListenError, serve, type Standing } from "../lib/serve.ts";
import { openServices } from "../lib/services.ts";
import { STOP_SIGNALS } from "../lib/signals.ts";
import { fingerprintOf, TlsError } from "../lib/tls/pair.ts";

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
  const tell = async (standing: Standing) => console.log(await welcome(config, standing));
  const server = serve(built.default, services, { onRenewed: tell });
  await tell(server.standing());
  log.info("open", { port: server.port });

  const signal = await new Promise<Deno.Signal>((received) => {
    for (const name of STOP_SIGNALS) Deno.addSignalListener(name, () => received(name));
  });
  log.info("draining", { signal });
  await server.stop();
  log.info("ended");
  Deno.exit(0); // a socket that was cut off may still hold the event loop
}

/** Where a plain port leads people to https, phones are meant: its words and codes are loaded. */
async function welcome(config: Config, standing: Standing): Promise<string> {
  if (standing.httpPort === null) return banner(config, standing);
  const { lanBanner } = await import("../lib/tls/lan_banner.ts");
  const authority = config.tls?.authority;
  const fingerprint = authority ? fingerprintOf(await Deno.readTextFile(authority)) : null;
  const colour = Deno.stdout.isTerminal() && !Deno.noColor;
  return lanBanner(config, standing, fingerprint, colour);
}

try {
  await main();
} catch (error) {
  const forPeople = [ConfigError, ListenError, TlsError];
  if (!forPeople.some((kind) => error instanceof kind)) throw error;
  console.error((error as Error).message);
  Deno.exit(1);
}
