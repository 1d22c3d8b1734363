import type { Notice as NoticeData } from "../lib/call/model.ts";
import { Icon } from "./Icon.tsx";
import { useWords } from "./words.tsx";

/** One line over the stage. It is only seen: `LiveRegion` says it. */
export function Notice({ notice }: { notice: NoticeData | null }) {
  const { t } = useWords();
  if (notice === null) return null;
  return (
    <p class={`notice ${notice.tone}`}>
      {notice.tone === "trouble" && (
        <Icon name={notice.key === "notice.serverLost" ? "wifi-off" : "circle-alert"} />
      )}
      {t(notice.key, notice.values)}
    </p>
  );
}
