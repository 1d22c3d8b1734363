/** How much anybody may ask of the server: token buckets, and caps on sockets. Pure. */

/** What fits at once, and how fast it comes back. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** Signals and chat: the burst is the candidates of a mesh of six, and what a resume sends again. */
export const EVENT_RATE: Rate = { burst: 300, perSecond: 60 };
/** Acknowledgements and pongs, which follow what others send. */
export const ANSWER_RATE: Rate = { burst: 600, perSecond: 120 };
/** Everything else a page may say: at most 60 in 10 s for long. */
export const OTHER_RATE: Rate = { burst: 60, perSecond: 6 };
/** Reactions: more than one sees, fewer than disturb. */
export const REACTION_RATE: Rate = { burst: 6, perSecond: 1 };
/** Frames that are no messages: above it the socket is closed for good. */
export const MALFORMED_RATE: Rate = { burst: 20, perSecond: 1 };

/** A token bucket; `tokens` as of `at`, ms since 1970. */
export interface Bucket {
  tokens: number;
  at: number;
}

export function fullBucket(rate: Rate, now: number): Bucket {
  return { tokens: rate.burst, at: now };
}

/** Takes one token, if there is one; a clock that went back gives none. */
export function take(bucket: Bucket, rate: Rate, now: number): boolean {
  const gained = Math.max(0, now - bucket.at) * rate.perSecond / 1000;
  bucket.tokens = Math.min(rate.burst, bucket.tokens + gained);
  bucket.at = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens--;
  return true;
}

export interface SocketCaps {
  readonly maxSockets: number;
  readonly maxSocketsPerAddress: number;
}

/** Counts sockets, in all and by address. */
export class SocketCount {
  readonly #byAddress = new Map<string, number>();
  #all = 0;

  constructor(private readonly caps: SocketCaps) {}

  get all(): number {
    return this.#all;
  }

  /** Why no further socket is taken from this address, or null. */
  refusal(address: string): "server" | "address" | null {
    if (this.#all >= this.caps.maxSockets) return "server";
    const here = this.#byAddress.get(address) ?? 0;
    return here >= this.caps.maxSocketsPerAddress ? "address" : null;
  }

  add(address: string): void {
    this.#all++;
    this.#byAddress.set(address, (this.#byAddress.get(address) ?? 0) + 1);
  }

  remove(address: string): void {
    this.#all--;
    const left = (this.#byAddress.get(address) ?? 1) - 1;
    if (left > 0) this.#byAddress.set(address, left);
    else this.#byAddress.delete(address);
  }
}
