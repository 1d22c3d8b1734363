import type { CompanyModel } from "../lib/call/company_model.ts";
import type { Reaction } from "../lib/protocol/messages.ts";
import { useWords } from "./words.tsx";

const REACTIONS: readonly Reaction[] = ["👍", "👏", "❤️", "😂", "😮", "🎉"];

/** The reactions, to be pressed. */
export function ReactionBar({ company }: { company: CompanyModel }) {
  const { t } = useWords();
  return (
    <div class="reaction-bar" role="group" aria-label={t("react.title")}>
      {REACTIONS.map((reaction) => (
        <button
          key={reaction}
          type="button"
          onClick={() => company.react(reaction)}
        >
          {reaction}
        </button>
      ))}
    </div>
  );
}
