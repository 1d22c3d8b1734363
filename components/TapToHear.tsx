import { Icon } from "./Icon.tsx";
import { useWords } from "./words.tsx";

/** For a picture whose sound the browser plays only after a tap. */
export function TapToHear({ onTap }: { onTap: () => void }) {
  const { t } = useWords();
  return (
    <button type="button" class="hear" onClick={onTap}>
      <Icon name="volume-2" />
      {t("tile.hear")}
    </button>
  );
}
