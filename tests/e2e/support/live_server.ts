/**
 * The server step of `deno task start` in a process of its own, on one port for all its lives: it is
 * killed, ended, and started again as its owner would, with the same key.
 */
import { fileURLToPath } from "node:url";
import { buildIfNeeded } from "../../../tools/build.ts";
import { serverPermissions } from "../../../tools/permissions.ts";
import { until } from "./until.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const SECRET = "a secret for tests, as long as it must be";
const LOOK_EVERY_MS = 20;

export interface LiveServerOptions {
  /** Further settings, as environment variables. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The address browsers reach it by; it listens on every one. */
  readonly hostname?: string;
}

export class LiveServer {
  /** As `http://localhost:1234`. */
  readonly base: string;
  readonly #port: number;
  readonly #dataDir: string;
  readonly #settings: Readonly<Record<string, string>>;
  #child: Deno.ChildProcess | null = null;

  private constructor(dataDir: string, { settings = {}, hostname }: LiveServerOptions) {
    this.#port = freePort();
    this.#dataDir = dataDir;
    this.#settings = { ...settings, ...hostname !== undefined && { HOST: "0.0.0.0" } };
    this.base = `http://${hostname ?? "localhost"}:${this.#port}`;
  }

  /** Builds what is to be served if needed, starts, and waits until the port answers. */
  static async start(options: LiveServerOptions = {}): Promise<LiveServer> {
    await buildIfNeeded(ROOT);
    const server = new LiveServer(await Deno.makeTempDir({ prefix: "tertulia-" }), options);
    await server.open();
    return server;
  }

  get port(): number {
    return this.#port;
  }

  /** Starts the next life; resolves once the port answers, with the time of the answer. */
  async open(): Promise<number> {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", ...serverPermissions(ROOT, this.#dataDir), `${ROOT}/tools/serve.ts`],
      cwd: ROOT,
      env: {
        NO_COLOR: "1",
        PORT: String(this.#port),
        DATA_DIR: this.#dataDir,
        SESSION_SECRET: SECRET,
        STUN_URLS: "none",
        LOG_LEVEL: "error",
        MAX_SOCKETS_PER_ADDRESS: "10000",
        ...this.#settings,
      },
      stdin: "null",
      stdout: "null",
      stderr: "inherit",
    }).spawn();
    await until(
      "answered by the server",
      () => isAnswering(this.#port),
      (answering) => answering,
      () => new Promise((done) => setTimeout(done, LOOK_EVERY_MS)),
    );
    return Date.now();
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** Sends a signal; resolves with the exit code and how long the end took. */
  async end(signal: Deno.Signal): Promise<{ code: number; tookMs: number }> {
    const child = this.#child;
    if (child === null) throw new Error("The server does not run.");
    this.#child = null;
    const from = performance.now();
    child.kill(signal);
    const { code } = await child.status;
    return { code, tookMs: performance.now() - from };
  }

  /** Ends it for good. */
  async stop(): Promise<void> {
    if (this.#child !== null) await this.kill();
    await Deno.remove(this.#dataDir, { recursive: true });
  }
}

/** A port nobody listens on, kept by nobody either: good for a server that starts at once. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "0.0.0.0", port: 0 });
  return listener.addr.port;
}

async function isAnswering(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
