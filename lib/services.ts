/**
 * What the server is made of: opened once a process by whoever serves, once a test by the test, and
 * given to routes in `ctx.state`. Nothing of it is a module's own, so two apps in one process share
 * nothing.
 */
import { systemClock } from "./clock.ts";
import { type Config, readConfig } from "./config.ts";
import { createLog, type Log } from "./log.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { MemoryLog } from "./signaling/log.ts";
import { createSignaling, type Signaling } from "./signaling/service.ts";
import { openStore } from "./store/open.ts";
import { signingKey } from "./store/signing_key.ts";
import type { Store } from "./store/store.ts";

export interface Services {
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly signaling: Signaling;
}

/** What a test gives in place of the process's own. */
export interface ServiceOptions {
  /** Takes the log's lines; standard error unless told. */
  readonly write?: (line: string) => void;
  /** Instead of the data folder. */
  readonly store?: Store;
}

/** Opens everything a server needs. End it by `signaling.dispose()`. */
export async function openServices(
  config: Config,
  { write = console.error, store }: ServiceOptions = {},
): Promise<Services> {
  const log = createLog({ level: config.logLevel, write, now: Date.now });
  const metrics = createMetrics();
  const kept = store ?? await openStore(config.dataDir, log);
  const key = await signingKey(config.sessionSecret, kept, log);
  const signaling = createSignaling({
    clock: systemClock,
    random: (bytes) => void crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>),
    key,
    log: new MemoryLog(),
    keptNames: { read: () => kept.read("names"), write: (value) => kept.write("names", value) },
    config,
    logger: log,
    metrics,
  });
  return { config, log, metrics, signaling };
}

/** What a server that owns its services gives to the app beside each request. */
export interface ServeInfo extends Deno.ServeHandlerInfo {
  readonly services: Services;
}

/**
 * Finds a request's services: those its server handed in with the connection, else, on a host that
 * serves the app by itself (Deno Deploy, `deno serve`, Fresh's development server), services of the
 * environment, opened at the first request.
 */
export function hostServices(): (info: Deno.ServeHandlerInfo) => Promise<Services> {
  let opened: Promise<Services> | undefined;
  return (info) => {
    if ("services" in info) return Promise.resolve((info as ServeInfo).services);
    return opened ??= Promise.resolve().then(() => openServices(readConfig()));
  };
}
