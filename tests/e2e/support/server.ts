/** The built app, served in this process on a port of its own with rooms of its own. */
import { parseConfig } from "../../../lib/config.ts";
import { type BuiltServer, type RunningServer, serve } from "../../../lib/serve.ts";
import { openServices, type Services } from "../../../lib/services.ts";
import { memoryStore } from "../../../lib/store/memory.ts";

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

/**
 * Serves the build in `_fresh/`.
 *
 * @param settings as environment variables; PORT is 0 unless given
 */
export async function startServer(settings: Record<string, string> = {}): Promise<TestServer> {
  const config = parseConfig({
    PORT: "0",
    STUN_URLS: "none",
    SESSION_SECRET: SECRET,
    ...settings,
  });
  const lines: string[] = [];
  const services = await openServices(config, {
    write: (line) => lines.push(line),
    store: memoryStore(),
  });
  const built: { default: BuiltServer } = await import(
    new URL("../../../_fresh/server.js", import.meta.url).href
  );
  const server: RunningServer = serve(built.default, services);
  return { base: `http://localhost:${server.port}`, services, lines, stop: () => server.stop() };
}
