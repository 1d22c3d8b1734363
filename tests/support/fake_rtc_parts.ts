/** The parts of a `FakePeerConnection`: data channels, senders, transceivers. */
import { FakeTrack } from "./fake_media.ts";

/** The connection a part belongs to. */
interface Owner {
  readonly signalingState: RTCSignalingState;
  readonly network: {
    readonly cut: boolean;
    pause: () => Promise<void>;
    name(prefix: string): string;
  };
  /** The one at the other end, once connected. */
  readonly remote: { readonly channels: readonly FakeChannel[] } | undefined;
}

export class FakeChannel {
  readyState: RTCDataChannelState = "connecting";
  bufferedAmount = 0;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  constructor(
    readonly owner: Owner,
    readonly label: string,
    readonly init: RTCDataChannelInit,
  ) {}

  send(data: string): void {
    if (this.readyState !== "open") throw new DOMException("not open", "InvalidStateError");
    const other = this.owner.remote;
    if (this.owner.network.cut || !other) return;
    const theirs = other.channels.find(({ init }) => init.id === this.init.id);
    queueMicrotask(() => theirs?.onmessage?.({ data }));
  }
}

export class FakeSender {
  parameters: Record<string, unknown> & { encodings: RTCRtpEncodingParameters[] } = {
    encodings: [{}],
  };
  constructor(readonly owner: Owner, public track: FakeTrack | null) {}

  async replaceTrack(track: FakeTrack | null): Promise<void> {
    await this.owner.network.pause();
    this.track = track;
  }

  getParameters() {
    return structuredClone(this.parameters);
  }

  setParameters(parameters: FakeSender["parameters"]): Promise<void> {
    this.parameters = parameters;
    return Promise.resolve();
  }
}

export class FakeTransceiver {
  mid: string | null = null;
  stopped = false;
  readonly sender: FakeSender;
  readonly receiver: {
    readonly track: FakeTrack;
    level: number;
    getSynchronizationSources(): { audioLevel: number }[];
  };

  constructor(
    private readonly owner: Owner,
    readonly kind: "audio" | "video",
    public direction: RTCRtpTransceiverDirection,
    track: FakeTrack | null,
  ) {
    this.sender = new FakeSender(owner, track);
    this.receiver = {
      track: new FakeTrack(kind, owner.network.name("remote")),
      level: 0,
      getSynchronizationSources: () => [{ audioLevel: this.receiver.level }],
    };
  }

  stop(): void {
    if (this.mid === null && this.owner.signalingState !== "stable") {
      throw new Error("Chromium would ask to negotiate this one for ever");
    }
    this.stopped = true;
  }
}
