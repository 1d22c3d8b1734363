/** How often what happened. */
export class Counter {
  readonly #counts: Map<string, number>;
  readonly #seen = new Set<string>();

  /** @param kinds all there are, so that what never happened is counted as 0 */
  constructor(kinds: readonly string[]) {
    this.#counts = new Map(kinds.map((kind) => [kind, 0]));
  }

  add(kind: string, times = 1): void {
    this.#counts.set(kind, this.of(kind) + times);
  }

  /** Counts it the first time `id` is named. */
  once(id: string, kind: string): void {
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    this.add(kind);
  }

  /** Adds what another counted. */
  merge(other: Counter): void {
    for (const [kind, times] of other.#counts) this.add(kind, times);
  }

  of(kind: string): number {
    const count = this.#counts.get(kind);
    if (count === undefined) throw new RangeError(`nobody counts ${kind}`);
    return count;
  }

  get all(): ReadonlyMap<string, number> {
    return this.#counts;
  }
}

/** Everything a run is to have seen; a kind that never happened proves nothing. */
export const KINDS = [
  "joins",
  "joins refused as full",
  "leaves",
  "reloads",
  "tabs closed",
  "crashes",
  "drops",
  "drops that lost frames",
  "drops one side noticed",
  "half-open sockets",
  "servers that say nothing",
  "outages",
  "outages longer than a seat is kept",
  "seats lost and had again",
  "delays of a second and more",
  "delays up to 5 s",
  "away and back",
  "tabs duplicated",
  "pages replaced",
  "sessions taken back",
  "second devices",
  "seats with two endpoints",
  "states said",
  "drains",
  "kills",
  "kills between acceptance and delivery",
  "newcomers between two resumes",
  "resumes",
  "events sent",
  "events said again",
  "events that came again",
  "events delivered",
  "logs folded twice",
] as const;
