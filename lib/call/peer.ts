/**
 * One RTCPeerConnection to one endpoint: mechanism only. What to do in a negotiation is decided in
 * `negotiation.ts`, whether the path holds in `path.ts`, when to build another one in `line.ts`.
 */
import type { SignalBody, TrackLabel } from "../protocol/messages.ts";
import {
  negotiate,
  type Negotiation,
  type NegotiationAct,
  type NegotiationInput,
  newNegotiation,
  usernameFragments,
} from "./negotiation.ts";
import type { Budget } from "./quality.ts";
import { SerialQueue } from "./queue.ts";
import { Senders, type Tracks } from "./senders.ts";

export interface PeerOptions {
  readonly connection: RTCPeerConnection;
  /** Which connection between the two endpoints this is, from 1. */
  readonly conn: number;
  readonly polite: boolean;
  /** True for who makes the first offer. */
  readonly offers: boolean;
  readonly tracks: Tracks;
  readonly budget: Budget;
  readonly mintId: () => string;
}

export interface PeerHandlers {
  send(body: SignalBody): void;
  /** What the other sends, by its own labels. */
  tracks(tracks: Tracks): void;
  connectionState(state: RTCPeerConnectionState): void;
  /** Something came over a data channel. */
  heard(): void;
  /** Something came over the one for what may be lost, beats aside; not looked at yet. */
  fast(data: unknown): void;
  /** A description could not be applied: this connection is of no more use. */
  broken(error: unknown): void;
  log(text: string): void;
}

/** Both sides open these by number, no negotiation needed (RFC 8832 is not used). */
const CONTROL = { negotiated: true, id: 0 } as const;
const FAST = { negotiated: true, id: 1, ordered: false, maxRetransmits: 0 } as const;
const BEAT = "beat";
/** Behind this much unsent data a beat says nothing about the path, and a pointer is late. */
const FAST_BACKLOG_BYTES = 1024;

export class Peer {
  readonly conn: number;
  /** Settles once our first offer is sent; at once where we make none. */
  readonly begun: Promise<void>;
  readonly #options: PeerOptions;
  readonly #handlers: PeerHandlers;
  readonly #connection: RTCPeerConnection;
  readonly #senders: Senders;
  readonly #queue: SerialQueue;
  readonly #fast: RTCDataChannel;
  readonly #control: RTCDataChannel;
  #negotiation: Negotiation;
  #offered: boolean;
  /** Whether they described anything yet. */
  #met = false;
  #received: Tracks = new Map();

