/** Who is there: a list told once and then by differences (pure). */
import type { NamesServerMessage } from "../protocol/names_messages.ts";
import type { PersonHere } from "./names_model.ts";

type PeopleTold = Extract<NamesServerMessage, { type: "people" }>;

/** The list after a message, by name. @param before null: nothing was told yet */
export function foldPeople(
  before: readonly PersonHere[] | null,
  { all, people }: PeopleTold,
): readonly PersonHere[] {
  const byName = new Map((all ? [] : before ?? []).map((each) => [each.name, each]));
  for (const { name, reach } of people) {
    if (reach === "gone") byName.delete(name);
    else byName.set(name, { name, reach });
  }
  return [...byName.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}
