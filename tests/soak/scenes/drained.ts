/**
 * The server is told to go, while many listen and, every other time, some have stopped reading what
 * others go on sending to them.
 */
import assert from "node:assert/strict";
import { LiveServer } from "../../e2e/support/live_server.ts";
import { openSilentSocket, sayOn } from "../../e2e/support/silent_socket.ts";
import { PROTOCOL_VERSION } from "../../../lib/protocol/limits.ts";
import { openSocket } from "../../load/clients/sockets.ts";
import { STOP_SIGNALS } from "../../../lib/signals.ts";
import type { Figures, Pace, Scene } from "../scene.ts";

const LISTENERS = 20;
/** Who sends to the stalled reader, and how much: just under what one may keep unsettled. */
const TALKERS = 4;
const TALK = { times: 4, bytes: 45_000 };
const TOLD_MS = 500;
const GONE_MS = 4_000;
const MEDIA = { microphone: false, camera: false, screen: false };

export const drained: Scene = {
  name: "drained",
  async play({ rounds }: Pace, figures: Figures) {
    const server = await LiveServer.start();
    try {
      for (let round = 0; round < rounds; round++) {
        for (const signal of STOP_SIGNALS) {
          for (const stalled of [false, true]) {
            await drainOnce(server, signal, stalled, figures);
            await server.open();
          }
        }
      }
    } finally {
      await server.stop();
    }
  },
};

async function drainOnce(
  server: LiveServer,
  signal: Deno.Signal,
  stalled: boolean,
  figures: Figures,
): Promise<void> {
  const clients = await Promise.all(
    Array.from({ length: LISTENERS }, () => Client.open(server.base)),
  );
  const silent = stalled ? await stall(server, clients.slice(0, TALKERS)) : null;
  const fromMs = performance.now();
  const [told, { code, tookMs }] = await Promise.all([
    Promise.all(clients.map((client) => client.heard("draining"))),
    server.end(signal),
  ]);
  silent?.close();
  const what = stalled ? "with a stalled reader" : "everybody reading";
  const lastMs = Math.max(...told) - fromMs;
  figures.note(`everybody told, ${what}`, lastMs, { max: TOLD_MS });
  figures.note(`process gone, ${what}`, tookMs, { max: GONE_MS });
  assert.equal(code, 0, `it ends well on ${signal}`);
  assert.ok(tookMs <= GONE_MS, `gone after ${tookMs} ms on ${signal}`);
}

/** Somebody sits down, reads nothing any more, and is sent much by those who talk. */
async function stall(server: LiveServer, talkers: readonly Client[]): Promise<Deno.TcpConn> {
  await Promise.all(talkers.map((talker) => talker.join()));
  const silent = await openSilentSocket(server.base);
  const arrived = talkers[0].next("arrived");
  await sayOn(silent, JSON.stringify({ type: "hello", v: PROTOCOL_VERSION }));
  const join = { type: "join", room: "stalled", name: "Sol", media: MEDIA };
  await sayOn(silent, JSON.stringify(join));
  const { endpoint } = await arrived;
  for (const talker of talkers) talker.talkTo(String(endpoint));
  // Whatever is answered now was read after all that was said.
  await Promise.all(talkers.map((talker) => talker.ask()));
  return silent;
}

type Heard = Record<string, unknown> & { readonly type: string };

/** A listener of few words. */
class Client {
  readonly #socket: WebSocket;
  readonly #heard = new Map<string, number>();
  readonly #waiting = new Map<string, (message: Heard) => void>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      const message: Heard = JSON.parse(data);
      this.#heard.set(message.type, performance.now());
      this.#waiting.get(message.type)?.(message);
      this.#waiting.delete(message.type);
    };
    socket.onclose = () => this.#waiting.get("close")?.({ type: "close" });
  }

  static async open(base: string): Promise<Client> {
    const client = new Client(
      await openSocket(`${base.replace("http", "ws")}/api/signal`, { origin: base }),
    );
    const welcome = client.next("welcome");
    client.#say({ type: "hello", v: PROTOCOL_VERSION });
    await welcome;
    return client;
  }

  async join(): Promise<void> {
    const joined = this.next("joined");
    this.#say({ type: "join", room: "stalled", name: "Tia", media: MEDIA });
    await joined;
  }

  talkTo(endpoint: string): void {
    const sdp = "a".repeat(TALK.bytes);
    for (let n = 1; n <= TALK.times; n++) {
      const desc = { id: `offer-${n}`, type: "offer", sdp };
      this.#say({ type: "signal", to: endpoint, conn: 1, desc, n });
    }
  }

  async ask(): Promise<void> {
    const answer = this.next("ice");
    this.#say({ type: "ice?" });
    await answer;
  }

  /** Resolves with the next message of a type. */
  next(type: string): Promise<Heard> {
    return new Promise((resolve) => this.#waiting.set(type, resolve));
  }

  /** When a message of a type came; waits for it, but not beyond the socket's end. */
  async heard(type: string): Promise<number> {
    if (!this.#heard.has(type)) await Promise.race([this.next(type), this.next("close")]);
    return this.#heard.get(type) ?? assert.fail(`closed without ${type}`);
  }

  #say(message: object): void {
    this.#socket.send(JSON.stringify(message));
  }
}
