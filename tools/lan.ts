/**
 * `deno task lan`: makes a certificate for this machine's addresses on its own network, builds if
 * needed, and serves by https; looks after the certificate meanwhile. Ends as the server ends.
 */
import { resolve } from "node:path";
import { type Config, ConfigError, parseConfig, readSettings } from "../lib/config.ts";
import { fileStore } from "../lib/store/files.ts";
import { keepCertificates } from "../lib/tls/keep.ts";
import { hostsToServe, LAN_FOLDER, LanError, lanSettings, type Machine } from "../lib/tls/lan.ts";
import { readPair, TlsError } from "../lib/tls/pair.ts";
import { buildIfNeeded } from "./build.ts";
import { ROOT, runServer } from "./run_server.ts";

/** A phone waits at the door meanwhile; the server looks at its files as often. */
const LOOK_EVERY_MS = 10_000;

function thisMachine(): Machine {
  return {
    addresses: Deno.networkInterfaces(),
    hostname: Deno.hostname(),
    dualStack: Deno.build.os !== "windows",
  };
}

/** Makes or renews what is needed for the network as it is now. */
async function keep(config: Config): Promise<void> {
  const machine = thisMachine();
  const store = await fileStore(resolve(ROOT, config.dataDir, LAN_FOLDER));
  const hosts = hostsToServe(machine, config.host);
  await keepCertificates(store, { hosts, place: machine.hostname, nowMs: Date.now() });
}

/** A network that is away for a while is no reason to end: the last certificate stays. */
async function keepOn(config: Config): Promise<void> {
  try {
    await keep(config);
  } catch (error) {
    if (!(error instanceof LanError)) console.error(String(error));
  }
}

async function main(): Promise<number> {
  const settings = lanSettings(readSettings(), thisMachine());
  const config = parseConfig(settings);
  const ours = config.tls?.authority != null;
  if (ours) await keep(config);
  if (config.tls) readPair(config.tls, Date.now());
  await buildIfNeeded(ROOT);
  if (ours) setInterval(() => keepOn(config), LOOK_EVERY_MS);
  return await runServer(config, settings as Record<string, string>);
}

try {
  Deno.exit(await main());
} catch (error) {
  const forPeople = [ConfigError, LanError, TlsError];
  if (!forPeople.some((kind) => error instanceof kind)) throw error;
  console.error((error as Error).message);
  Deno.exit(1);
}
