import { Icon } from "./Icon.tsx";
import { useWords } from "./words.tsx";

export interface Check {
  readonly label: string;
  readonly good: boolean;
  /** What is the matter; a check that is good needs none. */
  readonly detail?: string;
}

/** What works and what does not, line by line. */
export function Checks({ checks }: { checks: readonly Check[] }) {
  const { t } = useWords();
  return (
    <ul class="checks">
      {checks.map(({ label, good, detail }) => (
        <li key={label} class={good ? "good" : "bad"}>
          <Icon name={good ? "check" : "x"} />
          <span>
            {label} {detail
              ? <small>{detail}</small>
              : <span class="sr-only">{t(good ? "check.good" : "check.bad")}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
