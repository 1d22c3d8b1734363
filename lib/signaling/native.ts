/**
 * Deno's WebSocket behind the socket port. Measured with Deno 2.9: a send after the end throws;
 * `close` may never come when the other side stops answering, and comes twice after an idle
 * time-out; a stalled reader is not found by `idleTimeout`. So the connection decides by itself
 * when a socket has ended, and nothing here is waited for.
 */
import type { Incoming } from "./connection.ts";
import type { ServerSocket } from "./ports.ts";

/**
 * Seconds for `upgrade`: Deno pings and closes what does not answer. Ours are the pings that
 * count (5 s, by message); this frees the system's socket where a close is never answered.
 */
export const IDLE_TIMEOUT_S = 30;

/**
 * Gives a socket to whoever handles it.
 *
 * @param connect called once the socket is open
 */
export function adoptSocket(socket: WebSocket, connect: (port: ServerSocket) => Incoming): void {
  new NativeSocket(socket, connect).listen();
}

const EVENTS = ["open", "message", "close", "error"];

/**
 * The port and the one listener of all events in one object: eight closures for each of thousands
 * of sockets weigh more than all else the signaling keeps of them.
 */
class NativeSocket implements ServerSocket {
  #incoming: Incoming | null = null;
  readonly #socket: WebSocket;
  readonly #connect: (port: ServerSocket) => Incoming;

  constructor(socket: WebSocket, connect: (port: ServerSocket) => Incoming) {
    this.#socket = socket;
    this.#connect = connect;
  }

  listen(): void {
    for (const type of EVENTS) this.#socket.addEventListener(type, this);
    if (this.#socket.readyState === WebSocket.OPEN) this.#start();
  }

  send(frame: string): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    try {
      this.#socket.send(frame);
    } catch {
      // It has ended since; `closed` or the silence will tell.
    }
  }

  close(code: number, reason: string): void {
    try {
      this.#socket.close(code, reason);
    } catch {
      // It was never opened, or has ended.
    }
  }

  get buffered(): number {
    return this.#socket.bufferedAmount;
  }

  /** What the socket's events call (DOM, `EventListenerObject`). */
  handleEvent(event: Event): void {
    switch (event.type) {
      case "open":
        return void this.#start();
      case "message":
        return this.#start().receive((event as MessageEvent).data);
      default:
        this.#incoming?.closed();
    }
  }

  #start(): Incoming {
    return this.#incoming ??= this.#connect(this);
  }
}
