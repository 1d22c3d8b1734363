/**
 * The app: what every request passes through, from top to bottom. Importing it does nothing else.
 */
import { App, csp, staticFiles } from "fresh";
import { secured } from "./lib/security.ts";
import { hostServices, type Services } from "./lib/services.ts";
import { readShell, type Shell } from "./lib/shell/shell.ts";
import type { State } from "./lib/state.ts";

/**
 * Makes an app.
 *
 * @param servicesOf finds what its routes work with, by the connection a request came on
 */
export function createApp(
  servicesOf: (info: Deno.ServeHandlerInfo) => Services | Promise<Services>,
): App<State> {
  const app = new App<State>();
  let shell: Promise<Shell> | undefined;
  /** The app asks itself, as a visitor would. */
  const findShell = (info: Deno.ServeHandlerInfo) => {
    const answer = app.handler();
    const found = readShell((path) => answer(new Request(new URL(path, "http://localhost")), info));
    found.catch(() => shell = undefined); // the next to ask tries again
    return found;
  };
  return app
    .use(async (ctx) => {
      ctx.state.services = await servicesOf(ctx.info);
      ctx.state.shell = () => shell ??= findShell(ctx.info);
      return secured(await ctx.next());
    })
    .use(staticFiles())
    .use(csp({ useNonce: true }))
    .fsRoutes();
}

/** The app as it is served; `_fresh/server.js` gives it the build. */
export const app: App<State> = createApp(hostServices());
