/**
 * RTCPeerConnection as far as the engine uses it, by hand: signaling states with rollback, mids,
 * ICE credentials, candidates, negotiated data channels, DTLS that hangs when it meets a stranger.
 * Two of them connect over a `FakeNetwork` once descriptions and candidates were exchanged.
 */
import type { StatsRecord } from "../../lib/call/stats.ts";
import type { FakeTrack } from "./fake_media.ts";
import { FakeChannel, FakeTransceiver } from "./fake_rtc_parts.ts";

/** What every asynchronous operation waits for; tests put seeded delays here. */
export type Pause = () => Promise<void>;

export class FakeNetwork {
  pause: Pause = () => Promise.resolve();
  /** True while nothing passes between connections. */
  cut = false;
  /** Everything ever made, in order. */
  readonly made: FakePeerConnection[] = [];
  /** Own offers given up for the other's. */
  rollbacks = 0;
  readonly #byFragment = new Map<string, FakePeerConnection>();
  #names = 0;

  name(prefix: string): string {
    return `${prefix}${++this.#names}`;
  }

  newConnection(configuration: RTCConfiguration): RTCPeerConnection {
    const made = new FakePeerConnection(this, configuration);
    this.made.push(made);
    return made as unknown as RTCPeerConnection;
  }

  reachable(fragment: string, connection: FakePeerConnection): void {
    this.#byFragment.set(fragment, connection);
  }

  at(fragment: string | null): FakePeerConnection | undefined {
    return fragment === null ? undefined : this.#byFragment.get(fragment);
  }
}

interface Session {
  readonly type: "offer" | "answer";
  readonly origin: string;
  readonly version: number;
  readonly fragment: string;
  /** The offer's version, in an answer. */
  readonly of?: number;
  readonly sections: readonly { readonly mid: string; readonly kind: "audio" | "video" }[];
}

