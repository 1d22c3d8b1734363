/** Randomness from a seed: the same seed gives the same run. Never for secrets. */

/** A source of numbers and what tests need of them. */
export interface Seeded {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  below(below: number): number;
  /** One of the items, of which there must be at least one. */
  pick<T>(items: readonly T[]): T;
  /** True once in `times` on average. */
  oneIn(times: number): boolean;
  /** Fills the bytes, as `crypto.getRandomValues`; may be passed on without its owner. */
  readonly bytes: (bytes: Uint8Array) => void;
}

/**
 * Mulberry32 (Tommy Ettinger's generator of 32 bits of state): small, fast, even enough for tests.
 *
 * @param seed any whole number; its low 32 bits count
 */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** A seeded source; sources of different seeds are independent of each other. */
export function seeded(seed: number): Seeded {
  const next = mulberry32(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    pick: (items) => items[below(items.length)],
    oneIn: (times) => below(times) === 0,
    bytes: (bytes) => {
      for (let i = 0; i < bytes.length; i++) bytes[i] = below(256);
    },
  };
}
