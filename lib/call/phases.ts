/** Where a person stands with a room, from what is known (pure). */
import type { ErrorCode } from "../protocol/messages.ts";
import type { FatalReason } from "../protocol/limits.ts";
import type { LinkStatus } from "./link.ts";
import type { DeviceState, Door, Failure, Phase } from "./model.ts";

/** How far this person has come by own doing and the server's answers. */
export type Stage =
  /** `taken`: the name that was chosen is somebody else's; the one to choose instead. */
  | { readonly is: "lobby"; readonly taken?: string }
  | { readonly is: "joining" }
  | { readonly is: "inside" }
  | { readonly is: "full" }
  | { readonly is: "door"; readonly at: Door }
  | { readonly is: "ended" }
  | { readonly is: "replaced" }
  | { readonly is: "failed"; readonly why: Failure };

interface Refused {
  readonly code: ErrorCode;
  readonly re: string | null;
  readonly suggestion?: string;
}

export interface PhaseFacts {
  readonly stage: Stage;
  readonly link: LinkStatus;
  readonly others: number;
  readonly microphone: DeviceState;
  readonly camera: DeviceState;
  /** Whether the server has not answered for longer than people wait. */
  readonly unreachable: boolean;
}

export function phaseOf(facts: PhaseFacts): Phase {
  const { stage, link } = facts;
  if (stage.is === "ended" || stage.is === "replaced" || stage.is === "failed") return stage.is;
  if (link.is === "closed") return link.why === "replaced" ? "replaced" : "failed";
  switch (stage.is) {
    case "lobby":
      return refused(facts.microphone) || refused(facts.camera) ? "denied" : "lobby";
    case "joining":
      return facts.unreachable ? "failed" : "joining";
    case "inside":
      if (link.is !== "open") return "resuming";
      return facts.others > 0 ? "live" : "waiting";
    case "full":
      return "full";
    case "door":
      if (stage.at !== "knocking") return "full";
      return facts.unreachable ? "failed" : "joining";
  }
}

/** Where one stands at a locked room's door; null elsewhere. */
export function doorOf(stage: Stage): Door | null {
  return stage.is === "door" ? stage.at : null;
}

/** Why the phase is `failed`; null in every other. */
export function failureOfCall(facts: PhaseFacts): Failure | null {
  if (phaseOf(facts) !== "failed") return null;
  if (facts.stage.is === "failed") return facts.stage.why;
  return facts.link.is === "closed" ? failureOfClose(facts.link.why) : "unreachable";
}

/** What a refused join comes to; null for errors that are no refusal of the room. */
export function stageOfRefusal(refused: Refused): Stage | null {
  if (refused.re !== "join") return null;
  switch (refused.code) {
    case "name-taken":
      return { is: "lobby", taken: refused.suggestion ?? "" };
    case "full":
      return { is: "full" };
    case "bad-room":
      return { is: "failed", why: "bad-room" };
    case "version":
      return { is: "failed", why: "version" };
    case "locked":
      return { is: "door", at: "locked" };
    case "not-allowed":
      return { is: "failed", why: "removed" };
    case "bad-name":
    case "bad-ticket":
    case "in-another-room":
      return { is: "failed", why: "refused" };
    default:
      return null;
  }
}

/** The free name suggested where the one chosen is somebody else's; null: it is not. */
export function takenIn(stage: Stage): string | null {
  return stage.is === "lobby" ? stage.taken ?? null : null;
}

function refused(device: DeviceState): boolean {
  return device.is === "failed" && device.why === "denied";
}

function failureOfClose(why: FatalReason): Failure {
  return why === "version" || why === "removed" ? why : "refused";
}
