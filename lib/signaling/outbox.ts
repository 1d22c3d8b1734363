/**
 * The sending half of a connection. Never more than 256 KiB wait for one socket; state messages
 * are replaced by later ones while it is behind, volatile ones are left out.
 */
import { SEND_QUEUE_BYTES } from "../protocol/limits.ts";
import { type ServerMessage } from "../protocol/messages.ts";
import { write } from "../protocol/frame.ts";
import type { ServerSocket } from "./ports.ts";

/** From here on state messages wait, so that events are not held up by what is soon outdated. */
export const BEHIND_BYTES = 64 * 1024;

/** At most, in UTF-8. */
const BYTES_PER_LETTER = 3;

/** Makes the frame when it is sent; null when there is nothing to say any more. */
export type Render = () => string | null;

export class Outbox {
  readonly #socket: ServerSocket;
  readonly #overflow: () => void;
  /** The number to tell as `settled` with the next frame; 0: none. */
  #settled = 0;
  /**
   * At most so many bytes wait in the socket: those it told of when last asked, and all since.
   * Asking costs nearly as much as sending, so it is done only when this comes to the limit.
   */
  #waitingAtMost = 0;
  /** Made while the socket is behind; by what the state is about. */
  #waiting: Map<string, Render> | null = null;
  #closed = false;

  /** @param overflow runs when the queue is full: the socket must be given up */
  constructor(socket: ServerSocket, overflow: () => void) {
    this.#socket = socket;
    this.#overflow = overflow;
  }

  send(message: ServerMessage): void {
    this.frame(write(message));
  }

  /** Sends a frame, with `settled` in it if that is to be told. */
  frame(frame: string): void {
    if (this.#closed) return;
    const text = this.#settled === 0 ? frame : this.#withSettled(frame);
    const bytes = text.length * BYTES_PER_LETTER;
    if (this.#waitingAtMost + bytes > SEND_QUEUE_BYTES) {
      this.#waitingAtMost = this.#socket.buffered;
      if (this.#waitingAtMost + text.length > SEND_QUEUE_BYTES) return this.#overflow();
    }
    this.#waitingAtMost += bytes;
    this.#socket.send(text);
  }

  /** Sends what is true now, at once or when the socket has caught up; the latest wins. */
  state(about: string, render: Render): void {
    if (this.#socket.buffered > BEHIND_BYTES) {
      this.#waiting ??= new Map();
      this.#waiting.delete(about);
      this.#waiting.set(about, render);
      return;
    }
    this.#waiting?.delete(about);
    this.#render(render);
  }

  /** Sends what is worth nothing later. */
  volatile(frame: string): void {
    if (this.#socket.buffered === 0) this.frame(frame);
  }

  /** Takes note of what to tell as settled. True when it was nothing before. */
  settle(n: number): boolean {
    const first = this.#settled === 0;
    this.#settled = Math.max(n, this.#settled);
    return first;
  }

  /** Another endpoint begins, or none is left: what was to be told was about the old one. */
  forget(): void {
    this.#settled = 0;
    this.#waiting = null;
  }

  /** Tells `settled` alone if no frame has taken it along. */
  flushSettled(): void {
    if (this.#settled > 0) this.send({ type: "ack" });
  }

  /** Sends states that waited, if the socket has caught up. */
  flushStates(): void {
    if (this.#waiting === null || this.#socket.buffered > BEHIND_BYTES) return;
    const waiting = this.#waiting;
    this.#waiting = null;
    for (const [about, render] of waiting) this.state(about, render);
  }

  /** Closes the socket; whatever is sent from now on goes nowhere. Only the first call counts. */
  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.end();
    this.#socket.close(code, cutReason(reason));
  }

  /** The socket is gone. */
  end(): void {
    this.#closed = true;
    this.#waiting = null;
  }

  #render(render: Render): void {
    const frame = render();
    if (frame !== null) this.frame(frame);
  }

  #withSettled(frame: string): string {
    const settled = this.#settled;
    this.#settled = 0;
    return `${frame.slice(0, -1)},"settled":${settled}}`;
  }
}

/** A close reason over 123 bytes of UTF-8 throws (RFC 6455, 5.5); ours are words of ASCII. */
export function cutReason(reason: string): string {
  return reason.replace(/[^\x20-\x7e]/g, "?").slice(0, 123);
}
