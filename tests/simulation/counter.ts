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

/** What may befall network, pages and server; all are counted, and one that never happened fails. */
export const FAULTS = [
  "reloads",
  "crashes",
  "drops",
  "drops one side noticed",
  "half-open sockets",
  "servers that say nothing",
  "outages",
  "outages longer than a seat is kept",
  "delays up to 5 s",
  "delays up to 5 s one way",
  "away and back",
  "tabs duplicated",
  "drains",
  "kills",
  "servers gone for minutes",
  "keys lost",
  "tokens expired",
  "server clocks set",
  "page clocks set",
  "pages frozen",
  "pages frozen for minutes",
  "networks changed",
  "events resent",
  "events told twice",
] as const;

/** What else a run is to have seen; a kind that never happened proves nothing. */
const SEEN = [
  "joins",
  "joins refused as full",
  "leaves",
  "leaves seen in time",
  "hidings seen in time",
  "tabs closed",
  "drops that lost frames",
  "drops in the midst of a batch",
  "two faults at once",
  "seats lost and had again",
  "seats had again by a reload",
  "delays of a second and more",
  "pages replaced",
  "sessions taken back",
  "second devices",
  "seats with two endpoints",
  "states said",
  "kills between acceptance and delivery",
  "newcomers between two resumes",
  "resumes",
  "events sent",
  "events said again",
  "events that came again",
  "events delivered",
  "logs folded twice",
] as const;

export const KINDS: readonly string[] = [...FAULTS, ...SEEN];
