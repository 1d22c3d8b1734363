import { Icon } from "./Icon.tsx";
import { useWords } from "./words.tsx";

/** Why browsers give no devices to a page that came by plain http, and what to do about it. */
export function Insecure() {
  const { t } = useWords();
  return (
    <div class="box bad">
      <Icon name="circle-alert" />
      <div>
        <p>
          <strong>{t("insecure.why")}</strong> {t("insecure.guest")}
        </p>
        <p>{t("insecure.host")}</p>
      </div>
    </div>
  );
}
