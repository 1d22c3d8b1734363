/** One listening HTTP server: opened with errors for people, closed within a time. */

/** The server cannot listen, for a reason its owner can do something about. */
export class ListenError extends Error {
  override name = "ListenError";
}

/** Where to listen, and by which setting its owner changes that. */
export interface ListenPlace {
  readonly hostname: string;
  readonly port: number;
  readonly setting: "PORT" | "HTTP_PORT";
}

/** A server that listens. */
export interface Listening {
  /** The port it got. */
  readonly port: number;
  /**
   * Takes nobody new from the moment it is called, lets what is under way end, and cuts off what is
   * left after `limitMs`.
   */
  close(limitMs: number): Promise<void>;
}

type Options = Omit<Deno.ServeTcpOptions, "hostname" | "port" | "signal" | "onListen">;

/**
 * Listens.
 *
 * @param options certificate and key among them, for https
 * @throws {ListenError} when the port is taken or the address is not of this machine
 */
export function listen(
  { hostname, port, setting }: ListenPlace,
  options: Options & Partial<Deno.TlsCertifiedKeyPem>,
  handler: Deno.ServeHandler<Deno.NetAddr>,
): Listening {
  const cut = new AbortController();
  const server = start();
  return {
    port: server.addr.port,
    async close(limitMs) {
      let isDown = false;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const down = server.shutdown().then(() => isDown = true);
      const limit = new Promise<void>((late) => timer = setTimeout(late, limitMs));
      await Promise.race([down, limit]);
      clearTimeout(timer);
      // Once it has shut down, aborting throws where nobody can catch it: the word that it has may
      // come in this very turn.
      if (!isDown) await new Promise((turned) => setTimeout(turned));
      if (!isDown) cut.abort();
    },
  };

  function start(): Deno.HttpServer<Deno.NetAddr> {
    try {
      const quiet = { onListen: () => {} }; // the banner is the caller's
      return Deno.serve({ ...options, ...quiet, signal: cut.signal, hostname, port }, handler);
    } catch (error) {
      if (error instanceof Deno.errors.AddrInUse) {
        const other = `${setting}=${port + 1}`;
        throw new ListenError(`Port ${port} is taken: set ${setting} to another one, as ${other}`);
      }
      if (error instanceof Deno.errors.PermissionDenied) {
        throw new ListenError(`Port ${port} may not be used: set ${setting} to one above 1023`);
      }
      if (error instanceof Deno.errors.AddrNotAvailable) {
        throw new ListenError(`HOST ${hostname} is no address of this machine`);
      }
      throw error;
    }
  }
}
