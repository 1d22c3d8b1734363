/**
 * One microphone or camera: the track had from it and the person's will, kept apart. The will is
 * the person's alone: no failure, fallback or reload changes it.
 */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
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
interface Held {
  readonly track: MediaStreamTrack;
  readonly deviceId: string;
  readonly label: string;
}

export class Source {
  readonly kind: MediaKind;
  readonly #env: Env;
  readonly #ended: () => void;
  readonly #held = signal<Held | null>(null);
  readonly #on: Signal<boolean>;
  readonly #asking = signal(false);
  readonly #failure = signal<DeviceFailure | null>(null);

  /** The live track, for sending and preview; muted ones included. */
  readonly track: ReadonlySignal<MediaStreamTrack | null> = computed(() =>
    this.#held.value?.track ?? null
  );
  /** Whether the others get anything. */
  readonly live: ReadonlySignal<boolean> = computed(() =>
    this.#held.value !== null && this.#on.value
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
    const held = this.#held.peek();
    if (!held) return;
    if (this.kind === "microphone") held.track.enabled = on;
    else if (!on) this.stop();
  }

  asking(): void {
    this.#asking.value = true;
    this.#failure.value = null;
  }

  /** A track was had. The will may have changed while the browser asked. */
  take(track: MediaStreamTrack): void {
    this.stop();
    this.#asking.value = false;
    this.#failure.value = null;
    if (this.kind === "camera" && !this.on) return track.stop();
    track.contentHint = this.kind === "camera" ? "motion" : "speech";
    track.enabled = this.kind === "camera" || this.on;
    track.onended = () => {
      if (this.#held.peek()?.track !== track) return;
      this.stop();
      this.#ended();
    };
    this.#held.value = {
      track,
      deviceId: track.getSettings().deviceId ?? "",
      label: track.label,
    };
  }

  fail(error: unknown): void {
    this.#asking.value = false;
    this.#failure.value = failureOf(error, this.#env.media.secure);
  }

  /** Lets the device go; its light goes out. */
  stop(): void {
    const held = this.#held.peek();
    if (!held) return;
    this.#held.value = null;
    held.track.onended = null;
    held.track.stop();
  }

  /** Another device is preferred from now on, in this browser. */
  prefer(deviceId: string): void {
    rememberDevice(this.#env.browser, this.kind, deviceId);
  }

  #readState(): DeviceState {
    const held = this.#held.value;
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
