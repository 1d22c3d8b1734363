import { createLog, type Log } from "../../lib/log.ts";

/** A log that keeps its lines for a test to look at. */
export function keptLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const log = createLog({ level: "debug", write: (line) => lines.push(line), now: () => 0 });
  return { log, lines };
}
