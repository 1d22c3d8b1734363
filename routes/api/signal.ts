import { addressGroup, clientAddress } from "../../lib/address.ts";
import { adoptSocket, IDLE_TIMEOUT_S } from "../../lib/signaling/native.ts";
import { refusalResponse, refuseUpgrade } from "../../lib/signaling/upgrade.ts";
import { define } from "../../lib/state.ts";

/** The one WebSocket of each tab; docs/protocol.md says what is spoken on it. */
export const handler = define.handlers({
  GET(ctx) {
    const { config, signaling } = ctx.state.services;
    const address = addressGroup(clientAddress(ctx.info, ctx.req.headers, config.trustProxy));
    const refusal = refuseUpgrade(ctx.req, config.publicUrl) ??
      signaling.refuses(address);
    if (refusal !== null) return refusalResponse(refusal);
    const { hostname } = new URL(config.publicUrl ?? ctx.url);
    const origin = ctx.req.headers.get("origin") ?? ""; // one of ours, or it were refused
    const { socket, response } = ctx.upgrade({ idleTimeout: IDLE_TIMEOUT_S });
    adoptSocket(socket, (port) => signaling.connect(port, { address, hostname, origin }));
    return response;
  },
});
