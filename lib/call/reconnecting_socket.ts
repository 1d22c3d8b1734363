/**
 * One socket kept up: opens it, notices when it is dead, waits and opens the next. What is said over
 * it is its owner's business.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import {
  CLOSE_FATAL,
  type FatalReason,
  PING_EVERY_MS,
  type RetryReason,
  SILENT_AFTER_MS,
} from "../protocol/limits.ts";
import { drainWaitMs, randomFraction, reconnectWaitMs } from "./backoff.ts";
import type { LinkStatus } from "./link.ts";
import type { ClientSocket, Env, Undo } from "./ports.ts";

export type SocketEnv = Pick<
  Env,
  "clock" | "openSocket" | "signalUrl" | "random" | "page" | "log"
>;

export interface SocketOwner {
  /** A new socket is open: nothing was said on it yet. */
  opened(): void;
  frame(data: unknown): void;
  /** The socket is gone; unless `status` is closed another one follows. */
  lost(): void;
}

/** After something happened to page or network, a live server is heard of within one ping. */
const DOUBTFUL_AFTER_MS = 1.5 * PING_EVERY_MS;
/**
 * A system asks an address that swallows everything again after 1, 3 and 7 s: whoever begins anew
 * before that is through at most 2 s after the network is back.
 */
const OPEN_WITHIN_MS = 5_000;
/** A live server answers a question within one round trip; a needless new socket costs two. */
export const ANSWER_WITHIN_MS = 1_000;
const FATAL: readonly string[] = [
  "replaced",
  "version",
  "abuse",
  "removed",
  "no-hello",
] satisfies FatalReason[];
const DRAINING: RetryReason = "draining";

export class ReconnectingSocket {
  readonly #env: SocketEnv;
  readonly #owner: SocketOwner;
  readonly #status: Signal<LinkStatus> = signal<LinkStatus>({ is: "idle" });
  readonly #undo: Undo[] = [];
  #socket: ClientSocket | null = null;
  #open = false;
  #draining = false;
  #attempt = 0;
  #heardAtMs = 0;
  /** The page or its network changed since something was heard last. */
  #doubtful = false;
  /** By when something must be heard, as something was asked; null where nothing was. */
  #answerByMs: number | null = null;
  #cancelDial: Undo | null = null;
  #cancelWatch: Undo | null = null;

  constructor(env: SocketEnv, owner: SocketOwner) {
    this.#env = env;
    this.#owner = owner;
    const wake = () => this.retry();
    this.#undo.push(
      env.page.onOnline(wake),
      env.page.onVisible(wake),
      env.page.onNetworkChange(() => this.#doubt()),
    );
  }

  get status(): ReadonlySignal<LinkStatus> {
    return this.#status;
  }

  /** Opens the first socket, or the first one after a fatal end. Idempotent. */
  start(): void {
    const { is } = this.#status.value;
    if (is !== "idle" && is !== "closed") return;
    this.#attempt = 0;
    this.#connectingSince(this.#env.clock.now());
    this.#dial();
  }

