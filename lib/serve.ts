/**
 * A server and its end: listens, hands the services to the app with each request, and on the way
 * out tells everybody before it closes.
 */
import { securityHeaders } from "./security.ts";
import type { ServeInfo, Services } from "./services.ts";

/** What `_fresh/server.js` exports as its default. */
export interface BuiltServer {
  fetch(request: Request, info: ServeInfo): Response | Promise<Response>;
}

export interface RunningServer {
  /** The port it listens on: the asked one, or the one it got for 0. */
  readonly port: number;
  /**
   * Ends it. Everybody in a call is told at once and comes back elsewhere or later; what is still
   * open when the time is over is cut off. Resolves within {@link DRAIN_LIMIT_MS} and a little.
   */
  stop(): Promise<void>;
}

/**
 * `Deno.HttpServer.shutdown()` waits for clients that have stopped reading, for ever if need be.
 * Half a second below the 4 s after which the process is promised to be gone.
 */
const DRAIN_LIMIT_MS = 3_500;

/** The server cannot listen, for a reason its owner can do something about. */
export class ListenError extends Error {
  override name = "ListenError";
}

/**
 * Listens at the configured address. The app's own errors harm only their request.
 *
 * @throws {ListenError} when the port is taken or the address is not of this machine
 */
export function serve(built: BuiltServer, services: Services): RunningServer {
  const { config, log, signaling } = services;
  const cut = new AbortController();
  const server = listen(config.host, config.port, {
    signal: cut.signal,
    automaticCompression: true,
    onListen: () => {}, // the banner is the caller's
    onError(error) {
      log.error("a request failed", { why: String(error) });
      return new Response("Internal Server Error\n", {
        status: 500,
        headers: securityHeaders(null),
      });
    },
  }, (request, info) => built.fetch(request, withServices(info, services)));

  const stop = async () => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = new Promise<"late">((late) => {
      timer = setTimeout(() => late("late"), DRAIN_LIMIT_MS);
    });
    const outcome = await Promise.race([
      Promise.all([signaling.drain(), server.shutdown()]),
      limit,
    ]);
    clearTimeout(timer);
    if (outcome === "late") cut.abort(); // once it has shut down, aborting would throw
    signaling.dispose();
  };
  let stopping: Promise<void> | undefined;
  return { port: server.addr.port, stop: () => stopping ??= stop() };
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

function listen(
  hostname: string,
  port: number,
  options: Omit<Deno.ServeTcpOptions, "hostname" | "port">,
  handler: Deno.ServeHandler<Deno.NetAddr>,
): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({ ...options, hostname, port }, handler);
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) {
      throw new ListenError(`Port ${port} is taken: set PORT to another one, as PORT=${port + 1}`);
    }
    if (error instanceof Deno.errors.PermissionDenied) {
      throw new ListenError(`Port ${port} may not be used: set PORT to one above 1023`);
    }
    if (error instanceof Deno.errors.AddrNotAvailable) {
      throw new ListenError(`HOST ${hostname} is no address of this machine`);
    }
    throw error;
  }
}
