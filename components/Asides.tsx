import type { CompanyModel } from "../lib/call/company_model.ts";
import { Button } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import { KnockList } from "./KnockList.tsx";
import { useWords } from "./words.tsx";

/** Over the stage: what somebody asks, who knocks, how people react. */
export function Asides(
  { company, knocks }: {
    company: CompanyModel;
    /** False where the open panel shows them. */
    knocks: boolean;
  },
) {
  const { t } = useWords();
  const question = company.question.value;
  return (
    <div class="asides">
      {question && (
        <div class="aside" role="group" aria-label={t("question.label")}>
          <p class="with-icon" role="status">
            <Icon name="mic-off" />
            {t("question.mute", { name: question.name })}
          </p>
          <div class="person-acts">
            <Button kind="primary" size="small" onClick={() => company.answer(true)}>
              {t("question.yes")}
            </Button>
            <Button size="small" onClick={() => company.answer(false)}>{t("question.no")}</Button>
          </div>
        </div>
      )}
      {knocks && company.knocks.value.length > 0 && (
        <div class="aside">
          <KnockList company={company} />
        </div>
      )}
      <ul class="reactions" aria-label={t("reactions")} aria-live="polite">
        {company.reactions.value.map(({ name, is }, i) => (
          <li key={i}>
            <span>{is}</span> {name}
          </li>
        ))}
      </ul>
    </div>
  );
}
