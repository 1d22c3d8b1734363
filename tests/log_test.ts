import assert from "node:assert/strict";
import { createLog, type LogLevel } from "../lib/log.ts";

function collect(level: LogLevel) {
  const lines: string[] = [];
  const now = () => Date.UTC(2026, 0, 2, 3, 4, 5, 6);
  return { lines, log: createLog({ level, write: (line) => lines.push(line), now }) };
}

Deno.test("[SV9] An event is one line: time, level, event, and the bound context", () => {
  const { lines, log } = collect("info");
  log.with({ room: "r1" }).with({ seat: 2 }).info("joined", { hand: false, gone: undefined });
  assert.deepEqual(lines, ["2026-01-02T03:04:05.006Z info joined room=r1 seat=2 hand=false"]);
});

Deno.test("[SV9] Lines below the level are not written", () => {
  const { lines, log } = collect("warn");
  log.debug("a");
  log.info("b");
  log.warn("c");
  log.error("d");
  assert.equal(lines.length, 2);
  const silent = collect("silent");
  silent.log.error("e");
  assert.equal(silent.lines.length, 0);
});

Deno.test("[SV9] No text can end the line or look like another field", () => {
  const { lines, log } = collect("info");
  log.info("odd\nevent", { why: 'a\r\n2026 error x="y"', empty: "", u: "a\u2028b\u0085c\u007f" });
  assert.equal(lines.length, 1);
  assert.doesNotMatch(lines[0], /[\p{Cc}\u2028\u2029]/u);
  assert.ok(lines[0].includes('why="a\\r\\n2026 error x=\\"y\\""'));
  assert.ok(lines[0].includes('empty=""'));
});

Deno.test("[SV10] What lets somebody in or says where somebody is stands in debug lines only", () => {
  const secrets = { sdp: "v=0", candidate: "c", token: "t", card: "k", address: "192.0.2.1" };
  const quiet = collect("info");
  quiet.log.with(secrets).warn("event", { ...secrets, kept: 1 });
  assert.match(quiet.lines[0], / warn event kept=1$/);
  const open = collect("debug");
  open.log.debug("event", secrets);
  open.log.info("event", secrets);
  assert.match(open.lines[0], /address=192\.0\.2\.1/);
  assert.match(open.lines[1], / info event$/);
});
