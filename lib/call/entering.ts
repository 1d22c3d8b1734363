/** Going into a room without its lobby: somebody called by name, and was answered. */
import type { Media } from "./media.ts";
import type { Env, MediaPort } from "./ports.ts";

export interface Entering {
  /** Devices asked for before; the call's from now on. Null after a reload: asked for again. */
  readonly media: Media | null;
  /** False for who only watches: there are no devices. */
  readonly sends: boolean;
}

/** The world of a call. For who only watches nothing is ever asked for, whatever is pressed. */
export function envFor(env: Env, entering: Entering | undefined): Env {
  return entering?.sends === false ? { ...env, media: withoutDevices(env.media) } : env;
}

function withoutDevices(media: MediaPort): MediaPort {
  return {
    secure: media.secure,
    canShare: false,
    getUserMedia: () => Promise.reject(new DOMException("one only watches", "NotFoundError")),
    enumerateDevices: () => Promise.resolve([]),
    onDeviceChange: () => () => {},
    permission: () => Promise.resolve(null),
    newStream: (tracks) => media.newStream(tracks),
    meter: () => () => {},
  };
}
