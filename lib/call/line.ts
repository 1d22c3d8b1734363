/**
 * The line to one endpoint: outlives its connections. It counts them (`conn`), builds a new one
 * when either side asks for it, watches the path and repairs it.
 */
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import type { EndpointId } from "../protocol/ids.ts";
import type { Presence, SignalBody } from "../protocol/messages.ts";
import type { Link } from "./model.ts";
import {
  asked,
  checkPath,
  failed,
  FLAT_AFTER_MS,
  heard,
  isFlat,
  isLate,
  linkOf,
  newPath,
  nudged,
  type Path,
  type PathFacts,
  renewed,
} from "./path.ts";
import { Peer } from "./peer.ts";
import type { Clock, Undo } from "./ports.ts";
import { type Budget, restrained, startingBudget, WARM_UP_MS } from "./quality.ts";
import type { Tracks } from "./senders.ts";
import type { StatsRecord } from "./stats.ts";

/** What all lines of a page share. */
export interface LineContext {
  readonly clock: Clock;
  readonly self: EndpointId;
  newConnection(): RTCPeerConnection;
  mintId(): string;
  send(to: EndpointId, body: SignalBody): void;
  /** Asks for fresh ICE servers; they come through `setIceServers`. */
  askIce(): void;
  /** What came from an endpoint over the channel for what may be lost, beats aside. */
  fast(from: EndpointId, data: unknown): void;
  readonly outgoing: ReadonlySignal<Tracks>;
  readonly budget: ReadonlySignal<Budget>;
  /** Whether our own socket is open. */
  readonly connected: ReadonlySignal<boolean>;
  /** Whether a TURN server is configured. */
  readonly relay: ReadonlySignal<boolean>;
  log(text: string): void;
}

/** So that descriptions which never fit do not make connections as fast as the machine can. */
const BROKEN_WAIT_MS = 1_000;
const NO_TRACKS: Tracks = new Map();

export class Line {
  readonly endpoint: EndpointId;
  readonly #context: LineContext;
  readonly #impolite: boolean;
  readonly #path: Signal<Path>;
  readonly #nowMs: Signal<number>;
  readonly #presence = signal<Presence>("present");
  readonly #tracks = signal<Tracks>(NO_TRACKS);
  readonly #undo: Undo[] = [];
  /** Whether this connection has carried long enough for the whole budget. */
  readonly #warm = signal(false);
  /** When this connection began to carry, in ms; null before. */
  #carriesSinceMs: number | null = null;
  #cool: Undo = () => {};
  #peer: Peer;
  /** RTP bytes at the last look; null when beats made a look needless. */
  #bytes: number | null = null;
  #disposed = false;
  /** Whether the silence there is now was followed up. */
  #doubted = false;

  /** What they send, by label; of the newest connection that carries anything. */
  readonly tracks: ReadonlySignal<Tracks> = this.#tracks;
  readonly link: ReadonlySignal<Link>;
  /** Set by whoever measures the connection. */
  readonly weak = signal(false);
  readonly relayed = signal(false);
  /** How many steps below the budget they are sent. */
  readonly restraint = signal(0);
  /** What they are sent at most. */
  readonly budget: ReadonlySignal<Budget>;

