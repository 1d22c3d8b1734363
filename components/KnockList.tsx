import type { CompanyModel } from "../lib/call/company_model.ts";
import { Button } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import { useWords } from "./words.tsx";

/** Who stands before the door, to be let in or not. */
export function KnockList({ company }: { company: CompanyModel }) {
  const { t } = useWords();
  const knocks = company.knocks.value;
  if (knocks.length === 0) return null;
  return (
    <ul class="knocks">
      {knocks.map(({ knock, name }) => (
        <li key={knock}>
          <p class="with-icon">
            <Icon name="door-open" />
            {t("knock.lead", { name })}
          </p>
          <div class="person-acts">
            <Button kind="primary" size="small" onClick={() => company.admit(knock)}>
              {t("knock.admit")}
            </Button>
            <Button size="small" onClick={() => company.refuse(knock)}>{t("knock.refuse")}</Button>
          </div>
        </li>
      ))}
    </ul>
  );
}
