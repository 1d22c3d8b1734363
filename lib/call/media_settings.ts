/** How sound and picture are taken, as this browser remembers it (pure but for the memory). */
import { type Resolution, RESOLUTIONS, type SoundSettings } from "./model.ts";
import type { Memory } from "./ports.ts";

/** What `getUserMedia` is asked for besides the device. */
export interface MediaSettings {
  readonly sound: SoundSettings;
  readonly resolution: Resolution;
}

/** For talking. */
export const USUAL_SOUND: SoundSettings = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  original: false,
};
/** 720p is what two people send each other; more is scaled down. */
export const USUAL_RESOLUTION: Resolution = 720;

const SOUND = "tertulia.sound";
const RESOLUTION = "tertulia.resolution";
const MIRROR = "tertulia.mirror.";

/** Only what is unusual is kept, by name: a later version's usual settings hold for the rest. */
export function rememberedSound(browser: Memory): SoundSettings {
  const unusual = (browser.get(SOUND) ?? "").split(" ");
  const is = (name: keyof SoundSettings) => unusual.includes(name) !== USUAL_SOUND[name];
  return {
    echoCancellation: is("echoCancellation"),
    noiseSuppression: is("noiseSuppression"),
    autoGainControl: is("autoGainControl"),
    original: is("original"),
  };
}

export function rememberSound(browser: Memory, sound: SoundSettings): void {
  const names = Object.keys(USUAL_SOUND) as (keyof SoundSettings)[];
  const unusual = names.filter((name) => sound[name] !== USUAL_SOUND[name]);
  browser.set(SOUND, unusual.join(" ") || null);
}

export function rememberedResolution(browser: Memory): Resolution {
  const kept = Number(browser.get(RESOLUTION));
  return RESOLUTIONS.find((each) => each === kept) ?? USUAL_RESOLUTION;
}

export function rememberResolution(browser: Memory, heightPixels: Resolution): void {
  browser.set(RESOLUTION, String(heightPixels));
}

/** Whether one's own picture is mirrored: a front camera's is, a back camera's is not. */
export function rememberedMirrors(
  browser: Memory,
): { readonly front: boolean; readonly back: boolean } {
  return {
    front: browser.get(MIRROR + "front") !== "off",
    back: browser.get(MIRROR + "back") === "on",
  };
}

export function rememberMirror(browser: Memory, side: "front" | "back", on: boolean): void {
  browser.set(MIRROR + side, on ? "on" : "off");
}
