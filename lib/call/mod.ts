/** The call engine as pages use it: no DOM, no Preact; signals out, actions in. */
import { Call, type CallOptions } from "./call.ts";
import type { SignalingLink } from "./link.ts";
import type { CallModel } from "./model.ts";
import type { Env, Undo } from "./ports.ts";
import { SignalingClient } from "./signaling.ts";
import { TalkWatch } from "./talk_watch.ts";

/** Opens one room's lobby, or goes straight back into the call after a reload. */
export function createCall(options: CallOptions): CallModel {
  return new Call(options);
}

/** A page's link to the server, for whatever it comes to do; opens nothing yet. */
export function createLink(env: Env): SignalingLink {
  return new SignalingClient(env);
}

/** Tells a link that a name will be proven on it soon: joining by one's own waits for that. */
export function expectName(link: SignalingLink): void {
  link.plug({ welcomed: () => {}, lost: () => {}, read: () => null });
}

/**
 * Follows the room of a call by name.
 *
 * @param met the page was loaded anew in the midst of it
 * @param over told when everybody else has left it
 */
export function watchTalk(link: SignalingLink, met: boolean, over: () => void): Undo {
  const watch = new TalkWatch();
  watch.begin(met);
  return link.on((event) => {
    if (watch.follow(event)) over();
  });
}

export { browserEnv, missingFeatures } from "./env.ts";
export type { CallOptions } from "./call.ts";
export type * from "./model.ts";
export { NOTICE_KEYS } from "./model.ts";
export type { Env } from "./ports.ts";
export type { SignalingLink } from "./link.ts";
