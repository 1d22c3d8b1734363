/**
 * One's own devices, from the lobby to the end of the call. Nothing here throws at the person:
 * each device ends up on, off, or failed with a reason.
 */
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import type { MediaState, TrackKind } from "../protocol/messages.ts";
import { Capture, type TellDevice } from "./capture.ts";
import { type Facing, rememberDevice, rememberedDevice, type Wish } from "./devices.ts";
import * as settings from "./media_settings.ts";
import type { Device, DeviceKind, MediaModel, Resolution, SoundSettings } from "./model.ts";
import type { Env, MediaKind, Undo } from "./ports.ts";
import type { Tracks } from "./senders.ts";
import type { Source } from "./source.ts";

/** People hear ratios: -60 dB reads 0, -6 dB reads 1, in steps of a fiftieth. */
export function meterLevel(loudness: number): number {
  const decibels = 20 * Math.log10(Math.max(loudness, 1e-6));
  return Math.round(50 * Math.min(1, Math.max(0, (decibels + 60) / 54))) / 50;
}

export class Media implements MediaModel {
  readonly #env: Env;
  readonly #capture: Capture;
  readonly #microphone: Source;
  readonly #camera: Source;
  readonly #speakerId = signal("");
  readonly #loudness = signal<number | null>(null);
  readonly #sound: Signal<SoundSettings>;
  readonly #resolution: Signal<Resolution>;
  readonly #mirrors: Signal<{ readonly front: boolean; readonly back: boolean }>;
  readonly #unmeasure: Undo;
  #tell: TellDevice;
  /** The screen, and its sound, while it is shared; set by `share.ts`. */
  readonly shared = signal<Tracks>(new Map());

