/**
 * A server under load, seen from the load: it tells its port, then, for each line on its standard
 * input, what it has used. It ends when that input does, so none outlives who started it.
 *
 * Plain JavaScript, since one of the servers runs on Node.js where there is one.
 */
import process from "node:process";
import { createInterface } from "node:readline";

/** @param {number} port where the server listens */
export function underControl(port) {
  tell({ port });
  createInterface({ input: process.stdin })
    .on("line", (asked) => {
      if (asked === "collect") {
        globalThis.gc?.({ type: "major", execution: "sync", flavor: "last-resort" });
      }
      const { user, system } = process.cpuUsage();
      tell({ cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage().rss });
    })
    .on("close", () => process.exit(0));
}

/** @param {object} facts */
function tell(facts) {
  process.stdout.write(`${JSON.stringify(facts)}\n`);
}
