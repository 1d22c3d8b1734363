/** The whole app in a test: built into memory, asked through its handler, with its own services. */
import { parseConfig } from "../../lib/config.ts";
import { openServices, type Services } from "../../lib/services.ts";
import { memoryStore } from "../../lib/store/memory.ts";
import { createApp } from "../../main.ts";
import { lacks } from "./permissions.ts";

/** Building asks for everything: to read, to run esbuild, and its environment. */
export const cannotBuild = lacks("read", "write", "run", "env", "net");

export interface TestApp {
  readonly services: Services;
  /** The app's handler, for a test that listens. */
  readonly fetch: (request: Request, info: Deno.ServeHandlerInfo) => Promise<Response>;
  /** Asks as a client at `from` (this machine unless told). */
  ask(path: string, init?: RequestInit, from?: string): Promise<Response>;
}

/** Fresh's builder is loaded when it is needed: esbuild asks for permissions as it is imported. */
async function build() {
  const { Builder } = await import("fresh/dev");
  return await new Builder().build({ snapshot: "memory" });
}

let built: ReturnType<typeof build> | undefined;

/** The whole app, whose routes work with what `servicesOf` finds. */
export async function buildApp(servicesOf: Parameters<typeof createApp>[0]) {
  const apply = await (built ??= build());
  const app = createApp(servicesOf);
  apply(app);
  return app.handler();
}

/** The connection of a client at an address. */
export function comingFrom(hostname: string): Deno.ServeHandlerInfo {
  return { remoteAddr: { transport: "tcp", hostname, port: 5000 }, completed: Promise.resolve() };
}

/**
 * Runs `task` with an app, and disposes of its services.
 *
 * @param settings as environment variables
 */
export async function withApp(
  task: (app: TestApp) => Promise<void>,
  settings: Record<string, string> = {},
): Promise<void> {
  const config = parseConfig({ LOG_LEVEL: "silent", ...settings });
  const services = await openServices(config, { store: memoryStore() });
  try {
    const fetch = await buildApp(() => services);
    const ask: TestApp["ask"] = (path, init, from = "127.0.0.1") =>
      fetch(new Request(`http://localhost${path}`, init), comingFrom(from));
    await task({ services, fetch, ask });
  } finally {
    services.signaling.dispose();
  }
}
