/** Names and calls by name as pages use them; comes lazily, see `own_name_memory.ts`. */
import { browserNamesEnv } from "./env/names_env.ts";
import type { SignalingLink } from "./link.ts";
import { Names, type NamesOptions } from "./names.ts";
import { Phone, type PhoneModel } from "./phone.ts";
import type { Env } from "./ports.ts";
import { SignalingClient } from "./signaling.ts";

/**
 * Holds this browser's name, if there is one, and takes calls.
 *
 * @param link the page's; by default a new one, in no room, whatever the tab remembers
 */
export function openPhone(
  env: Env,
  texts: NamesOptions["texts"],
  link: SignalingLink = linkOutside(env),
): PhoneModel {
  const names = browserNamesEnv();
  return new Phone(env, link, (prepare) => new Names({ env, names, link, prepare, texts }));
}

function linkOutside(env: Env): SignalingLink {
  const link = new SignalingClient(env);
  if (link.returning !== null) link.leave();
  return link;
}

export type * from "./names_model.ts";
export type { PhoneModel } from "./phone.ts";
