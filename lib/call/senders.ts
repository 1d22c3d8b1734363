/**
 * What one connection sends: a transceiver each for microphone and camera from the first offer on,
 * so that mute, camera and device changes are `replaceTrack` and never a negotiation; one for a
 * shared screen, and its sound, when first shared. Which mid carries what is told by label.
 */
import type { TrackKind, TrackLabel } from "../protocol/messages.ts";
import { type Budget, scaleFor, screenBitsPerSecond } from "./quality.ts";
import { SerialQueue } from "./queue.ts";

export type Tracks = ReadonlyMap<TrackKind, MediaStreamTrack>;

/** Chromium and Firefox read it, the DOM's types do not have it on every version. */
type TunedParameters = RTCRtpSendParameters & { degradationPreference?: string };

/** Both people have these in one two-way transceiver; the others are one-way. */
const TWO_WAY: readonly TrackKind[] = ["microphone", "camera"];

const mediaOf = (kind: TrackKind) =>
  kind === "microphone" || kind === "screen-sound" ? "audio" : "video";

export class Senders {
  readonly #connection: RTCPeerConnection;
  readonly #slots = new Map<TrackKind, RTCRtpTransceiver>();
  readonly #tuning: SerialQueue;
  /** Transceivers of a first offer of ours that gave way to theirs. */
  readonly #givenUp: RTCRtpTransceiver[] = [];
  #tracks: Tracks;
  #budget: Budget;

  constructor(
    connection: RTCPeerConnection,
    tracks: Tracks,
    budget: Budget,
    failed: (error: unknown) => void,
  ) {
    this.#connection = connection;
    this.#tracks = tracks;
    this.#budget = budget;
    this.#tuning = new SerialQueue(failed);
  }

  /** Before an offer of ours: the transceivers exist, tracks or not. */
  prepare(): void {
    for (const kind of TWO_WAY) if (!this.#slots.has(kind)) this.#add(kind, "sendrecv");
    this.#addShares();
  }

  /** Once their offer is applied: the transceivers it made for microphone and camera are ours too. */
  adopt(labels: readonly TrackLabel[]): void {
    for (const { mid, kind } of labels) {
      if (!TWO_WAY.includes(kind)) continue;
      const theirs = this.#connection.getTransceivers().find((each) => each.mid === mid);
      const ours = this.#slots.get(kind);
      if (!theirs || ours === theirs) continue;
      if (ours) {
        if (ours.mid !== null) continue; // both negotiated: each sends in its own
        this.#givenUp.push(ours); // our first offer was rolled back
      }
      theirs.direction = "sendrecv";
      this.#slots.set(kind, theirs);
      this.#replace(theirs, this.#tracks.get(kind) ?? null);
    }
    this.#addShares();
  }

  /** The tracks to send from now on. */
  set(tracks: Tracks): void {
    const before = this.#tracks;
    this.#tracks = tracks;
    for (const [kind, slot] of this.#slots) {
      const track = tracks.get(kind) ?? null;
      if (track !== (before.get(kind) ?? null)) this.#replace(slot, track);
    }
    if (this.#slots.size > 0) this.#addShares();
    this.tune();
  }

  labels(): TrackLabel[] {
    const labels: TrackLabel[] = [];
    for (const [kind, { mid }] of this.#slots) if (mid !== null) labels.push({ mid, kind });
    return labels;
  }

  setBudget(budget: Budget): void {
    this.#budget = budget;
    this.tune();
  }

  /**
   * Once a negotiation is complete. What was offered in vain is stopped now, and not before:
   * Chromium asks for ever to negotiate a transceiver stopped between a rollback and the answer.
   */
  complete(): void {
    for (const each of this.#givenUp.splice(0)) each.stop();
    this.tune();
  }

  /** Holds the senders to the budget. */
  tune(): void {
    for (const [kind, { sender }] of this.#slots) {
      this.#tuning.add(() => this.#tune(kind, sender));
    }
  }

  close(): void {
    this.#tuning.close();
  }

  async #tune(kind: TrackKind, sender: RTCRtpSender): Promise<void> {
    const parameters: TunedParameters = sender.getParameters();
    const [encoding] = parameters.encodings ?? [];
    if (!encoding) return; // not negotiated yet
    if (mediaOf(kind) === "audio") {
      encoding.priority = "high";
      encoding.networkPriority = "high";
    } else if (kind === "camera") {
      const { videoBitsPerSecond, framesPerSecond, keeps } = this.#budget;
      encoding.maxBitrate = videoBitsPerSecond;
      encoding.maxFramerate = framesPerSecond;
      encoding.scaleResolutionDownBy = scaleFor(sender.track?.getSettings().height, this.#budget);
      parameters.degradationPreference = keeps === "size"
        ? "maintain-resolution"
        : "maintain-framerate";
    } else {
      // Words must be read: fewer pictures, never smaller ones.
      encoding.maxBitrate = screenBitsPerSecond(this.#budget);
      parameters.degradationPreference = "maintain-resolution";
    }
    await sender.setParameters(parameters);
  }

  #addShares(): void {
    for (const kind of this.#tracks.keys()) {
      if (!TWO_WAY.includes(kind) && !this.#slots.has(kind)) this.#add(kind, "sendonly");
    }
  }

  #add(kind: TrackKind, direction: RTCRtpTransceiverDirection): void {
    const source = this.#tracks.get(kind) ?? mediaOf(kind);
    this.#slots.set(kind, this.#connection.addTransceiver(source, { direction }));
  }

  #replace(slot: RTCRtpTransceiver, track: MediaStreamTrack | null): void {
    this.#tuning.add(() => slot.sender.replaceTrack(track));
  }
}
