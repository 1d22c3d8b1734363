/** Microphones, cameras and speakers: what to ask a browser for, and what its answers mean (pure). */
import type { Device, DeviceFailure, DeviceKind } from "./model.ts";
import type { MediaKind, Memory } from "./ports.ts";

/** 720p is what two people send each other; more would be scaled down. */
const CAMERA: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
  facingMode: "user",
};
const MICROPHONE: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

/** How strictly a device is asked for: this one, this one if it is there, or any. */
export type Wish =
  | { readonly is: "exact" | "ideal"; readonly deviceId: string }
  | { readonly is: "any" };

/** The constraints for one kind of device. */
export function constraintsFor(kind: MediaKind, wish: Wish): MediaTrackConstraints {
  const base = kind === "camera" ? CAMERA : MICROPHONE;
  if (wish.is === "any" || wish.deviceId === "") return base;
  const { facingMode: _facingMode, ...rest } = base; // a chosen camera may look elsewhere
  return { ...rest, deviceId: { [wish.is]: wish.deviceId } };
}

/** `MediaStreamConstraints` name kinds of sound and picture, not of devices. */
export function streamConstraints(
  wishes: ReadonlyMap<MediaKind, Wish>,
): MediaStreamConstraints {
  const microphone = wishes.get("microphone");
  const camera = wishes.get("camera");
  return {
    audio: microphone ? constraintsFor("microphone", microphone) : false,
    video: camera ? constraintsFor("camera", camera) : false,
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
