/**
 * One's own devices, from the lobby to the end of the call. Nothing here throws at the person:
 * each device ends up on, off, or failed with a reason.
 */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals-core";
import type { MediaState, TrackKind } from "../protocol/messages.ts";
import {
  listDevices,
  rememberDevice,
  rememberedDevice,
  streamConstraints,
  type Wish,
} from "./devices.ts";
import type { Device, DeviceKind, MediaModel, NoticeKey } from "./model.ts";
import type { Env, MediaKind, Undo } from "./ports.ts";
import type { Tracks } from "./senders.ts";
import { Source } from "./source.ts";

/** Tells that a device gave way to another one, or to none. */
export type TellDevice = (key: NoticeKey, device: string) => void;

/** People hear ratios: -60 dB reads 0, -6 dB reads 1, in steps of a fiftieth. */
export function meterLevel(loudness: number): number {
  const decibels = 20 * Math.log10(Math.max(loudness, 1e-6));
  return Math.round(50 * Math.min(1, Math.max(0, (decibels + 60) / 54))) / 50;
}

export class Media implements MediaModel {
  readonly #env: Env;
  readonly #tell: TellDevice;
  readonly #sources: Readonly<Record<MediaKind, Source>>;
  readonly #devices = signal<readonly Device[]>([]);
  readonly #speakerId = signal("");
  readonly #loudness = signal(0);
  readonly #undo: Undo[];
  /** The asking under way; the browser shows one question at a time. */
  #asking: Promise<void> = Promise.resolve();
  #disposed = false;

