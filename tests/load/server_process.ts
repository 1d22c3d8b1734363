/** A server in a process of its own, and what it tells of itself; see `servers/control.mjs`. */
import { within } from "./within.ts";

/** What a server has used since its start, and uses now. */
export interface Facts {
  /** User and system time of all its threads. */
  readonly cpuMs: number;
  readonly rssBytes: number;
}

const STARTED_WITHIN_MS = 30_000;
const ANSWERED_WITHIN_MS = 30_000;
const ENDED_WITHIN_MS = 3_000;

export class ServerProcess {
  readonly #child: Deno.ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  #port = 0;

  private constructor(command: readonly string[], cwd: string) {
    const [program, ...args] = command;
    this.#child = new Deno.Command(program, {
      args,
      cwd,
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    this.#lines = linesOf(this.#child.stdout);
    this.#input = this.#child.stdin.getWriter();
  }

  /**
   * Starts a server and waits until it listens.
   *
   * @throws when it ends, or says nothing for 30 s
   */
  static async start(command: readonly string[], cwd: string): Promise<ServerProcess> {
    const server = new ServerProcess(command, cwd);
    try {
      const { port } = await within(STARTED_WITHIN_MS, "the server's port", server.#next());
      server.#port = port as number;
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** It listens there on 127.0.0.1. */
  get port(): number {
    return this.#port;
  }

  /** What it has used until now. */
  facts(): Promise<Facts> {
    return this.#ask("facts");
  }

  /** The same, once it has let go of what it does not use, where its runtime can be told to. */
  collected(): Promise<Facts> {
    return this.#ask("collect");
  }

  /** Ends it: by the end of its input, and if that is not enough, by force. */
  async stop(): Promise<void> {
    await this.#input.close().catch(() => {}); // it has ended by itself
    const kill = setTimeout(() => this.#child.kill("SIGKILL"), ENDED_WITHIN_MS);
    await this.#child.status;
    clearTimeout(kill);
    await this.#lines.return?.();
  }

  async #ask(what: "facts" | "collect"): Promise<Facts> {
    await this.#input.write(new TextEncoder().encode(`${what}\n`));
    const facts = await within(ANSWERED_WITHIN_MS, "the server's facts", this.#next());
    return { cpuMs: facts.cpuMs as number, rssBytes: facts.rssBytes as number };
  }

  async #next(): Promise<Record<string, unknown>> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error("The server has ended.");
    return JSON.parse(value);
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}
