/** The servers that are compared: how each is started, and who calls it. */
import { fileURLToPath } from "node:url";
import type { Connect } from "./caller.ts";
import { connectRelay } from "./clients/relay.ts";
import { connectSocketIo } from "./clients/socketio.ts";
import { connectTertulia } from "./clients/tertulia.ts";
import { ServerProcess } from "./server_process.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface Contender {
  readonly name: string;
  readonly connect: Connect;
  start(): Promise<ServerProcess>;
}

/**
 * Ours, the bare relay, and socket.io, which runs on Node.js where there is one, as in the tutorials.
 */
export async function contenders(): Promise<readonly [Contender, Contender, Contender]> {
  const node = await nodeVersion();
  const deno = [Deno.execPath(), "run", "-A", "--v8-flags=--expose-gc"];
  const onNode = node === null ? deno : ["node", "--expose-gc"];
  return [
    contender("tertulia", connectTertulia, [...deno, "tests/load/servers/tertulia.ts"]),
    contender("bare relay", connectRelay, [...deno, "tests/load/servers/relay.ts"]),
    contender(
      `socket.io on ${node === null ? "Deno" : `Node ${node}`}`,
      connectSocketIo,
      [...onNode, "tests/load/servers/socketio.mjs"],
    ),
  ];
}

function contender(name: string, connect: Connect, command: readonly string[]): Contender {
  return { name, connect, start: () => ServerProcess.start(command, ROOT) };
}

/** As `20`; null where Node.js is not installed. */
async function nodeVersion(): Promise<string | null> {
  try {
    const { success, stdout } = await new Deno.Command("node", { args: ["--version"] }).output();
    return success ? /\d+/.exec(new TextDecoder().decode(stdout))?.[0] ?? null : null;
  } catch {
    return null;
  }
}
