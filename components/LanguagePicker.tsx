import { isLang, LANGUAGES } from "../lib/i18n/catalogue.ts";
import { Icon } from "./Icon.tsx";
import { useWords } from "./words.tsx";

/** Every language by its own name; choosing one changes the page where it stands. */
export function LanguagePicker() {
  const { t, lang, speak } = useWords();
  if (speak === null) return null;
  return (
    <div class="language">
      <Icon name="globe" />
      <select
        aria-label={t("language")}
        value={lang}
        onChange={({ currentTarget: { value } }) => isLang(value) && void speak(value)}
      >
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <option key={code} value={code} lang={code} selected={code === lang}>{name}</option>
        ))}
      </select>
    </div>
  );
}
