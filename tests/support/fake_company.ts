/** What people say and ask, as a test or a picture wants it; actions do nothing. */
import { signal } from "@preact/signals-core";
import type { CompanyModel, Question, Said } from "../../lib/call/company_model.ts";
import { asId, type KnockId, type SeatId } from "../../lib/protocol/ids.ts";
import type { Reaction, Role } from "../../lib/protocol/messages.ts";

export interface FakeCompany {
  readonly said?: readonly Partial<Said>[];
  readonly unread?: number;
  readonly hands?: readonly string[];
  readonly owners?: readonly string[];
  readonly role?: Role;
  readonly locked?: boolean;
  readonly knocks?: readonly string[];
  readonly deaf?: boolean;
  readonly question?: string;
  readonly reactions?: readonly { readonly name: string; readonly is: Reaction }[];
}

const seatOf = (name: string) => asId<SeatId>(`seat-${name.toLowerCase()}`);

/** People are named; each has the seat `fakePerson` gives them. */
export function fakeCompany(facts: FakeCompany): CompanyModel {
  const nothing = () => {};
  const question: Question | null = facts.question
    ? { seat: seatOf(facts.question), name: facts.question }
    : null;
  return {
    chat: {
      said: signal((facts.said ?? []).map((each, i): Said => ({
        key: `${i}`,
        seat: seatOf(each.name ?? "Ana"),
        isMine: false,
        name: "Ana",
        colour: 0,
        atMs: 0,
        text: "",
        to: null,
        state: "said",
        ...each,
      }))),
      unread: signal(facts.unread ?? 0),
      say: nothing,
      setShown: nothing,
      draft: "",
      keepDraft: nothing,
    },
    hands: signal((facts.hands ?? []).map(seatOf)),
    reactions: signal(facts.reactions ?? []),
    react: nothing,
    question: signal(question),
    answer: nothing,
    asked: signal(new Set()),
    askToMute: nothing,
    volumeOf: () => 1,
    setVolume: nothing,
    deaf: signal(facts.deaf ?? false),
    setDeaf: nothing,
    role: signal(facts.role ?? "guest"),
    owners: signal(new Set((facts.owners ?? []).map(seatOf))),
    locked: signal(facts.locked ?? false),
    knocks: signal(
      (facts.knocks ?? []).map((name) => ({ knock: asId<KnockId>(name), name })),
    ),
    lock: nothing,
    admit: nothing,
    refuse: nothing,
    remove: nothing,
    handOn: nothing,
  };
}
