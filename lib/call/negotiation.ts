/**
 * Perfect negotiation (W3C WebRTC 1.0, section 10.7) as a pure state machine.
 *
 * `peer.ts` feeds it what happens and performs the acts it returns, one at a time, from one queue;
 * so what the W3C example guards with flags (an offer being made, an answer being set) cannot be
 * met half-way here. What it adds: descriptions have ids, so a repeat is recognised; candidates
 * wait for their description or are dropped with an older one; those inside a room wait for the
 * newcomer's offer.
 */
import type { Candidate, Description } from "../protocol/messages.ts";

export interface Negotiation {
  /** Gives way when both offer at once. */
  readonly polite: boolean;
  /** No offer of our own until the other's first one came. */
  readonly waiting: boolean;
  /** Our own offer that no answer came to yet. */
  readonly pending: Description | null;
  /** The last offer answered, for when it comes again. */
  readonly answered: { readonly offer: string; readonly answer: Description } | null;
  /** ICE username fragments of the standing remote description; empty before the first. */
  readonly current: readonly string[];
  readonly older: readonly string[];
  /** Candidates whose description has not come yet. */
  readonly held: readonly Candidate[];
}

export type NegotiationInput =
  /** `negotiationneeded`, or the newcomer's start. */
  | { readonly is: "needed" }
  /** The path wants new ICE credentials. */
  | { readonly is: "restart" }
  /** What we sent may have been lost with the signaling. */
  | { readonly is: "lossy" }
  | { readonly is: "description"; readonly desc: Description }
  | { readonly is: "candidate"; readonly candidate: Candidate }
  // results of acts
  | { readonly is: "offered"; readonly desc: Description }
  | { readonly is: "applied"; readonly desc: Description }
  | { readonly is: "answered"; readonly desc: Description };

export type NegotiationAct =
  /** Make an offer the local description; result: `offered`. */
  | { readonly do: "offer"; readonly restart: boolean }
  /** Make it the remote description, rolling back our own offer if told; result: `applied`. */
  | { readonly do: "apply"; readonly desc: Description; readonly rollback: boolean }
  /** Make an answer the local description; result: `answered`. */
  | { readonly do: "answer"; readonly offer: string }
  | { readonly do: "send"; readonly desc: Description }
  | { readonly do: "add"; readonly candidate: Candidate };

export interface NegotiationStep {
  readonly state: Negotiation;
  readonly acts: readonly NegotiationAct[];
}

/** Two generations of some six network interfaces; more is not a peer we know. */
export const HELD_CANDIDATES = 64;
const OLDER_FRAGMENTS = 16;

/** @param offers true for the newcomer, false for those already inside */
export function newNegotiation(polite: boolean, offers: boolean): Negotiation {
  return {
    polite,
    waiting: !offers,
    pending: null,
    answered: null,
    current: [],
    older: [],
    held: [],
  };
}

/** The next state, and what to do to get there. */
export function negotiate(state: Negotiation, input: NegotiationInput): NegotiationStep {
  switch (input.is) {
    case "needed":
      // While our offer is out the browser keeps the need and fires again when stable.
      if (state.waiting || state.pending) return { state, acts: [] };
      return { state, acts: [{ do: "offer", restart: false }] };
    case "restart":
      // Measured in Chromium: restartIce() does nothing while an offer is out. Send that one again.
      if (state.pending) return { state, acts: [{ do: "send", desc: state.pending }] };
      return {
        state: { ...state, waiting: false },
        acts: [{ do: "offer", restart: state.current.length > 0 }],
      };
    case "lossy":
      return { state, acts: state.pending ? [{ do: "send", desc: state.pending }] : [] };
    case "description":
      return input.desc.type === "offer" ? onOffer(state, input.desc) : onAnswer(state, input.desc);
    case "candidate":
      return onCandidate(state, input.candidate);
    case "offered":
      return {
        state: { ...state, pending: input.desc },
        acts: [{ do: "send", desc: input.desc }],
      };
    case "applied":
      return onApplied(state, input.desc);
    case "answered":
      return {
        state: { ...state, answered: { offer: input.desc.re ?? "", answer: input.desc } },
        acts: [{ do: "send", desc: input.desc }],
      };
  }
}

function onOffer(state: Negotiation, desc: Description): NegotiationStep {
  if (state.answered?.offer === desc.id) {
    return { state, acts: [{ do: "send", desc: state.answered.answer }] };
  }
  const collision = state.pending !== null;
  // The polite side will answer our offer, and offer again once that is done.
  if (collision && !state.polite) return { state, acts: [] };
  return { state, acts: [{ do: "apply", desc, rollback: collision }] };
}

function onAnswer(state: Negotiation, desc: Description): NegotiationStep {
  const ours = state.pending !== null && state.pending.id === desc.re;
  return { state, acts: ours ? [{ do: "apply", desc, rollback: false }] : [] };
}

function onApplied(state: Negotiation, desc: Description): NegotiationStep {
  const current = usernameFragments(desc.sdp);
  const replaced = state.current.filter((fragment) => !current.includes(fragment));
  const add = state.held.filter((held) => current.includes(held.usernameFragment))
    .map((candidate) => ({ do: "add", candidate }) as const);
  const acts: NegotiationAct[] = desc.type === "offer"
    ? [{ do: "answer", offer: desc.id }, ...add]
    : add;
  return {
    state: {
      ...state,
      waiting: false,
      pending: null,
      current,
      older: [...state.older, ...replaced].slice(-OLDER_FRAGMENTS),
      // Signaling keeps the order: what did not match belongs to an offer that was passed over.
      held: [],
    },
    acts,
  };
}

function onCandidate(state: Negotiation, candidate: Candidate): NegotiationStep {
  const fragment = candidate.usernameFragment;
  if (state.current.includes(fragment)) return { state, acts: [{ do: "add", candidate }] };
  if (state.older.includes(fragment)) return { state, acts: [] };
  return {
    state: { ...state, held: [...state.held, candidate].slice(-HELD_CANDIDATES) },
    acts: [],
  };
}

/** The `a=ice-ufrag` values of a description (RFC 8839, section 5.4), each once. */
export function usernameFragments(sdp: string): string[] {
  return [...new Set([...sdp.matchAll(/^a=ice-ufrag:(\S+)/gm)].map((match) => match[1]))];
}
