/** One step of the fold in the making. */
import type { CallId, SessionId } from "../protocol/ids.ts";
import type {
  NamesClientType,
  NamesFault,
  NamesServerMessage,
  PersonNews,
} from "../protocol/names_messages.ts";
import type { PeopleEffect } from "./people_commands.ts";
import { type PeopleState, reachOf } from "./people_state.ts";

export interface Turn {
  readonly state: PeopleState;
  /** Ms since 1970. */
  readonly at: number;
  readonly effects: PeopleEffect[];
  /** How those who may look different after this step looked before, by folded name. */
  readonly before: Map<string, PersonNews | null>;
}

/** Notes how somebody looks, before anything about them is changed. */
export function touch({ state, before }: Turn, folded: string): void {
  if (!before.has(folded)) before.set(folded, look(state, folded));
}

/** Tells of everybody touched who looks different now. */
export function tellNews({ state, before, effects }: Turn): void {
  for (const [folded, old] of before) {
    const now = look(state, folded);
    if (old !== null && old.name !== now?.name) {
      effects.push({ do: "news", news: { name: old.name, reach: "gone" } });
    }
    if (now !== null && (old?.name !== now.name || old.reach !== now.reach)) {
      effects.push({ do: "news", news: now });
    }
  }
}

export function tell(turn: Turn, to: readonly SessionId[], message: NamesServerMessage): void {
  if (to.length > 0) turn.effects.push({ do: "tell", to, message });
}

interface Asked {
  readonly session: SessionId;
  readonly call?: CallId;
}

/** Refuses what a session asked for; nobody else hears of it. */
export function refuse(
  turn: Turn,
  { session, call }: Asked,
  re: NamesClientType,
  code: NamesFault,
  message: string,
  suggestion?: string,
): void {
  tell(turn, [session], {
    type: "names-error",
    code,
    message,
    re,
    ...(call === undefined ? {} : { call }),
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}

function look(state: PeopleState, folded: string): PersonNews | null {
  const name = state.names.get(folded);
  const reach = reachOf(state, name);
  return reach === null ? null : { name: name!.name, reach };
}
