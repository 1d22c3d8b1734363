/**
 * A pair of sockets flushed by hand: what one side sends waits in a queue until the test lets it
 * through, so that a test decides the order of everything, and may lose it.
 *
 * The two halves satisfy the ports of both sides by shape: the server's `{send, close, buffered}`,
 * and the client's with `SocketHandlers`. As with real WebSockets, a side that closes hears no more
 * frames, the other side hears of it after what was sent before, and each hears `close` once.
 */

/** What a side is told; the client's `SocketHandlers` by shape. */
export interface Ears {
  open?(): void;
  message(data: unknown): void;
  close(code: number, reason: string): void;
}

/** One side, as the code under test holds it. */
export interface HalfSocket {
  send(frame: string): void;
  close(code?: number, reason?: string): void;
  readonly buffered: number;
}

type Parcel = { readonly frame: string } | { readonly code: number; readonly reason: string };

class Side {
  readonly inbox: Parcel[] = [];
  ears: Ears | null = null;
  other!: Side;
  /** The network swallows what comes to this side. */
  deaf = false;
  /** This side has closed, or has heard of an end: it sends and is told no more frames. */
  ended = false;
  /** `close` was told: once, whatever happens. */
  #told = false;

  send(frame: string): void {
    if (!this.ended) this.other.post({ frame });
  }

  close(code = 1005, reason = ""): void {
    if (new TextEncoder().encode(reason).length > 123) throw new SyntaxError("reason too long");
    if (this.ended) return;
    this.ended = true;
    this.other.post({ code, reason });
  }

  post(parcel: Parcel): void {
    if (!this.deaf) this.inbox.push(parcel);
  }

  /** Bytes sent and not let through yet, as `bufferedAmount`. */
  get buffered(): number {
    let bytes = 0;
    for (const parcel of this.other.inbox) if ("frame" in parcel) bytes += parcel.frame.length;
    return bytes;
  }

  /** Hands on the oldest parcel; false when there was none. */
  take(): boolean {
    const parcel = this.inbox.shift();
    if (parcel === undefined) return false;
    if ("frame" in parcel) {
      if (!this.ended) this.ears?.message(parcel.frame);
    } else {
      // The closing handshake: the side that asked hears of the end when the other has answered.
      if (!this.ended) this.other.post(parcel);
      this.end(parcel.code, parcel.reason);
    }
    return true;
  }

  end(code: number, reason: string): void {
    this.ended = true;
    if (this.#told) return;
    this.#told = true;
    this.ears?.close(code, reason);
  }

  lose(): void {
    this.inbox.length = 0;
    this.deaf = true;
  }
}

/** Two connected sockets and the hands that move what is between them. */
export class SocketPair {
  readonly #client = new Side();
  readonly #server = new Side();

  constructor() {
    this.#client.other = this.#server;
    this.#server.other = this.#client;
  }

  get client(): HalfSocket {
    return this.#client;
  }

  get server(): HalfSocket {
    return this.#server;
  }

  /** Says who listens on the client's side, and that the socket is open. */
  listenClient(ears: Ears): void {
    this.#client.ears = ears;
    ears.open?.();
  }

  listenServer(ears: Ears): void {
    this.#server.ears = ears;
    ears.open?.();
  }

  /** Lets at most `frames` through to the server; returns how many went. */
  toServer(frames = Infinity): number {
    return flush(this.#server, frames);
  }

  /** Lets at most `frames` through to the client; returns how many went. */
  toClient(frames = Infinity): number {
    return flush(this.#client, frames);
  }

  /** Lets everything through, answers included; returns how many frames went. */
  flush(): number {
    let count = 0;
    for (let went = -1; went !== 0;) count += went = this.toServer() + this.toClient();
    return count;
  }

  get waitingToServer(): number {
    return this.#server.inbox.length;
  }

  get waitingToClient(): number {
    return this.#client.inbox.length;
  }

  /** Loses everything under way; each side hears `close` with 1006, as after a broken network. */
  cut(): void {
    this.halfOpen();
    this.#client.end(1006, "");
    this.#server.end(1006, "");
  }

  /** The client's side breaks and hears 1006; the server's side hears nothing, as a half-open TCP. */
  dropClient(): void {
    this.halfOpen();
    this.#client.end(1006, "");
  }

  /** The server's side breaks and hears 1006; the client's side hears nothing. */
  dropServer(): void {
    this.halfOpen();
    this.#server.end(1006, "");
  }

  /** Loses everything under way and what is sent from now on; nobody hears of it. */
  halfOpen(): void {
    this.#client.lose();
    this.#server.lose();
  }
}

function flush(side: Side, frames: number): number {
  let count = 0;
  while (count < frames && side.take()) count++;
  return count;
}
