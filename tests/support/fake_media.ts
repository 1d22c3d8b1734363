/** Cameras and microphones by hand: tracks, streams, and what a browser answers when asked. */
import type { MediaKind, MediaPort, ScreenPort } from "../../lib/call/ports.ts";

export class FakeTrack {
  enabled = true;
  /** The system gives nothing to the page at present. */
  muted = false;
  readyState: "live" | "ended" = "live";
  contentHint = "";
  onended: (() => void) | null = null;
  /** How often settings were changed in their place. */
  applied = 0;
  readonly #settings: MediaTrackSettings;
  constructor(
    readonly kind: "audio" | "video",
    readonly id: string,
    readonly label = id,
    readonly deviceId = id,
    settings: MediaTrackSettings = kind === "video" ? { height: 720 } : {},
  ) {
    this.#settings = settings;
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.deviceId, ...this.#settings };
  }

  /** As Chromium: the picture's size is changed in its place, sound processing never. */
  applyConstraints(constraints: MediaTrackConstraints): Promise<void> {
    this.applied++;
    const { ideal } = (constraints.height ?? {}) as ConstrainULongRange;
    if (ideal !== undefined) this.#settings.height = ideal;
    return Promise.resolve();
  }

  clone(): FakeTrack {
    const twin = new FakeTrack(this.kind, `${this.id}-twin`, this.label, this.deviceId);
    twin.enabled = this.enabled;
    return twin;
  }

  stop(): void {
    this.readyState = "ended";
  }

  /** The device was pulled out. */
  unplug(): void {
    this.readyState = "ended";
    this.onended?.();
  }
}

export class FakeStream {
  readonly #tracks: readonly FakeTrack[];
  constructor(tracks: readonly FakeTrack[] = []) {
    this.#tracks = tracks;
  }
  getTracks = () => [...this.#tracks];
}

/** A DOMException by the name browsers give it. */
export function refusal(name: string): DOMException {
  return new DOMException(`refused: ${name}`, name);
}

interface FakeDevice {
  readonly kind: MediaKind;
  readonly deviceId: string;
  readonly label: string;
  /** A phone's camera. */
  readonly facing?: "user" | "environment";
}

export class FakeMedia implements MediaPort {
  secure = true;
  /** In the order the browser would choose them. */
  plugged: FakeDevice[] = [
    { kind: "microphone", deviceId: "mic-1", label: "Desk microphone" },
    { kind: "camera", deviceId: "cam-1", label: "Lid camera" },
  ];
  /** What a kind is refused with, by exception name; null: it is given. */
  readonly refused: Record<MediaKind, string | null> = { microphone: null, camera: null };
  readonly permissions: Record<MediaKind, PermissionState | null> = {
    microphone: "granted",
    camera: "granted",
  };
  canShare = true;
  /** What was asked for, as "microphone", "camera" or "both". */
  readonly asked: string[] = [];
  readonly constraints: MediaStreamConstraints[] = [];
  readonly tracks: FakeTrack[] = [];
  /** Tracks whose loudness is being measured. */
  readonly metered = new Map<FakeTrack, (level: number) => void>();
  /** Holds answers back until it resolves. */
  answering: Promise<void> = Promise.resolve();
  #changed = new Set<() => void>();

  async getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream> {
    const kinds: MediaKind[] = [];
    if (constraints.audio) kinds.push("microphone");
    if (constraints.video) kinds.push("camera");
    this.asked.push(kinds.length === 2 ? "both" : kinds[0]);
    this.constraints.push(constraints);
    await this.answering;
    if (!this.secure) throw new TypeError("insecure");
    const tracks = kinds.map((kind) => this.#open(kind, constraints));
    this.tracks.push(...tracks);
    return new FakeStream(tracks) as unknown as MediaStream;
  }

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    const kinds = { microphone: "audioinput", camera: "videoinput" } as const;
    return Promise.resolve(this.plugged.map(({ kind, deviceId, label }) => ({
      kind: kinds[kind],
      deviceId,
      label,
      groupId: "",
      toJSON: () => "",
    })));
  }

  onDeviceChange(task: () => void) {
    this.#changed.add(task);
    return () => void this.#changed.delete(task);
  }

  permission = (kind: MediaKind) => Promise.resolve(this.permissions[kind]);
  newStream = (tracks?: MediaStreamTrack[]) =>
    new FakeStream(tracks as unknown as FakeTrack[]) as unknown as MediaStream;

  meter(track: MediaStreamTrack, heard: (level: number) => void) {
    const key = track as unknown as FakeTrack;
    this.metered.set(key, heard);
    return () => void this.metered.delete(key);
  }

  /** Something was plugged in or out. */
  change(plugged: FakeDevice[]): void {
    this.plugged = plugged;
    for (const task of [...this.#changed]) task();
  }

  #open(kind: MediaKind, constraints: MediaStreamConstraints): FakeTrack {
    const why = this.refused[kind];
    if (why) throw refusal(why);
    const of = this.plugged.filter((each) => each.kind === kind);
    const wanted = (kind === "camera" ? constraints.video : constraints.audio) as
      | MediaTrackConstraints
      | true;
    const { deviceId, facingMode, ...rest } = wanted === true ? {} : wanted;
    const id = (deviceId ?? {}) as { exact?: string; ideal?: string };
    const facing = (facingMode as { exact?: string } | undefined)?.exact;
    const fitting = of.filter((each) =>
      (facing === undefined || each.facing === facing) &&
      (id.exact === undefined || each.deviceId === id.exact)
    );
    if (of.length > 0 && fitting.length === 0) throw refusal("OverconstrainedError");
    const device = fitting.find(({ deviceId }) => deviceId === id.ideal) ?? fitting[0];
    if (!device) throw refusal("NotFoundError");
    return new FakeTrack(
      kind === "camera" ? "video" : "audio",
      `track-${this.tracks.length}-${kind}`,
      device.label,
      device.deviceId,
      kind === "camera"
        ? {
          height: (rest.height as ConstrainULongRange | undefined)?.ideal ?? 720,
          ...device.facing && { facingMode: device.facing },
        }
        : {
          echoCancellation: rest.echoCancellation === true,
          noiseSuppression: rest.noiseSuppression === true,
          autoGainControl: rest.autoGainControl === true,
        },
    );
  }
}

/** A screen by hand: what the person chose, and stills of it. */
export class FakeScreen implements ScreenPort {
  /** What the next choice ends with; null: the screen is given. */
  refused: Error | null = null;
  withSound = false;
  /** Holds choices back until it resolves. */
  choosing: Promise<void> = Promise.resolve();
  /** Every track given, stills included. */
  readonly tracks: FakeTrack[] = [];

  async choose(): Promise<MediaStream> {
    await this.choosing;
    if (this.refused) throw this.refused;
    const picture = new FakeTrack("video", `screen-${this.tracks.length}`);
    const given = this.withSound
      ? [picture, new FakeTrack("audio", `sound-${this.tracks.length}`)]
      : [picture];
    this.tracks.push(...given);
    return new FakeStream(given) as unknown as MediaStream;
  }

  stillOf(track: MediaStreamTrack) {
    if (this.refused) return Promise.reject(this.refused);
    const still = new FakeTrack("video", `still of ${track.id}`);
    this.tracks.push(still);
    return Promise.resolve({
      track: still as unknown as MediaStreamTrack,
      stop: () => still.stop(),
    });
  }
}