  readonly microphone;
  readonly camera;
  readonly devices: ReadonlySignal<readonly Device[]> = this.#devices;
  readonly speakerId: ReadonlySignal<string> = this.#speakerId;
  /** Root mean square of the live microphone's samples, 0 to 1. */
  readonly loudness: ReadonlySignal<number> = this.#loudness;
  readonly level: ReadonlySignal<number> = computed(() => meterLevel(this.#loudness.value));
  readonly preview: ReadonlySignal<MediaStream | null>;
  /** What every connection is to send. */
  readonly outgoing: ReadonlySignal<Tracks>;
  /** What the others are told of it. */
  readonly state: ReadonlySignal<MediaState>;

  constructor(env: Env, tell: TellDevice) {
    this.#env = env;
    this.#tell = tell;
    const source = (kind: MediaKind) => new Source(env, kind, () => this.#fallBack(kind));
    const { microphone, camera } = this.#sources = {
      microphone: source("microphone"),
      camera: source("camera"),
    };
    this.microphone = microphone.state;
    this.camera = camera.state;
    this.#speakerId.value = rememberedDevice(env.browser, "speaker");
    this.preview = computed(() => {
      const track = camera.track.value;
      return track && env.media.newStream([track]);
    });
    this.outgoing = computed(() => {
      const tracks = new Map<TrackKind, MediaStreamTrack>();
      if (microphone.track.value) tracks.set("microphone", microphone.track.value);
      if (camera.track.value) tracks.set("camera", camera.track.value);
      return tracks;
    });
    this.state = computed(() => ({
      microphone: microphone.live.value,
      camera: camera.live.value,
      screen: false,
    }));
    this.#undo = [
      env.media.onDeviceChange(() => this.#devicesChanged()),
      effect(() => this.#measure()),
    ];
  }

  /** Takes the devices that need no question: those allowed before. */
  async start(): Promise<void> {
    const allowed = await Promise.all(
      (["microphone", "camera"] as const).map(async (kind) =>
        await this.#env.media.permission(kind) === "granted" ? [kind] : []
      ),
    );
    await this.#ask(allowed.flat());
  }

  ask(): Promise<void> {
    return this.#ask(["microphone", "camera"]);
  }

  /** Asks for what was never asked for, and waits for a question under way; for joining. */
  askOnce(): Promise<void> {
    const open = ["idle", "asking"];
    const { microphone, camera } = this.#sources;
    return this.#ask(
      [microphone, camera].filter(({ state }) => open.includes(state.peek().is))
        .map(({ kind }) => kind),
    );
  }

  setMicrophone(on: boolean): Promise<void> {
    this.#sources.microphone.setOn(on);
    return on ? this.#ask(["microphone"]) : Promise.resolve();
  }

  setCamera(on: boolean): Promise<void> {
    this.#sources.camera.setOn(on);
    return on ? this.#ask(["camera"]) : Promise.resolve();
  }

  async choose(kind: DeviceKind, deviceId: string): Promise<void> {
    if (kind === "speaker") {
      rememberDevice(this.#env.browser, kind, deviceId);
      this.#speakerId.value = deviceId;
      return;
    }
    const source = this.#sources[kind];
    const before = source.wish;
    source.prefer(deviceId);
    const held = source.track.peek() !== null;
    if (!held && !source.wanting) return; // a camera that is off comes back with this one
    // Phones cannot open their second camera while the first is on.
    source.stop();
    await this.#inTurn(() =>
      this.#capture(new Map([[kind, { is: "exact", deviceId }]]), new Map([[kind, before]]))
    );
  }

  /** Lets every device go; the person's will stays. */
  release(): void {
    for (const source of Object.values(this.#sources)) source.stop();
  }

  dispose(): void {
    this.#disposed = true;
    for (const undo of this.#undo) undo();
    this.release();
  }

  #ask(kinds: readonly MediaKind[]): Promise<void> {
    return this.#inTurn(() => {
      const wanting = kinds.filter((kind) => this.#sources[kind].wanting);
      return this.#capture(new Map(wanting.map((kind) => [kind, this.#sources[kind].wish])));
    });
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    return this.#asking = this.#asking.then(task);
  }

  /** Together if there are several, so that one question is asked; else, or if that fails, singly. */
  async #capture(
    wishes: ReadonlyMap<MediaKind, Wish>,
    instead: ReadonlyMap<MediaKind, Wish> = new Map(),
  ): Promise<void> {
    if (wishes.size === 0 || this.#disposed) return;
    for (const kind of wishes.keys()) this.#sources[kind].asking();
    const together = wishes.size > 1 && await this.#try(wishes) === null;
    for (const [kind, wish] of together ? [] : wishes) {
      const alternative = instead.get(kind);
      let error = await this.#try(new Map([[kind, wish]]));
      if (error && alternative) error = await this.#try(new Map([[kind, alternative]]));
      if (error) this.#sources[kind].fail(error);
    }
    await this.#listDevices();
  }

  /** Null when every device asked for was had, else what the browser said. */
  async #try(wishes: ReadonlyMap<MediaKind, Wish>): Promise<unknown> {
    try {
      const stream = await this.#env.media.getUserMedia(streamConstraints(wishes));
      for (const track of stream.getTracks()) {
        if (this.#disposed) track.stop();
        else this.#sources[track.kind === "audio" ? "microphone" : "camera"].take(track);
      }
      return null;
    } catch (error) {
      return error ?? new Error("refused");
    }
  }

  async #fallBack(kind: MediaKind): Promise<void> {
    const source = this.#sources[kind];
    await this.#inTurn(() => this.#capture(new Map([[kind, { is: "any" }]])));
    const state = source.state.peek();
    if (state.is === "on" || state.is === "off") this.#tell(`notice.${kind}Fallback`, state.label);
    else this.#tell(`notice.${kind}Lost`, "");
  }

  /** Something was plugged in or out; who had nothing may have something now. */
  async #devicesChanged(): Promise<void> {
    await this.#listDevices();
    for (const source of Object.values(this.#sources)) {
      const state = source.state.peek();
      const absent = state.is === "failed" && state.why === "absent";
      const there = this.#devices.peek().some(({ kind }) => kind === source.kind);
      if (absent && there && source.on) await this.#ask([source.kind]);
    }
  }

  async #listDevices(): Promise<void> {
    try {
      this.#devices.value = listDevices(await this.#env.media.enumerateDevices());
    } catch {
      this.#devices.value = []; // insecure pages have no devices to list
    }
  }

  /** A muted microphone is not measured: it costs a sound context. */
  #measure(): Undo | undefined {
    const { track, live } = this.#sources.microphone;
    if (track.value && live.value) {
      const stop = this.#env.media.meter(track.value, (level) => this.#loudness.value = level);
      return () => {
        stop();
        this.#loudness.value = 0;
      };
    }
  }
}