  readonly microphone;
  readonly camera;
  readonly devices: ReadonlySignal<readonly Device[]>;
  readonly speakerId: ReadonlySignal<string> = this.#speakerId;
  readonly sound: ReadonlySignal<SoundSettings>;
  readonly resolution: ReadonlySignal<Resolution>;
  readonly canFlip: ReadonlySignal<boolean> = computed(() => this.#cameras().length > 1);
  readonly mirrored: ReadonlySignal<boolean> = computed(() =>
    this.#looksAway() ? this.#mirrors.value.back : this.#mirrors.value.front
  );
  /** Root mean square of the live microphone's samples, 0 to 1; null while nobody measures. */
  readonly loudness: ReadonlySignal<number | null> = this.#loudness;
  readonly level: ReadonlySignal<number> = computed(() => meterLevel(this.#loudness.value ?? 0));
  readonly preview: ReadonlySignal<MediaStream | null>;
  /** The microphone's track as long as it is muted: nobody gets anything of it. */
  readonly muted: ReadonlySignal<MediaStreamTrack | null> = computed(() =>
    this.#microphone.live.value ? null : this.#microphone.track.value
  );
  /** What every connection is to send; another map too when a track's size has changed. */
  readonly outgoing: ReadonlySignal<Tracks>;
  /** What the others are told of it. */
  readonly state: ReadonlySignal<MediaState>;

  /** @param tell may come later, by `tellTo`: devices are asked for before there is a call */
  constructor(env: Env, tell: TellDevice = () => {}) {
    this.#env = env;
    this.#tell = tell;
    this.#sound = signal(settings.rememberedSound(env.browser));
    this.#resolution = signal(settings.rememberedResolution(env.browser));
    this.#mirrors = signal(settings.rememberedMirrors(env.browser));
    this.sound = this.#sound;
    this.resolution = this.#resolution;
    this.#capture = new Capture(
      env,
      () => ({ sound: this.#sound.peek(), resolution: this.#resolution.peek() }),
      (key, device) => this.#tell(key, device),
    );
    const { microphone, camera } = this.#capture.sources;
    this.#microphone = microphone;
    this.#camera = camera;
    this.microphone = microphone.state;
    this.camera = camera.state;
    this.devices = this.#capture.devices;
    this.#speakerId.value = rememberedDevice(env.browser, "speaker");
    this.preview = computed(() => {
      const track = camera.track.value;
      return track && env.media.newStream([track]);
    });
    this.outgoing = computed(() => {
      const tracks = new Map<TrackKind, MediaStreamTrack>();
      if (microphone.track.value) tracks.set("microphone", microphone.track.value);
      if (camera.held.value) tracks.set("camera", camera.held.value.track);
      for (const [kind, track] of this.shared.value) tracks.set(kind, track);
      return tracks;
    });
    this.state = computed(() => ({
      microphone: microphone.live.value,
      camera: camera.live.value,
      screen: this.shared.value.has("screen"),
    }));
    this.#unmeasure = effect(() => this.#measure());
  }

  /**
   * Takes the devices that need no question: those allowed before. An insecure page has none, and
   * nobody is to press a button to learn that.
   */
  async start(): Promise<void> {
    if (!this.#env.media.secure) return await this.ask();
    const allowed = await Promise.all(
      (["microphone", "camera"] as const).map(async (kind) =>
        await this.#env.media.permission(kind) === "granted" ? [kind] : []
      ),
    );
    await this.#capture.ask(allowed.flat());
  }

  tellTo(tell: TellDevice): void {
    this.#tell = tell;
  }

  ask(): Promise<void> {
    return this.#capture.ask(["microphone", "camera"]);
  }

  /** Asks for what was never asked for, and waits for a question under way; for joining. */
  askOnce(): Promise<void> {
    const open = ["idle", "asking"];
    return this.#capture.ask(
      [this.#microphone, this.#camera].filter(({ state }) => open.includes(state.peek().is))
        .map(({ kind }) => kind),
    );
  }

  /** Opens anew what gives nothing any more; the person's will and choice stay. */
  async retake(): Promise<void> {
    for (const { kind, held, wish } of Object.values(this.#capture.sources)) {
      const had = held.peek();
      if (!had || had.track.readyState === "live" && !had.track.muted) continue;
      await this.#capture.exchange(kind, [{ is: "exact", deviceId: had.deviceId }, wish]);
    }
  }

  setMicrophone(on: boolean): Promise<void> {
    return this.#set("microphone", on);
  }

  setCamera(on: boolean): Promise<void> {
    return this.#set("camera", on);
  }

  /** Opens a muted microphone while held; asks for it where there was none to mute. */
  pushToTalk(held: boolean): void {
    this.#microphone.setPushed(held);
    if (held && !this.#microphone.track.peek()) this.#capture.ask(["microphone"]);
  }

  async choose(kind: DeviceKind, deviceId: string): Promise<void> {
    if (kind === "speaker") {
      rememberDevice(this.#env.browser, kind, deviceId);
      this.#speakerId.value = deviceId;
      return;
    }
    const source = this.#capture.sources[kind];
    const before = source.wish;
    source.prefer(deviceId);
    const held = source.track.peek() !== null;
    if (!held && !source.wanting) return; // a camera that is off comes back with this one
    await this.#capture.exchange(kind, [{ is: "exact", deviceId }, before]);
  }

  async setSound(change: Partial<SoundSettings>): Promise<void> {
    this.#sound.value = { ...this.#sound.peek(), ...change };
    settings.rememberSound(this.#env.browser, this.#sound.peek());
    await this.#capture.adjust("microphone");
  }

  async setResolution(heightPixels: Resolution): Promise<void> {
    this.#resolution.value = heightPixels;
    settings.rememberResolution(this.#env.browser, heightPixels);
    await this.#capture.adjust("camera");
  }

  async flip(): Promise<void> {
    const held = this.#camera.held.peek();
    const cameras = this.#cameras();
    const current = held?.deviceId ?? rememberedDevice(this.#env.browser, "camera");
    const at = cameras.findIndex(({ deviceId }) => deviceId === current);
    const next = cameras[(at + 1) % cameras.length];
    if (!next || next.deviceId === current) return;
    if (!held) return this.#camera.prefer(next.deviceId);
    const wishes: Wish[] = [{ is: "exact", deviceId: next.deviceId }, this.#camera.wish];
    const turned = { user: "environment", environment: "user" } as Record<string, Facing>;
    const facing = turned[held.facing];
    // Of a phone's several back cameras the browser knows the usual one.
    if (facing) wishes.unshift({ is: "facing", facing });
    await this.#capture.exchange("camera", wishes);
    const got = this.#camera.held.peek();
    if (got) this.#camera.prefer(got.deviceId);
  }

  setMirrored(on: boolean): void {
    const side = this.#looksAway() ? "back" : "front";
    this.#mirrors.value = { ...this.#mirrors.peek(), [side]: on };
    settings.rememberMirror(this.#env.browser, side, on);
  }

  /** Lets every device go; the person's will stays. */
  release(): void {
    this.pushToTalk(false);
    this.#capture.release();
  }

  dispose(): void {
    this.#unmeasure();
    this.#capture.dispose();
  }

  #set(kind: MediaKind, on: boolean): Promise<void> {
    this.#capture.sources[kind].setOn(on);
    return on ? this.#capture.ask([kind]) : Promise.resolve();
  }

  #cameras(): Device[] {
    return this.devices.value.filter(({ kind }) => kind === "camera");
  }

  #looksAway(): boolean {
    return this.#camera.held.value?.facing === "environment";
  }

  /** A muted microphone is not measured: it costs a sound context. */
  #measure(): Undo | undefined {
    const { track, live } = this.#microphone;
    if (track.value && live.value) {
      const stop = this.#env.media.meter(track.value, (level) => this.#loudness.value = level);
      return () => {
        stop();
        this.#loudness.value = null;
      };
    }
  }
}
