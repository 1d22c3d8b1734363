import type { TogetherModel } from "../lib/call/model.ts";
import { Button } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import { useWords } from "./words.tsx";

/** Says that one shares, for as long as one does; freezes the picture, and ends it. */
export function ShareBar({ together: { share } }: { together: TogetherModel }) {
  const { t } = useWords();
  if (share.is.value !== "on") return null;
  const frozen = share.frozen.value;
  return (
    <section class={frozen ? "share-bar frozen" : "share-bar"} aria-label={t("share.youShare")}>
      <Icon name={frozen ? "pause" : "screen-share"} />
      <p>{t(frozen ? "share.barFrozen" : "share.bar")}</p>
      <Button
        size="small"
        icon={frozen ? "play" : "pause"}
        onClick={() =>
          void share.freeze(!frozen)}
      >
        {t(frozen ? "share.goOn" : "share.freeze")}
      </Button>
      <Button
        kind="danger"
        size="small"
        icon="screen-share-off"
        onClick={() =>
          share.stop()}
      >
        {t("share.stop")}
      </Button>
    </section>
  );
}
