/**
 * What looks after a running call. Nobody needs it to get in, so the page fetches it afterwards.
 */
import { stayAwake } from "./awake.ts";
import { watchMuted, watchSilence } from "./hearing.ts";
import type { Lines } from "./lines.ts";
import { measure } from "./measuring.ts";
import type { Media } from "./media.ts";
import type { Notices } from "./notices.ts";
import type { Env, Undo } from "./ports.ts";

export interface Cared {
  readonly env: Env;
  readonly media: Media;
  readonly notices: Notices;
  readonly lines: Lines;
}

/** Begins; to be undone when the call ends. */
export function care({ env, media, notices, lines }: Cared): Undo {
  const undo = [
    stayAwake(env),
    measure(env.clock, lines),
    watchSilence(env, media, notices),
    watchMuted(env, media, notices),
  ];
  return () => {
    for (const each of undo) each();
  };
}
