/** `deno task start` and its like as a user runs them, in a process of their own. */
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

export interface Started {
  /** The address its banner names. */
  readonly url: string;
  /** Everything it has printed. */
  said(): string;
  /** Sends a signal; resolves with the exit code and how long the end took. */
  end(signal: Deno.Signal): Promise<{ code: number; tookMs: number }>;
}

/** What is run, and how, unless it is `deno task start` on this machine. */
export interface StartOptions {
  readonly name?: "start" | "lan";
  /** Makes the command, as for another machine. */
  readonly command?: (program: string, options: Deno.CommandOptions) => Deno.Command;
}

/** Where the banner of each has its first address. */
const OPENED = { start: /open at (http\S+)/, lan: /^ {4}(https:\S+)$/m };

/**
 * Starts the server, waits for its banner, and runs `task`; sees to it that the server ends.
 *
 * @param settings set in its environment
 * @throws with all it printed, when it ends before it is open
 */
export async function whileStarted(
  settings: Record<string, string>,
  task: (started: Started) => Promise<void>,
  { name = "start", command = (program, options) => new Deno.Command(program, options) }:
    StartOptions = {},
): Promise<void> {
  const child = command(Deno.execPath(), {
    args: ["task", "--quiet", name],
    cwd: ROOT,
    env: { NO_COLOR: "1", ...settings },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let said = "";
  const opened = Promise.withResolvers<string>();
  const keep = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      said += text;
      const url = OPENED[name].exec(said)?.[1];
      if (url) opened.resolve(url);
    }
  };
  const kept = Promise.all([keep(child.stdout), keep(child.stderr)]);
  let hasEnded = false;
  const ended = child.status.then(async ({ code }) => {
    hasEnded = true;
    await kept;
    opened.reject(new Error(`It ended with ${code}:\n${said}`));
    return code;
  });
  const end = async (signal: Deno.Signal) => {
    const from = performance.now();
    if (!hasEnded) child.kill(signal);
    const code = await ended;
    return { code, tookMs: performance.now() - from };
  };
  try {
    await task({ url: await opened.promise, said: () => said, end });
  } finally {
    await end("SIGTERM");
  }
}