export class FakePeerConnection {
  signalingState: RTCSignalingState = "stable";
  connectionState: RTCPeerConnectionState = "new";
  localDescription: { type: "offer" | "answer"; sdp: string } | null = null;
  onnegotiationneeded: (() => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  onicecandidate:
    | ((event: { candidate: Partial<RTCIceCandidate> | null }) => void)
    | null = null;
  readonly id: string;
  readonly channels: FakeChannel[] = [];
  readonly candidates: RTCIceCandidateInit[] = [];
  transceivers: FakeTransceiver[] = [];
  /** Bytes of inbound RTP that `getStats` tells. */
  rtpBytes = 0;
  /** What else it tells. */
  records: readonly StatsRecord[] = [];
  restarts = 0;
  closed = false;
  #version = 0;
  #local: Session | null = null;
  #remote: Session | null = null;
  #pendingLocal: Session | null = null;
  #pendingRemote: Session | null = null;
  #newMids: FakeTransceiver[] = [];
  #restart = false;
  #channelsNegotiated = false;
  #needQueued = false;
  #dtls: string | null = null;
  #configuration: RTCConfiguration;

  constructor(readonly network: FakeNetwork, configuration: RTCConfiguration) {
    this.id = network.name("pc");
    this.#configuration = configuration;
  }

  /** The one at the other end, once connected. */
  get remote(): FakePeerConnection | undefined {
    return this.connectionState === "connected"
      ? this.network.at(this.#remote?.fragment ?? null)
      : undefined;
  }

  getConfiguration = () => this.#configuration;
  setConfiguration(configuration: RTCConfiguration): void {
    if (this.closed) throw new DOMException("closed", "InvalidStateError");
    this.#configuration = configuration;
  }
  getTransceivers = () => this.transceivers.filter(({ stopped }) => !stopped);
  getReceivers = () => this.getTransceivers().map(({ receiver }) => receiver);

  createDataChannel(label: string, init: RTCDataChannelInit): FakeChannel {
    const channel = new FakeChannel(this, label, init);
    this.channels.push(channel);
    this.#checkNeed();
    return channel;
  }

  addTransceiver(
    source: FakeTrack | "audio" | "video",
    init: RTCRtpTransceiverInit,
  ): FakeTransceiver {
    const track = typeof source === "string" ? null : source;
    const kind = typeof source === "string" ? source : source.kind;
    const made = new FakeTransceiver(this, kind, init.direction ?? "sendrecv", track);
    this.transceivers.push(made);
    this.#checkNeed();
    return made;
  }

  restartIce(): void {
    this.#restart = true;
    this.restarts++;
    this.#checkNeed();
  }

  async setLocalDescription(): Promise<void> {
    await this.network.pause();
    this.#assertOpen();
    if (this.signalingState === "have-remote-offer") this.#answer(this.#pendingRemote!);
    else this.#offer();
  }

  async setRemoteDescription({ type, sdp }: { type: string; sdp: string }): Promise<void> {
    await this.network.pause();
    this.#assertOpen();
    const session = read(type, sdp);
    if (type === "answer") return this.#applyAnswer(session);
    if (this.signalingState === "have-remote-offer") throw invalid("an offer is being answered");
    if (this.signalingState === "have-local-offer") this.#rollBack();
    for (const { mid, kind } of session.sections) {
      if (this.transceivers.some((each) => each.mid === mid)) continue;
      const made = new FakeTransceiver(this, kind, "recvonly", null);
      made.mid = mid;
      this.transceivers.push(made);
    }
    this.#pendingRemote = session;
    this.signalingState = "have-remote-offer";
  }

  async addIceCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    await this.network.pause();
    const remote = this.#pendingRemote ?? this.#remote;
    if (!remote) throw invalid("no remote description");
    if (candidate.usernameFragment !== remote.fragment) {
      throw new DOMException("unknown ufrag", "OperationError");
    }
    this.candidates.push(candidate);
    this.#connect();
  }

  getStats(): Promise<Map<string, unknown>> {
    const inbound = { id: "bytes", type: "inbound-rtp", bytesReceived: this.rtpBytes };
    return Promise.resolve(new Map([inbound, ...this.records].map((each) => [each.id, each])));
  }

  close(): void {
    this.closed = true;
    this.signalingState = "closed";
    this.connectionState = "closed";
    for (const channel of this.channels) channel.readyState = "closed";
  }

  /** As the browser would, some time after a cut. */
  fail(): void {
    this.#become("failed");
  }

  // ---- descriptions -----------------------------------------------------------------------------

  #offer(): void {
    if (this.signalingState !== "stable") throw invalid("not stable");
    this.#newMids = this.getTransceivers().filter(({ mid }) => mid === null);
    for (const each of this.#newMids) each.mid = this.#nextMid();
    const fragment = this.#local && !this.#restart
      ? this.#local.fragment
      : this.network.name("frag");
    this.#restart = false;
    this.#pendingLocal = this.#describe("offer", fragment);
    this.signalingState = "have-local-offer";
    this.localDescription = write(this.#pendingLocal);
    this.#gather(this.#pendingLocal);
  }

  #answer(offer: Session): void {
    const restarted = offer.fragment !== this.#remote?.fragment;
    const fragment = this.#local && !restarted ? this.#local.fragment : this.network.name("frag");
    const answer = this.#describe("answer", fragment, offer);
    this.localDescription = write(answer);
    this.#stand(answer, offer);
    this.#gather(answer);
  }

  #applyAnswer(answer: Session): void {
    const offer = this.#pendingLocal;
    if (this.signalingState !== "have-local-offer" || !offer) throw invalid("no offer is out");
    if (answer.of !== offer.version) throw invalid("an answer to another offer");
    this.#stand(offer, answer);
  }

