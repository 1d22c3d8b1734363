/**
 * The app, served in this process on a port of its own with rooms of its own. It is built into
 * memory, so a build on disk, as `deno task start` makes one, neither helps nor disturbs it.
 */
import { parseConfig } from "../../../lib/config.ts";
import { type BuiltServer, serve } from "../../../lib/serve.ts";
import { hostServices, openServices, type Services } from "../../../lib/services.ts";
import { memoryStore } from "../../../lib/store/memory.ts";
import type { Store } from "../../../lib/store/store.ts";
import { buildApp } from "../../support/app.ts";

export interface TestServer {
  /** As `http://localhost:1234`. */
  readonly base: string;
  readonly services: Services;
  /** The log's lines, `info` and above. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/** Long enough for SESSION_SECRET: a test keeps no key in files. */
const SECRET = "a secret for tests, as long as it must be";

/** Stands between the server and the app: may answer something else. */
export type Wrap = (fetch: BuiltServer["fetch"]) => BuiltServer["fetch"];

/**
 * Serves the app.
 *
 * @param settings as environment variables; PORT is 0 unless given
 * @param store what outlives it; an empty one unless given
 */
export async function startServer(
  settings: Record<string, string> = {},
  wrap: Wrap = (fetch) => fetch,
  store: Store = memoryStore(),
): Promise<TestServer> {
  const config = parseConfig({
    PORT: "0",
    STUN_URLS: "none",
    SESSION_SECRET: SECRET,
    ...settings,
  });
  const fetch = await buildApp(hostServices());
  const lines: string[] = [];
  const services = await openServices(config, { write: (line) => lines.push(line), store });
  const server = serve({ fetch: wrap(fetch) }, services);
  return { base: `http://localhost:${server.port}`, services, lines, stop: () => server.stop() };
}
