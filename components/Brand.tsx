import type { JSX } from "preact";
import { useWords } from "./words.tsx";

/** A disc with chair backs round it: four make the mark, six the spinner. */
function Chairs({ count }: { count: 4 | 6 }) {
  const gap = count === 4 ? 34 : 26;
  const length = 360 / count - gap;
  return (
    <>
      <circle class="mark-table" cx="16" cy="16" r={count === 4 ? 7.5 : 6} />
      {Array.from({ length: count }, (_, i) => (
        <circle
          key={i}
          class={`mark-chair mark-chair-${i}`}
          cx="16"
          cy="16"
          r="12.5"
          pathLength={360}
          stroke-dasharray={`${length} ${360 - length}`}
          stroke-dashoffset={length / 2 - (i * 360) / count + (count === 4 ? 45 : 90)}
        />
      ))}
    </>
  );
}

/** The name with its mark; leads home. */
export function Brand(
  { onHome }: { onHome?: (event: JSX.TargetedMouseEvent<HTMLElement>) => void },
) {
  const { t } = useWords();
  return (
    <a class="brand" href="/" aria-label={t("app.home")} onClick={onHome}>
      <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
        <Chairs count={4} />
      </svg>
      <span>tertulia</span>
    </a>
  );
}

/** Something is under way; the words beside it say what. */
export function Spinner() {
  return (
    <svg class="mark spinner" viewBox="0 0 32 32" aria-hidden="true">
      <Chairs count={6} />
    </svg>
  );
}