  #stand(local: Session, remote: Session): void {
    this.#dtls ??= remote.origin;
    this.#local = local;
    this.#remote = remote;
    this.#pendingLocal = this.#pendingRemote = null;
    this.#newMids = [];
    this.#channelsNegotiated = true;
    this.signalingState = "stable";
    this.#connect();
    this.#checkNeed();
  }

  #rollBack(): void {
    this.network.rollbacks++;
    for (const each of this.#newMids) each.mid = null;
    this.#newMids = [];
    this.#restart ||= this.#local !== null && this.#pendingLocal?.fragment !== this.#local.fragment;
    this.#pendingLocal = null;
    this.localDescription = this.#local && write(this.#local);
  }

  #describe(type: "offer" | "answer", fragment: string, offer?: Session): Session {
    const sections = offer?.sections ??
      this.getTransceivers().filter(({ mid }) => mid !== null)
        .map(({ mid, kind }) => ({ mid: mid!, kind }));
    return {
      type,
      origin: this.id,
      version: ++this.#version,
      fragment,
      sections,
      ...offer && { of: offer.version },
    };
  }

  #nextMid(): string {
    const mids = this.transceivers.map(({ mid }) => Number(mid ?? -1));
    return String(Math.max(-1, ...mids) + 1);
  }

  // ---- the path ---------------------------------------------------------------------------------

  #gather(session: Session): void {
    this.network.reachable(session.fragment, this);
    const tell = async () => {
      await this.network.pause();
      if (this.closed) return;
      this.onicecandidate?.({
        candidate: {
          candidate: `candidate:1 1 udp 1 ${this.id} 9 typ host`,
          sdpMid: "0",
          sdpMLineIndex: 0,
          usernameFragment: session.fragment,
        },
      });
      this.onicecandidate?.({ candidate: null });
    };
    tell();
  }

  /** Both ends stand on each other's credentials and one of them has an address of the other. */
  #connect(): void {
    const other = this.network.at(this.#remote?.fragment ?? null);
    if (!other || this.network.cut || this.closed || other.closed || !this.#local) return;
    if (other.#remote?.fragment !== this.#local.fragment) return;
    if (this.candidates.length + other.candidates.length === 0) return;
    // Met a new connection while holding keys of an old one: DTLS never ends.
    if (this.#dtls !== other.id || other.#dtls !== this.id) return;
    for (const each of [this, other]) each.#become("connected");
  }

  #become(state: RTCPeerConnectionState): void {
    if (this.connectionState === state) return;
    this.connectionState = state;
    if (state === "connected") { for (const channel of this.channels) channel.readyState = "open"; }
    this.onconnectionstatechange?.();
  }

  // ---- negotiation needed -----------------------------------------------------------------------

  #checkNeed(): void {
    if (this.#needQueued) return;
    this.#needQueued = true;
    queueMicrotask(() => {
      this.#needQueued = false;
      if (this.signalingState === "stable" && this.#needed()) this.onnegotiationneeded?.();
    });
  }

  #needed(): boolean {
    return this.#restart || (this.channels.length > 0 && !this.#channelsNegotiated) ||
      this.getTransceivers().some(({ mid }) => mid === null);
  }

  #assertOpen(): void {
    if (this.closed) throw invalid("closed");
  }
}

function invalid(message: string): DOMException {
  return new DOMException(message, "InvalidStateError");
}

function write(session: Session): { type: "offer" | "answer"; sdp: string } {
  const lines = [
    `o=- ${session.origin} ${session.version}`,
    `a=ice-ufrag:${session.fragment}`,
    ...session.of === undefined ? [] : [`a=of:${session.of}`],
    ...session.sections.map(({ mid, kind }) => `m=${kind} ${mid}`),
  ];
  return { type: session.type, sdp: lines.join("\r\n") };
}

function read(type: string, sdp: string): Session {
  const [, origin, version] = /^o=- (\S+) (\d+)/m.exec(sdp)!;
  const of = /^a=of:(\d+)/m.exec(sdp)?.[1];
  return {
    type: type as "offer" | "answer",
    origin,
    version: Number(version),
    fragment: /^a=ice-ufrag:(\S+)/m.exec(sdp)![1],
    ...of !== undefined && { of: Number(of) },
    sections: [...sdp.matchAll(/^m=(audio|video) (\S+)/gm)].map(([, kind, mid]) => ({
      kind: kind as "audio" | "video",
      mid,
    })),
  };
}
