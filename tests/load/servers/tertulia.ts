/** Our server under load: the real route and services behind `lib/serve`, without the pages. */
import { App } from "fresh";
import { parseConfig } from "../../../lib/config.ts";
import { secured } from "../../../lib/security.ts";
import { serve } from "../../../lib/serve.ts";
import { openServices } from "../../../lib/services.ts";
import type { State } from "../../../lib/state.ts";
import { memoryStore } from "../../../lib/store/memory.ts";
import { handler } from "../../../routes/api/signal.ts";
import { underControl } from "./control.mjs";

const config = parseConfig({
  PORT: "0",
  STUN_URLS: "none",
  LOG_LEVEL: "error",
  SESSION_SECRET: "a secret for load, as long as it must be",
  // All of the load comes from one address.
  MAX_SOCKETS: "100000",
  MAX_SOCKETS_PER_ADDRESS: "100000",
});
const services = await openServices(config, { store: memoryStore() });
const app = new App<State>()
  .use(async (ctx) => {
    ctx.state.services = services;
    return secured(await ctx.next());
  })
  .get("/api/signal", handler.GET);
underControl(serve({ fetch: app.handler() }, services).port);
