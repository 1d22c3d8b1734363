/**
 * What browser tests need to see of peer connections, gathered from outside the app: an init script
 * wraps `RTCPeerConnection` before the page's own code runs. The app has no hook of its own.
 */
export interface Probe {
  readonly peers: RTCPeerConnection[];
  /** Offers that arrived while an own offer was out or being made. */
  collisions: number;
  /** Own offers given up for the other's. */
  rollbacks: number;
}

declare global {
  var probe: Probe;
}

/** Runs in the page, serialised: must not refer to anything outside itself. */
export function installProbe(): void {
  const probe: Probe = { peers: [], collisions: 0, rollbacks: 0 };
  globalThis.probe = probe;
  const Native = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Native {
    #making = 0;
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      probe.peers.push(this);
    }
    // deno-lint-ignore no-explicit-any
    override async setLocalDescription(...args: any[]): Promise<void> {
      if (args[0]?.type === "rollback") probe.rollbacks++;
      this.#making++;
      try {
        await super.setLocalDescription(...args);
      } finally {
        this.#making--;
      }
    }
    override setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      if (description.type === "offer") {
        const out = this.signalingState === "have-local-offer";
        if (out || this.#making > 0) probe.collisions++;
        if (out) probe.rollbacks++; // implicit, W3C WebRTC 1.0 section 4.4.1.6
      }
      return super.setRemoteDescription(description);
    }
  };
}

/** What one page receives and sends, summed over its open connections; read by `readMedia`. */
export interface MediaReading {
  readonly framesDecoded: number;
  readonly videoBytes: number;
  readonly audioEnergy: number;
  readonly audioPackets: number;
  readonly inboundVideo: number;
  readonly inboundAudio: number;
  /** Kinds of the senders that have a track now. */
  readonly sending: string[];
  readonly open: number;
}

/** Runs in the page, serialised. */
export async function readMedia(): Promise<MediaReading> {
  const reading = {
    framesDecoded: 0,
    videoBytes: 0,
    audioEnergy: 0,
    audioPackets: 0,
    inboundVideo: 0,
    inboundAudio: 0,
    sending: [] as string[],
    open: 0,
  };
  for (const peer of globalThis.probe.peers) {
    if (peer.connectionState !== "connected") continue;
    reading.open++;
    for (const sender of peer.getSenders()) {
      if (sender.track) reading.sending.push(sender.track.kind);
    }
    for (const report of (await peer.getStats()).values()) {
      if (report.type !== "inbound-rtp") continue;
      if (report.kind === "video") {
        reading.inboundVideo++;
        reading.framesDecoded += report.framesDecoded ?? 0;
        reading.videoBytes += report.bytesReceived ?? 0;
      } else {
        reading.inboundAudio++;
        reading.audioEnergy += report.totalAudioEnergy ?? 0;
        reading.audioPackets += report.packetsReceived ?? 0;
      }
    }
  }
  return reading;
}

/** One tile's picture and sound, by the tracks its own element plays. */
export interface TileReading {
  readonly framesDecoded: number;
  readonly audioEnergy: number;
  readonly currentTime: number;
}

/** Runs in the page, serialised; `video` is the tile's element. */
export async function readTile(video: HTMLVideoElement): Promise<TileReading> {
  const tracks = (video.srcObject as MediaStream | null)?.getTracks() ?? [];
  let framesDecoded = 0;
  let audioEnergy = 0;
  for (const peer of globalThis.probe.peers) {
    if (peer.connectionState !== "connected") continue;
    for (const report of (await peer.getStats()).values()) {
      if (report.type !== "inbound-rtp") continue;
      if (!tracks.some((track) => track.id === report.trackIdentifier)) continue;
      framesDecoded += report.framesDecoded ?? 0;
      audioEnergy += report.totalAudioEnergy ?? 0;
    }
  }
  return { framesDecoded, audioEnergy, currentTime: video.currentTime };
}

/** What a page sends of its camera to each of the others. */
export interface VideoSending {
  readonly maxBitrate: number | undefined;
  readonly frameHeight: number | undefined;
}

/** Runs in the page, serialised. */
export async function readVideoSending(): Promise<VideoSending[]> {
  const sending: VideoSending[] = [];
  for (const peer of globalThis.probe.peers) {
    if (peer.connectionState !== "connected") continue;
    const sender = peer.getSenders().find((each) => each.track?.kind === "video");
    if (!sender) continue;
    const stats = [...(await sender.getStats()).values()];
    sending.push({
      maxBitrate: sender.getParameters().encodings[0]?.maxBitrate,
      frameHeight: stats.find((report) => report.type === "outbound-rtp")?.frameHeight,
    });
  }
  return sending;
}
