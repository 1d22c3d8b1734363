import { clientAddress, isLoopback } from "../lib/address.ts";
import type { Config } from "../lib/config.ts";
import { METRICS_TYPE } from "../lib/metrics.ts";
import { sameSecret } from "../lib/security.ts";
import { define } from "../lib/state.ts";

/**
 * Numbers about the server, for Prometheus. They tell how much a place is used, so they are for
 * this machine, or for whoever has METRICS_TOKEN; for others there is no such page.
 */
export const handler = define.handlers({
  GET(ctx) {
    const { config, metrics } = ctx.state.services;
    if (!mayRead(ctx.req.headers, ctx.info, config)) {
      return new Response("Not found\n", { status: 404 });
    }
    return new Response(metrics.text(), {
      headers: { "content-type": METRICS_TYPE, "cache-control": "no-store" },
    });
  },
});

function mayRead(headers: Headers, info: Deno.ServeHandlerInfo, config: Config): boolean {
  if (config.metricsToken !== null) {
    return sameSecret(headers.get("authorization") ?? "", `Bearer ${config.metricsToken}`);
  }
  // A proxy nobody told us of makes everybody look like this machine.
  if (config.trustProxy === 0 && headers.has("x-forwarded-for")) return false;
  return isLoopback(clientAddress(info, headers, config.trustProxy));
}
