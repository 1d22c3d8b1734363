/** Microphones, cameras and speakers: what to ask a browser for, and what its answers mean (pure). */
import type { MediaSettings } from "./media_settings.ts";
import type { Device, DeviceFailure, DeviceKind, Resolution, SoundSettings } from "./model.ts";
import type { MediaKind, Memory } from "./ports.ts";

/** How strictly a device is asked for: this one, this one if it is there, one that looks so, any. */
export type Wish =
  | { readonly is: "exact" | "ideal"; readonly deviceId: string }
  | { readonly is: "facing"; readonly facing: Facing }
  | { readonly is: "any" };

/** Where a phone's camera looks: at its owner or away (Media Capture, `VideoFacingModeEnum`). */
export type Facing = "user" | "environment";

/** The constraints for one kind of device. */
export function constraintsFor(
  kind: MediaKind,
  wish: Wish,
  settings: MediaSettings,
): MediaTrackConstraints {
  const base = kind === "camera"
    ? cameraConstraints(settings.resolution)
    : soundConstraints(settings.sound);
  if (wish.is === "facing") return { ...base, facingMode: { exact: wish.facing } };
  if (wish.is !== "any" && wish.deviceId !== "") {
    return { ...base, deviceId: { [wish.is]: wish.deviceId } }; // it may look elsewhere
  }
  return kind === "camera" ? { ...base, facingMode: "user" } : base;
}

function cameraConstraints(heightPixels: Resolution): MediaTrackConstraints {
  return {
    width: { ideal: heightPixels * 16 / 9 },
    height: { ideal: heightPixels },
    frameRate: { ideal: 30, max: 30 },
  };
}

function soundConstraints({ original, ...wanted }: SoundSettings): MediaTrackConstraints {
  if (!original) return wanted;
  return {
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
    channelCount: { ideal: 2 },
  };
}

/** What the encoder should care for (MST Content Hints): motion, words, or all of the sound. */
export function hintFor(kind: MediaKind, { sound }: MediaSettings): string {
  if (kind === "camera") return "motion";
  return sound.original ? "music" : "speech";
}

/** `MediaStreamConstraints` name kinds of sound and picture, not of devices. */
export function streamConstraints(
  wishes: ReadonlyMap<MediaKind, Wish>,
  settings: MediaSettings,
): MediaStreamConstraints {
  const microphone = wishes.get("microphone");
  const camera = wishes.get("camera");
  return {
    audio: microphone ? constraintsFor("microphone", microphone, settings) : false,
    video: camera ? constraintsFor("camera", camera, settings) : false,
  };
}

/** Why `getUserMedia` failed: by the name of its exception (Media Capture and Streams, 10.2). */
export function failureOf(error: unknown, secure: boolean): DeviceFailure {
  if (!secure) return "insecure";
  switch (error instanceof Error ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "absent";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "unknown";
  }
}

const KINDS: Readonly<Record<string, DeviceKind>> = {
  audioinput: "microphone",
  videoinput: "camera",
  audiooutput: "speaker",
};

/** What there is to choose from. Before a permission browsers list one nameless device a kind. */
export function listDevices(infos: readonly MediaDeviceInfo[]): Device[] {
  return infos.filter(({ kind, deviceId }) => kind in KINDS && deviceId !== "")
    .map(({ kind, deviceId, label }) => ({ kind: KINDS[kind], deviceId, label }));
}

const CHOICE = "tertulia.device.";
const WILL = "tertulia.off.";

/** The device chosen in this browser before; empty: none. */
export function rememberedDevice(browser: Memory, kind: DeviceKind): string {
  return browser.get(CHOICE + kind) ?? "";
}

export function rememberDevice(browser: Memory, kind: DeviceKind, deviceId: string): void {
  browser.set(CHOICE + kind, deviceId === "" ? null : deviceId);
}

/** Whether it was switched on when the tab last said; so a reload never undoes a mute. */
export function rememberedWill(tab: Memory, kind: MediaKind): boolean {
  return tab.get(WILL + kind) === null;
}

export function rememberWill(tab: Memory, kind: MediaKind, on: boolean): void {
  tab.set(WILL + kind, on ? null : "1");
}
