/**
 * What looks after a running call, and what people do together in it. Nobody needs it to get in,
 * so the page fetches it afterwards.
 */
import type { RoomId } from "../protocol/ids.ts";
import { stayAwake } from "./awake.ts";
import { Company } from "./company.ts";
import type { CompanyLater } from "./company_later.ts";
import type { Gathering } from "./gathering.ts";
import { watchMuted, watchSilence } from "./hearing.ts";
import type { SignalingLink } from "./link.ts";
import { measure } from "./measuring.ts";
import type { Media } from "./media.ts";
import type { TogetherModel } from "./model.ts";
import type { Notices } from "./notices.ts";
import type { Env, ScreenPort, Undo } from "./ports.ts";
import { retakeOnReturn } from "./returning.ts";
import { Together } from "./together.ts";

export interface Cared {
  readonly env: Env;
  readonly media: Media;
  readonly notices: Notices;
  readonly gathering: Gathering;
  readonly room: RoomId;
  readonly link: SignalingLink;
  /** Where what people say and ask is to be found. */
  readonly company: CompanyLater;
}

export interface Caring {
  readonly together: TogetherModel;
  /** To be called when the call ends. */
  readonly end: Undo;
}

/** Begins. */
export function care(cared: Cared, screen: ScreenPort): Caring {
  const { env, media, notices, gathering } = cared;
  const together = new Together(cared, screen);
  const undo = [
    () => together.dispose(),
    cared.company.begin(new Company(cared)),
    stayAwake(env),
    retakeOnReturn(env, media),
    measure(env.clock, gathering.lines),
    watchSilence(env, media, notices),
    watchMuted(env, media, notices),
  ];
  return {
    together,
    end() {
      for (const each of undo) each();
    },
  };
}
