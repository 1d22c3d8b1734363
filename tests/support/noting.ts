import assert from "node:assert/strict";
import { parseConfig } from "../../lib/config.ts";
import { createMetrics } from "../../lib/metrics.ts";
import type { Services } from "../../lib/services.ts";
import { keptLog } from "./kept_log.ts";

/** Services whose signaling only notes what it is asked. */
export function noting(settings: Record<string, string> = {}) {
  const asked: string[] = [];
  const { log, lines } = keptLog();
  const signaling: Services["signaling"] = {
    refuses: () => null,
    connect: () => assert.fail("nobody comes"),
    sweep: () => {},
    stats: () => ({ sockets: 0, sessions: 0, rooms: 0, seats: 0, endpoints: 0, pending: 0 }),
    drain() {
      asked.push("drain");
      return Promise.resolve();
    },
    dispose: () => void asked.push("dispose"),
  };
  const config = parseConfig({ PORT: "0", ...settings });
  const services: Services = { config, log, metrics: createMetrics(), signaling };
  return { services, asked, lines };
}
