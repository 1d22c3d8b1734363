import type { CallModel } from "../../lib/call/model.ts";
import { Button, ButtonLink } from "../Button.tsx";
import { Checks } from "../Checks.tsx";
import { DarkTable } from "../DarkTable.tsx";
import type { GoHome } from "../Header.tsx";
import { useNow } from "../use_now.ts";
import { useWords } from "../words.tsx";
import { Message } from "./Message.tsx";

/** The server cannot be reached: what works all the same, and what to do. */
export function Unreachable(
  { call, onRetry, onHome }: { call: CallModel; onRetry: () => void; onHome?: GoHome },
) {
  const { t } = useWords();
  const now = useNow();
  const since = call.unreachableSince.value ?? now;
  const seconds = Math.max(0, Math.round((now - since) / 1000));
  const online = navigator.onLine !== false;
  const { microphone, camera } = call.media;
  return (
    <Message title={t("failed.unreachable")} table={<DarkTable />} onHome={onHome}>
      <p class="lead">
        {t(online ? "failed.unreachable.online" : "failed.unreachable.offline")}
      </p>
      <Checks
        checks={[
          { label: t("check.network"), good: online },
          {
            label: t("check.devices"),
            good: microphone.value.is !== "failed" && camera.value.is !== "failed",
          },
          {
            label: t("check.server"),
            good: false,
            detail: seconds > 0 ? t("check.serverSilent", { seconds }) : t("check.serverWaiting"),
          },
        ]}
      />
      <div class="actions">
        <Button kind="primary" size="big" onClick={onRetry}>{t("retry.now")}</Button>
        <ButtonLink size="big" href="/" onClick={onHome}>{t("home")}</ButtonLink>
      </div>
    </Message>
  );
}
