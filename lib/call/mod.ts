/** The call engine as pages use it: no DOM, no Preact; signals out, actions in. */
import { Call, type CallOptions } from "./call.ts";
import type { CallModel } from "./model.ts";

/** Opens one room's lobby, or goes straight back into the call after a reload. */
export function createCall(options: CallOptions): CallModel {
  return new Call(options);
}

export { browserEnv, missingFeatures } from "./env.ts";
export type { CallOptions } from "./call.ts";
export type * from "./model.ts";
export { NOTICE_KEYS } from "./model.ts";
export type { Env } from "./ports.ts";
export type { SignalingLink } from "./link.ts";