  /** @param offers true when we are the newcomer */
  constructor(context: LineContext, endpoint: EndpointId, offers: boolean) {
    this.endpoint = endpoint;
    this.#context = context;
    this.#impolite = context.self > endpoint;
    const nowMs = context.clock.now();
    this.#path = signal(newPath(nowMs));
    this.#nowMs = signal(nowMs);
    this.link = steady(() => this.#readLink());
    this.budget = computed(() => {
      const budget = restrained(context.budget.value, this.restraint.value);
      return this.#warm.value ? budget : startingBudget(budget);
    });
    this.#peer = this.#build(1, offers);
    this.#undo.push(
      effect(() => this.#peer.setTracks(context.outgoing.value)),
      effect(() => this.#peer.setBudget(this.budget.value)),
      () => this.#cool(),
    );
  }

  handle(body: SignalBody): void {
    if (body.conn < this.#peer.conn) return;
    // Measured: a new connection's offer that meets the other's old one hangs in DTLS.
    if (body.conn > this.#peer.conn) this.#renew(body.conn, false);
    // Measured: Chromium that rolls back its very first offer may gather no candidate ever after.
    else if (body.desc?.type === "offer" && this.#peer.givesWay) this.#renew(body.conn, false);
    this.#peer.handle(body);
    if (body.restart) this.#asked();
  }

  setPresence(presence: Presence): void {
    const before = this.#presence.peek();
    this.#presence.value = presence;
    if (before === "present" || presence !== "present") return;
    // What was sent while they were away may have been given up.
    this.#peer.resend();
    if (this.flat) this.nudge();
  }

  /** True when nothing came for 2 s or ever. */
  get flat(): boolean {
    return isFlat(this.#path.peek(), this.#context.clock.now());
  }

  beat(): void {
    this.#peer.beat();
  }

  /** Says what may be lost. */
  sendFast(data: string): void {
    this.#peer.sendFast(data);
  }

  /** For how long this connection has carried anything, in ms; null: not yet. */
  get carriedMs(): number | null {
    const since = this.#carriesSinceMs;
    return since === null ? null : this.#context.clock.now() - since;
  }

  /** The records of `getStats` of the connection as it is now. */
  async stats(): Promise<StatsRecord[]> {
    const records: StatsRecord[] = [];
    (await this.#peer.stats()).forEach((record: StatsRecord) => records.push(record));
    return records;
  }

  level(): number {
    return this.flat ? 0 : this.#peer.level();
  }

  /** Settles once the connection's first offer is sent; at once where we make none. */
  get begun(): Promise<void> {
    return this.#peer.begun;
  }

  /** A few times a second: looks whether the path holds, and does what is due. */
  async tick(): Promise<void> {
    await this.#listenForRtp();
    if (this.#disposed) return;
    if (this.#peer.closed) return this.#renew(this.#peer.conn + 1, true);
    this.#doubt();
    const { path, act } = checkPath(this.#path.peek(), this.#facts(), this.#context.clock.now());
    this.#path.value = path;
    this.#nowMs.value = this.#context.clock.now();
    if (!act) return;
    this.#context.log(`path to ${this.endpoint}: ${act}`);
    if (path.everHeard) this.#context.askIce();
    if (act === "renew") this.#renew(this.#peer.conn + 1, true);
    else if (act === "restart") this.#peer.restart();
    else this.#peer.askRestart();
  }

  /** The network changed, or may have: repair begins now, silence or not. */
  nudge(): void {
    this.#path.value = nudged(this.#path.peek(), this.#context.clock.now());
    this.tick();
  }

  /** Signaling is back and may have lost what we sent. */
  resend(): void {
    this.#peer.resend();
  }

  setIceServers(servers: RTCIceServer[]): void {
    this.#peer.setIceServers(servers);
  }

  dispose(): void {
    this.#disposed = true;
    for (const undo of this.#undo) undo();
    this.#peer.close();
  }

  #build(conn: number, offers: boolean): Peer {
    const context = this.#context;
    const peer: Peer = new Peer(
      {
        connection: context.newConnection(),
        conn,
        polite: !this.#impolite,
        offers,
        tracks: context.outgoing.peek(),
        budget: this.budget.peek(),
        mintId: context.mintId,
      },
      {
        send: (body) => context.send(this.endpoint, body),
        tracks: (tracks) => this.#tracks.value = tracks,
        heard: () => this.#heard(),
        fast: (data) => context.fast(this.endpoint, data),
        connectionState: (state) => {
          if (state === "connected") {
            this.#warmUp();
            this.#heard();
          }
          if (state === "failed") this.#failed();
        },
        broken: (error) => {
          context.log(`connection ${conn} to ${this.endpoint} is broken: ${error}`);
          this.#undo.push(context.clock.after(BROKEN_WAIT_MS, () => {
            if (peer === this.#peer) this.#renew(conn + 1, true);
          }));
        },
        log: context.log,
      },
    );
    return peer;
  }

  #renew(conn: number, offers: boolean): void {
    if (this.#disposed) return;
    this.#peer.close();
    this.#cool();
    this.#warm.value = false;
    this.#carriesSinceMs = null;
    this.#path.value = renewed(this.#path.peek(), this.#context.clock.now());
    this.#peer = this.#build(conn, offers);
  }

  #warmUp(): void {
    this.#carriesSinceMs ??= this.#context.clock.now();
    this.#cool();
    this.#cool = this.#context.clock.after(WARM_UP_MS, () => this.#warm.value = true);
  }

  #asked(): void {
    const { path, due } = asked(this.#path.peek(), this.#context.clock.now());
    this.#path.value = path;
    if (due) this.#peer.restart();
  }

  #failed(): void {
    this.#path.value = failed(this.#path.peek(), this.#context.clock.now());
    this.tick();
  }

  #heard(): void {
    const nowMs = this.#context.clock.now();
    this.#path.value = heard(this.#path.peek(), nowMs);
    this.#nowMs.value = nowMs;
    this.#bytes = null;
  }

  /**
   * Asks the server once for each silence. Where the whole network went, our socket is as dead as
   * the path and does not say so: when the path is known to be flat, the next socket is open.
   */
  #doubt(): void {
    const late = isLate(this.#path.peek(), this.#context.clock.now());
    if (late && !this.#doubted) this.#context.askIce();
    this.#doubted = late;
  }

  /** Beats come every second; only when one is late is it worth asking the browser for packets. */
  async #listenForRtp(): Promise<void> {
    const { heardMs } = this.#path.peek();
    if (heardMs === null || this.#context.clock.now() - heardMs < FLAT_AFTER_MS / 2) return;
    const peer = this.#peer;
    const bytes = await peer.receivedBytes();
    if (peer !== this.#peer || this.#disposed) return;
    if (this.#bytes !== null && bytes > this.#bytes) this.#heard();
    this.#bytes = bytes;
  }

  #facts(): PathFacts {
    return {
      impolite: this.#impolite,
      theirSocket: this.#presence.value === "present",
      ourSocket: this.#context.connected.value,
    };
  }

  #readLink(): Link {
    return linkOf(this.#path.value, {
      ...this.#facts(),
      relay: this.#context.relay.value,
      leaving: this.#presence.value === "away",
    }, this.#nowMs.value);
  }
}

/** A link is read several times a second; views hear of it only when it is another one. */
function steady(read: () => Link): ReadonlySignal<Link> {
  let last: Link = { is: "connecting" };
  return computed(() => {
    const next = read();
    const why = (link: Link) => "why" in link ? link.why : null;
    if (next.is !== last.is || why(next) !== why(last)) last = next;
    return last;
  });
}
