/**
 * One microphone or camera: the track had from it and the person's will, kept apart. The will is
 * the person's alone: no failure, fallback or reload changes it.
 */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import {
  failureOf,
  rememberDevice,
  rememberedDevice,
  rememberedWill,
  rememberWill,
  type Wish,
} from "./devices.ts";
import type { DeviceFailure, DeviceState } from "./model.ts";
import type { Env, MediaKind } from "./ports.ts";

/** What the track says of its device. */
export interface Held {
  readonly track: MediaStreamTrack;
  readonly deviceId: string;
  readonly label: string;
  /** `VideoFacingModeEnum`; empty for what is no phone's camera. */
  readonly facing: string;
}

export class Source {
  readonly kind: MediaKind;
  readonly #env: Env;
  readonly #ended: () => void;
  readonly #held = signal<Held | null>(null);
  /** What was let go for another that is being opened: to the person nothing is off meanwhile. */
  readonly #between = signal<Held | null>(null);
  readonly #on: Signal<boolean>;
  readonly #asking = signal(false);
  readonly #failure = signal<DeviceFailure | null>(null);
  readonly #pushed = signal(false);
  /** The device that went away while it served. */
  #lost = "";

  /** The live track, for sending and preview; muted ones included. */
  readonly track: ReadonlySignal<MediaStreamTrack | null> = computed(() =>
    this.#held.value?.track ?? null
  );
  /** The same with what it says of its device; another object once its picture has another size. */
  readonly held: ReadonlySignal<Held | null> = this.#held;
  /** Whether the others get anything. */
  readonly live: ReadonlySignal<boolean> = computed(() =>
    this.#shown() !== null && (this.#on.value || this.#pushed.value)
  );
  readonly state: ReadonlySignal<DeviceState> = computed(() => this.#readState());

  /** @param ended told when the device itself goes away, not when it is stopped here */
  constructor(env: Env, kind: MediaKind, ended: () => void) {
    this.kind = kind;
    this.#env = env;
    this.#ended = ended;
    this.#on = signal(rememberedWill(env.tab, kind));
  }

  get on(): boolean {
    return this.#on.peek();
  }

  /** Whether a track must be had: a muted microphone is kept ready, a camera that is off is not. */
  get wanting(): boolean {
    return this.#held.peek() === null && (this.kind === "microphone" || this.on);
  }

  get wish(): Wish {
    return { is: "ideal", deviceId: rememberedDevice(this.#env.browser, this.kind) };
  }

  /** The person's will, at once for what is held; the rest is to be asked for. */
  setOn(on: boolean): void {
    this.#on.value = on;
    rememberWill(this.#env.tab, this.kind, on);
    if (this.kind === "microphone") this.#open();
    else if (!on) this.stop();
  }

  /** Push to talk: open while held, whatever the person's will, which stays. */
  setPushed(held: boolean): void {
    this.#pushed.value = held;
    this.#open();
  }

  asking(): void {
    this.#asking.value = true;
    this.#failure.value = null;
  }

  /** A track was had. The will may have changed while the browser asked. */
  take(track: MediaStreamTrack, hint: string): void {
    batch(() => {
      this.stop();
      this.#asking.value = false;
      this.#failure.value = null;
      if (this.kind === "camera" && !this.on) return track.stop();
      track.contentHint = hint;
      track.onended = () => {
        const held = this.#held.peek();
        if (held?.track !== track) return;
        this.stop();
        this.#lost = held.deviceId;
        this.#ended();
      };
      const { deviceId = "", facingMode: facing = "" } = track.getSettings();
      this.#held.value = { track, deviceId, label: track.label, facing };
      this.#open();
    });
  }

  fail(error: unknown): void {
    batch(() => {
      this.#between.value = null;
      this.#asking.value = false;
      this.#failure.value = failureOf(error, this.#env.media.secure);
    });
  }

  /** Lets the device go; its light goes out. */
  stop(): void {
    const held = this.#held.peek();
    batch(() => {
      this.#held.value = null;
      this.#between.value = null;
    });
    if (!held) return;
    held.track.onended = null;
    held.track.stop();
  }

  /** Lets the device go, and does not wait for an answer any more. */
  release(): void {
    this.stop();
    this.#asking.value = false;
  }

  /** Lets the device go for another one, which is to be opened right after. */
  swap(): void {
    batch(() => {
      const held = this.#held.peek();
      this.stop(); // phones cannot open their second camera while the first is on
      this.#between.value = held;
    });
  }

  /** The track was changed in its place: other settings. */
  touch(held: Held, hint: string): void {
    held.track.contentHint = hint;
    if (this.#held.peek() !== held) return;
    this.#held.value = { ...held };
  }

  /** Another device is preferred from now on, in this browser. */
  prefer(deviceId: string): void {
    this.#lost = "";
    rememberDevice(this.#env.browser, this.kind, deviceId);
  }

  /** The device to be taken when it comes back: the chosen one, else the one that went away. */
  get missed(): string {
    return rememberedDevice(this.#env.browser, this.kind) || this.#lost;
  }

  #open(): void {
    const track = this.#held.peek()?.track;
    if (track && this.kind === "microphone") track.enabled = this.on || this.#pushed.peek();
  }

  #shown(): Held | null {
    return this.#held.value ?? this.#between.value;
  }

  #readState(): DeviceState {
    const held = this.#shown();
    if (held) {
      return { is: this.#on.value ? "on" : "off", deviceId: held.deviceId, label: held.label };
    }
    if (this.#asking.value) return { is: "asking" };
    const why = this.#failure.value;
    if (why) return { is: "failed", why };
    if (this.#on.value) return { is: "idle" };
    return { is: "off", deviceId: rememberedDevice(this.#env.browser, this.kind), label: "" };
  }
}