  constructor(options: PeerOptions, handlers: PeerHandlers) {
    this.conn = options.conn;
    this.#options = options;
    this.#handlers = handlers;
    this.#connection = options.connection;
    this.#negotiation = newNegotiation(options.polite, options.offers);
    this.#offered = options.offers;
    this.#queue = new SerialQueue((error) => handlers.broken(error));
    this.#senders = new Senders(
      this.#connection,
      options.tracks,
      options.budget,
      (error) => handlers.log(`sender: ${error}`),
    );
    this.#control = this.#connection.createDataChannel("control", CONTROL);
    this.#fast = this.#connection.createDataChannel("fast", FAST);
    this.#listen();
    this.begun = options.offers ? this.#feed({ is: "needed" }) : Promise.resolve();
  }

  /** Polite, with a first offer made or in the making, and no word of theirs yet. */
  get givesWay(): boolean {
    return this.#options.polite && this.#offered && !this.#met;
  }

  /** What a signal of this very `conn` describes; a restart asked for is the line's to judge. */
  handle(body: SignalBody): void {
    const { desc, candidate, tracks } = body;
    if (desc) {
      this.#met = true;
      this.#feed({ is: "description", desc }, tracks);
    } else if (tracks) this.#queue.add(() => this.#label(tracks));
    if (candidate) this.#feed({ is: "candidate", candidate });
  }

  /** New ICE credentials; or, where our offer is still out, that offer again. */
  restart(): void {
    this.#feed({ is: "restart" });
  }

  /** Asks the impolite side to restart ICE. */
  askRestart(): void {
    this.resend();
    this.#handlers.send({ conn: this.conn, restart: true });
  }

  /** Sends again what the signaling may have lost. */
  resend(): void {
    this.#feed({ is: "lossy" });
  }

  setTracks(tracks: Tracks): void {
    this.#senders.set(tracks);
  }

  setBudget(budget: Budget): void {
    this.#senders.setBudget(budget);
  }

  /** True once the browser itself has closed it, as it may when its network process ends. */
  get closed(): boolean {
    return this.#connection.signalingState === "closed";
  }

  setIceServers(iceServers: RTCIceServer[]): void {
    if (this.closed) return; // it would refuse, and is about to be replaced
    this.#connection.setConfiguration({ ...this.#connection.getConfiguration(), iceServers });
  }

  beat(): void {
    this.sendFast(BEAT);
  }

  /** Says what may be lost: dropped where the channel is not open or has not kept up. */
  sendFast(data: string): void {
    if (this.#fast.readyState !== "open") return;
    if (this.#fast.bufferedAmount < FAST_BACKLOG_BYTES) this.#fast.send(data);
  }

  stats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  /** All bytes had so far, from `getStats`: only whether it grows says something. */
  async receivedBytes(): Promise<number> {
    let total = 0;
    const report = await this.stats();
    report.forEach((stats: { type: string; bytesReceived?: number }) => {
      if (stats.type === "inbound-rtp") total += stats.bytesReceived ?? 0;
    });
    return total;
  }

  /** How loud they are, 0 to 1. */
  level(): number {
    const track = this.#received.get("microphone");
    const receiver = this.#connection.getReceivers().find((each) => each.track === track);
    return Math.max(
      0,
      ...(receiver?.getSynchronizationSources() ?? []).map((each) => each.audioLevel ?? 0),
    );
  }

  close(): void {
    this.#queue.close();
    this.#senders.close();
    const connection = this.#connection;
    connection.onnegotiationneeded = null;
    connection.onicecandidate = null;
    connection.onconnectionstatechange = null;
    this.#control.onmessage = null;
    this.#fast.onmessage = null;
    connection.close();
  }

  #listen(): void {
    const connection = this.#connection;
    connection.onnegotiationneeded = () => this.#feed({ is: "needed" });
    connection.onicecandidate = ({ candidate }) => this.#sendCandidate(candidate);
    connection.onconnectionstatechange = () =>
      this.#handlers.connectionState(connection.connectionState);
    this.#control.onmessage = () => this.#handlers.heard();
    this.#fast.onmessage = ({ data }) =>
      data === BEAT ? this.#handlers.heard() : this.#handlers.fast(data);
  }

  #feed(input: NegotiationInput, tracks?: readonly TrackLabel[]): Promise<void> {
    return this.#queue.add(() => this.#run(input, tracks));
  }

  async #run(input: NegotiationInput, tracks?: readonly TrackLabel[]): Promise<void> {
    const { state, acts } = negotiate(this.#negotiation, input);
    this.#negotiation = state;
    for (const act of acts) {
      const result = await this.#perform(act, tracks);
      if (result) await this.#run(result);
    }
  }

  async #perform(
    act: NegotiationAct,
    tracks?: readonly TrackLabel[],
  ): Promise<NegotiationInput | null> {
    const connection = this.#connection;
    switch (act.do) {
      case "offer":
        this.#offered = true;
        this.#senders.prepare();
        if (act.restart) connection.restartIce();
        await connection.setLocalDescription();
        return { is: "offered", desc: this.#localDescription() };
      case "apply":
        // The browser rolls back our own offer by itself when it meets theirs.
        await connection.setRemoteDescription({ type: act.desc.type, sdp: act.desc.sdp });
        if (act.desc.type === "offer") this.#senders.adopt(tracks ?? []);
        else this.#senders.complete();
        this.#label(tracks ?? []);
        return { is: "applied", desc: act.desc };
      case "answer":
        await connection.setLocalDescription();
        this.#senders.complete();
        return { is: "answered", desc: { ...this.#localDescription(), re: act.offer } };
      case "send":
        this.#handlers.send({
          conn: this.conn,
          desc: act.desc,
          tracks: this.#senders.labels(),
        });
        return null;
      case "add":
        await connection.addIceCandidate(act.candidate).catch((error) => {
          // One that does not fit (an mDNS name, an address family we lack) is no loss.
          this.#handlers.log(`candidate: ${error}`);
        });
        return null;
    }
  }

  #localDescription() {
    const { type, sdp } = this.#connection.localDescription!;
    return { id: this.#options.mintId(), type: type as "offer" | "answer", sdp };
  }

  #sendCandidate(candidate: RTCIceCandidate | null): void {
    const [ownFragment] = usernameFragments(this.#connection.localDescription?.sdp ?? "");
    const usernameFragment = candidate?.usernameFragment ?? ownFragment;
    if (!usernameFragment) return;
    this.#handlers.send({
      conn: this.conn,
      candidate: {
        candidate: candidate?.candidate ?? "",
        sdpMid: candidate?.sdpMid ?? null,
        // An end of candidates is for the bundle, which the first section leads.
        sdpMLineIndex: candidate?.sdpMLineIndex ?? (candidate?.sdpMid ? null : 0),
        usernameFragment,
      },
    });
  }

  /** Takes what they send by label, never by order. */
  #label(labels: readonly TrackLabel[]): void {
    const tracks = new Map<TrackLabel["kind"], MediaStreamTrack>();
    const transceivers = this.#connection.getTransceivers();
    for (const { mid, kind } of labels) {
      const found = transceivers.find((each) => each.mid === mid);
      if (found) tracks.set(kind, found.receiver.track);
    }
    const before = this.#received;
    const same = tracks.size === before.size &&
      [...tracks].every(([kind, track]) => before.get(kind) === track);
    if (same) return;
    this.#received = tracks;
    this.#handlers.tracks(tracks);
  }
}
