/** The lines to everybody in the room: made and ended as endpoints come and go, watched together. */
import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals-core";
import { type EndpointId, mintId, type SeatId } from "../protocol/ids.ts";
import type { EndpointView, IceServer, SignalEvent } from "../protocol/messages.ts";
import { Line, type LineContext } from "./line.ts";
import type { SignalingLink } from "./link.ts";
import type { Env, Undo } from "./ports.ts";
import { budgetFor } from "./quality.ts";
import type { Tracks } from "./senders.ts";

export const BEAT_EVERY_MS = 1_000;
const LOOK_EVERY_MS = 250;

export interface Self {
  readonly seat: SeatId;
  readonly endpoint: EndpointId;
}

/** Told what came from an endpoint and may have been lost as well; not looked at yet. */
export type FastListener = (from: EndpointId, data: unknown) => void;

export class Lines {
  readonly #env: Env;
  readonly #link: SignalingLink;
  readonly #outgoing: ReadonlySignal<Tracks>;
  readonly #lines = signal<ReadonlyMap<EndpointId, Line>>(new Map());
  readonly #ice = signal<readonly IceServer[]>([]);
  readonly #undo: Undo[] = [];
  #context: LineContext | null = null;
  #timers: Undo[] = [];
  #onFast: FastListener | null = null;

  readonly all: ReadonlySignal<ReadonlyMap<EndpointId, Line>> = this.#lines;

  constructor(env: Env, link: SignalingLink, outgoing: ReadonlySignal<Tracks>) {
    this.#env = env;
    this.#link = link;
    this.#outgoing = outgoing;
    const nudge = () => this.#each((line) => line.nudge());
    const look = () => this.#each((line) => line.flat && line.nudge());
    let opened = false;
    this.#undo.push(
      env.page.onOnline(nudge),
      env.page.onNetworkChange(nudge),
      // After a sleep the path is flat; a tab that was only hidden is left alone.
      env.page.onVisible(look),
      env.page.onShow(look),
      effect(() => {
        const open = link.status.value.is === "open";
        if (open && !opened) untracked(look);
        opened = open;
      }),
    );
  }

  /** A fresh endpoint: every line of before is of no use. */
  enter(self: Self, certificate: RTCCertificate | null, ice: readonly IceServer[]): void {
    this.clear();
    this.#ice.value = ice;
    this.#context = this.#newContext(self.endpoint, certificate);
    const { clock } = this.#env;
    this.#timers = [
      clock.every(BEAT_EVERY_MS, () => this.#each((line) => line.beat())),
      clock.every(LOOK_EVERY_MS, () => this.#each((line) => line.tick())),
    ];
  }

  /**
   * Brings the lines in agreement with who is there. A line whose endpoint is still listed is kept.
   *
   * @param offers true when we make the first offer to whoever has no line yet
   */
  reconcile(endpoints: readonly EndpointView[], offers: boolean): void {
    const context = this.#context;
    if (!context) return;
    const before = this.#lines.peek();
    const after = new Map<EndpointId, Line>();
    for (const { endpoint, presence } of endpoints) {
      const line = before.get(endpoint) ?? new Line(context, endpoint, offers);
      line.setPresence(presence);
      after.set(endpoint, line);
    }
    for (const [endpoint, line] of before) if (!after.has(endpoint)) line.dispose();
    const same = before.size === after.size && [...after.keys()].every((id) => before.has(id));
    if (!same) this.#lines.value = after;
  }

  handle({ from, type: _type, p: _p, n: _n, ...body }: SignalEvent): void {
    this.#lines.peek().get(from)?.handle(body);
  }

  /** Whether the server would tell of those who come back. */
  get inTouch(): boolean {
    return this.#link.status.peek().is === "open";
  }

  /** Settles once every first offer of ours is sent. */
  async begun(): Promise<void> {
    await Promise.all([...this.#lines.peek().values()].map((line) => line.begun));
  }

  /** After a resume that may have lost what we sent. */
  resend(): void {
    this.#each((line) => line.resend());
  }

  /** Says to everybody what may be lost. */
  sendFast(data: string): void {
    this.#each((line) => line.sendFast(data));
  }

  /** Has `listener`, and nobody else, told what the others say so. */
  onFast(listener: FastListener): Undo {
    this.#onFast = listener;
    return () => this.#onFast = null;
  }

  setIceServers(servers: readonly IceServer[]): void {
    this.#ice.value = servers;
    this.#each((line) => line.setIceServers(browserServers(servers)));
  }

  /** Ends every connection. */
  clear(): void {
    for (const stop of this.#timers) stop();
    this.#timers = [];
    this.#context = null;
    this.#each((line) => line.dispose());
    if (this.#lines.peek().size > 0) this.#lines.value = new Map();
  }

  dispose(): void {
    this.clear();
    for (const undo of this.#undo) undo();
  }

  #each(task: (line: Line) => unknown): void {
    for (const line of this.#lines.peek().values()) task(line);
  }

  #newContext(self: EndpointId, certificate: RTCCertificate | null): LineContext {
    const { clock, rtc, random, log } = this.#env;
    return {
      clock,
      self,
      newConnection: () =>
        rtc.newConnection({
          iceServers: browserServers(this.#ice.peek()),
          bundlePolicy: "max-bundle",
          ...certificate && { certificates: [certificate] },
        }),
      mintId: () => mintId(random),
      send: (to, body) => this.#link.sendSignal(to, body),
      askIce: () => this.#link.askIce(),
      fast: (from, data) => this.#onFast?.(from, data),
      outgoing: this.#outgoing,
      budget: computed(() => budgetFor(this.#lines.value.size + 1)),
      connected: computed(() => this.#link.status.value.is === "open"),
      relay: computed(() =>
        this.#ice.value.some(({ urls }) => urls.some((url) => /^turns?:/.test(url)))
      ),
      log: (text) => log("debug", text),
    };
  }
}

function browserServers(servers: readonly IceServer[]): RTCIceServer[] {
  return servers.map(({ urls, ...rest }) => ({ urls: [...urls], ...rest }));
}