  /** Sends a frame if the socket is open, and says whether it was. */
  send(frame: string): boolean {
    if (!this.#open || this.#socket === null) return false;
    this.#socket.send(frame);
    return true;
  }

  /** True when nothing waits to be given to the network: volatile messages may go. */
  get clear(): boolean {
    return this.#open && this.#socket?.buffered === 0;
  }

  /** The server took the session in: the link is open, and the next waits start from the least. */
  accepted(): void {
    this.#attempt = 0;
    if (this.#status.value.is !== "open") this.#status.value = { is: "open" };
  }

  /** The server goes away: the next wait is spread, so that not all come back at once. */
  expectDrain(): void {
    this.#draining = true;
  }

  /** Drops waiting and tries at once; doubts a socket that is open. */
  retry(): void {
    if (this.#cancelDial !== null) this.#dial();
    else this.#doubt();
  }

  /** What was just said a live server answers at once: without a sign of it the socket is dead. */
  expectAnswer(): void {
    if (!this.#open) return;
    this.#answerByMs ??= this.#env.clock.now() + ANSWER_WITHIN_MS;
    this.#watch();
  }

  /** Gives the socket up for another one, at once. */
  renew(): void {
    if (this.#socket === null) return this.retry();
    this.#drop();
    this.#lose(0);
  }

  /** Ends it for good, until `start` is called again. */
  end(why: FatalReason): void {
    this.#drop();
    this.#status.value = { is: "closed", why };
    this.#owner.lost();
  }

  dispose(): void {
    for (const undo of this.#undo.splice(0)) undo();
    this.#drop();
    this.#status.value = { is: "idle" };
  }

  #dial(): void {
    this.#stopTimers();
    this.#hear();
    this.#draining = false;
    const isMine = () => this.#socket === socket;
    const socket = this.#env.openSocket(this.#env.signalUrl, {
      open: () => {
        if (!isMine()) return;
        this.#open = true;
        this.#hear();
        this.#watch();
        this.#owner.opened();
      },
      message: (data) => {
        if (!isMine()) return;
        this.#hear();
        this.#owner.frame(data);
      },
      close: (code, reason) => {
        if (isMine()) this.#closed(code, reason);
      },
    });
    this.#socket = socket;
    this.#watch();
  }

  #closed(code: number, reason: string): void {
    this.#env.log("info", `signaling socket closed: ${code} ${reason}`);
    if (code === CLOSE_FATAL) {
      // An unknown reason is of a newer server: this page is too old to know it.
      return this.end(FATAL.includes(reason) ? reason as FatalReason : "version");
    }
    this.#drop();
    const fraction = randomFraction(this.#env.random);
    this.#lose(
      this.#draining || reason === DRAINING
        ? drainWaitMs(fraction)
        : reconnectWaitMs(this.#attempt++, fraction),
    );
  }

  /** The socket is gone already; another follows after `waitMs`. */
  #lose(waitMs: number): void {
    if (this.#status.value.is === "open") this.#connectingSince(this.#env.clock.now());
    this.#cancelDial = this.#env.clock.after(waitMs, () => this.#dial());
    this.#owner.lost();
  }

  /** Lets go of the socket without waiting for its `close`, which may never come. */
  #drop(): void {
    this.#stopTimers();
    const socket = this.#socket;
    this.#socket = null;
    this.#open = false;
    socket?.close();
  }

  #stopTimers(): void {
    this.#cancelDial?.();
    this.#cancelDial = null;
    this.#cancelWatch?.();
    this.#cancelWatch = null;
  }

  #hear(): void {
    this.#heardAtMs = this.#env.clock.now();
    this.#doubtful = false;
    this.#answerByMs = null;
  }

  #doubt(): void {
    if (this.#socket === null) return;
    this.#doubtful = true;
    this.#watch();
  }

  /** Gives up a socket from which nothing comes: the server pings, so silence means it is dead. */
  #watch(): void {
    this.#cancelWatch?.();
    const limitMs = this.#open
      ? this.#doubtful ? DOUBTFUL_AFTER_MS : SILENT_AFTER_MS
      : OPEN_WITHIN_MS;
    const nowMs = this.#env.clock.now();
    // Set back meanwhile: for how long it was silent is not known, so that is counted anew.
    this.#heardAtMs = Math.min(nowMs, this.#heardAtMs);
    const leftMs = Math.min(this.#heardAtMs + limitMs, this.#answerByMs ?? Infinity) - nowMs;
    if (leftMs <= 0) {
      this.#env.log("info", "signaling socket silent");
      return this.renew();
    }
    this.#cancelWatch = this.#env.clock.after(leftMs, () => this.#watch());
  }

  #connectingSince(sinceMs: number): void {
    this.#status.value = { is: "connecting", sinceMs };
  }
}
