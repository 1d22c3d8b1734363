/**
 * A server and its end: listens, by https where there is a certificate, hands the services to the
 * app with each request, and on the way out tells everybody before it closes.
 */
import { type Clock, systemClock } from "./clock.ts";
import { listen, ListenError, type Listening, type ListenPlace } from "./listen.ts";
import { securityHeaders } from "./security.ts";
import type { ServeInfo, Services } from "./services.ts";
import { readPair, type TlsPair } from "./tls/pair.ts";
import { redirect } from "./tls/redirect.ts";

export { ListenError } from "./listen.ts";

/** What `_fresh/server.js` exports as its default. */
export interface BuiltServer {
  fetch(request: Request, info: ServeInfo): Response | Promise<Response>;
}

/** Where a server stands, for telling people. */
export interface Standing {
  /** The port it listens on: the asked one, or the one it got for 0. */
  readonly port: number;
  /** The plain port beside https, where there is one. */
  readonly httpPort: number | null;
  /** Whom the certificate is for, best first; empty without one. */
  readonly hosts: readonly string[];
}

export interface RunningServer {
  readonly port: number;
  /** As it is now: another certificate may be for other hosts. */
  standing(): Standing;
  /**
   * Ends it. Everybody in a call is told at once and comes back elsewhere or later; what is still
   * open when the time is over is cut off. Resolves within {@link DRAIN_LIMIT_MS} and a little.
   */
  stop(): Promise<void>;
}

export interface ServeOptions {
  readonly clock?: Clock;
  /** Told when another certificate is in use. */
  readonly onRenewed?: (standing: Standing) => void;
}

/**
 * `Deno.HttpServer.shutdown()` waits for clients that have stopped reading, for ever if need be.
 * Half a second below the 4 s after which the process is promised to be gone.
 */
const DRAIN_LIMIT_MS = 3_500;
/** How often the certificate's files are looked at; a renewal has weeks, a new address is waited for. */
const LOOK_EVERY_MS = 10_000;
/** A closed listener's port is free some milliseconds later. */
const PORT_PATIENCE_MS = 2_000;
const PORT_TRY_EVERY_MS = 10;

/**
 * Listens at the configured address. The app's own errors harm only their request.
 *
 * @throws {ListenError} when a port is taken or the address is not of this machine
 * @throws {TlsError} when certificate and key cannot be used
 */
export function serve(
  built: BuiltServer,
  services: Services,
  { clock = systemClock, onRenewed = () => {} }: ServeOptions = {},
): RunningServer {
  const { config, log, signaling } = services;
  const { tls, host: hostname } = config;
  const options = {
    automaticCompression: true,
    onError(error: unknown) {
      log.error("a request failed", { why: String(error) });
      return new Response("Internal Server Error\n", {
        status: 500,
        headers: securityHeaders(null),
      });
    },
  };
  const answer: Deno.ServeHandler<Deno.NetAddr> = (request, info) =>
    built.fetch(request, withServices(info, services));

  let pair = tls && readPair(tls, clock.now());
  let main = listen({ hostname, port: config.port, setting: "PORT" }, withPair(), answer);
  const plain = openPlainPort();
  let replacing = Promise.resolve();
  const stopLooking = tls === null ? () => {} : clock.every(LOOK_EVERY_MS, look);

  function withPair() {
    return pair === null ? options : { ...options, cert: pair.cert, key: pair.key };
  }

  function openPlainPort(): Listening | null {
    if (pair === null || tls?.httpPort == null) return null;
    const place: ListenPlace = { hostname, port: tls.httpPort, setting: "HTTP_PORT" };
    try {
      return listen(
        place,
        options,
        (request) => redirect(request, { ...standing(), authority: authorityText() }),
      );
    } catch (error) {
      main.close(0);
      throw error;
    }
  }

  /** Read anew each time: it is asked for once a device. */
  function authorityText(): string | null {
    return tls?.authority ? Deno.readTextFileSync(tls.authority) : null;
  }

  function standing(): Standing {
    return { port: main.port, httpPort: plain?.port ?? null, hosts: pair?.hosts ?? [] };
  }

  /** Takes another certificate into use; sockets come back by themselves, calls go on meanwhile. */
  function look(): void {
    const next = readNext();
    if (next === null) return;
    pair = next;
    replacing = replacing.catch(() => {}).then(async () => {
      const old = main.close(DRAIN_LIMIT_MS);
      main = await listenAgain({ hostname, port: main.port, setting: "PORT" });
      log.info("another certificate is in use");
      onRenewed(standing());
      await old;
    });
    replacing.catch((error) => {
      log.error("no port for the new certificate", { why: String(error) });
      pair = null; // tried again at the next look
    });
  }

  /** The files' pair, if it is another one and good; half-written files are good the next time. */
  function readNext(): TlsPair | null {
    try {
      const next = readPair(tls!, clock.now());
      return next.cert === pair?.cert ? null : next;
    } catch (error) {
      log.warn("the certificate's files cannot be used", { why: (error as Error).message });
      return null;
    }
  }

  async function listenAgain(place: ListenPlace): Promise<Listening> {
    for (let waitedMs = 0;; waitedMs += PORT_TRY_EVERY_MS) {
      try {
        return listen(place, withPair(), answer);
      } catch (error) {
        if (!(error instanceof ListenError) || waitedMs >= PORT_PATIENCE_MS) throw error;
      }
      await new Promise<void>((done) => clock.after(PORT_TRY_EVERY_MS, done));
    }
  }

  async function stop(): Promise<void> {
    stopLooking();
    await replacing.catch(() => {});
    await Promise.all([signaling.drain(), main.close(DRAIN_LIMIT_MS), plain?.close(0)]);
    signaling.dispose();
  }
  let stopping: Promise<void> | undefined;
  return {
    port: main.port,
    standing,
    stop: () => stopping ??= stop(),
  };
}

/** Deno's object has getters on its prototype, so it is not to be spread. */
function withServices(info: Deno.ServeHandlerInfo, services: Services): ServeInfo {
  return {
    services,
    remoteAddr: info.remoteAddr,
    get completed() { // once asked for, it must be handled: it fails when a client goes away
      return info.completed;
    },
  };
}
