import type { ComponentChildren } from "preact";
import type { CallModel, Failure } from "../../lib/call/model.ts";
import { Button, ButtonLink } from "../Button.tsx";
import { Checks } from "../Checks.tsx";
import { DarkTable } from "../DarkTable.tsx";
import type { GoHome } from "../Header.tsx";
import { useNow } from "../use_now.ts";
import { useWords } from "../words.tsx";
import { Message } from "./Message.tsx";

/** The call cannot be had: why, what works all the same, and what to do. */
export function Failed({ call, onHome }: { call: CallModel; onHome?: GoHome }) {
  const { t } = useWords();
  const why = call.failure.value ?? "unreachable";
  if (why === "unreachable") return <Unreachable call={call} onHome={onHome} />;
  return (
    <FailedForGood why={why} onHome={onHome}>
      {why === "version" && (
        <Button kind="primary" size="big" onClick={() => location.reload()}>
          {t("failed.reload")}
        </Button>
      )}
      {why === "refused" && (
        <Button kind="primary" size="big" onClick={() => call.retry()}>{t("retry.again")}</Button>
      )}
    </FailedForGood>
  );
}

/** What waiting does not mend; needs no call, so the server can say it too. */
export function FailedForGood(
  { why, onHome, children }: {
    why: Exclude<Failure, "unreachable">;
    onHome?: GoHome;
    children?: ComponentChildren;
  },
) {
  const { t } = useWords();
  return (
    <Message title={t(`failed.${why}`)} table={<DarkTable />} onHome={onHome}>
      <p class="lead">{t(`failed.${why}.hint`)}</p>
      <div class="actions">
        {children}
        <ButtonLink
          kind={why === "bad-room" || why === "unsupported" ? "primary" : "quiet"}
          size="big"
          href="/"
          onClick={onHome}
        >
          {t("home")}
        </ButtonLink>
      </div>
    </Message>
  );
}

function Unreachable({ call, onHome }: { call: CallModel; onHome?: GoHome }) {
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
        <Button kind="primary" size="big" onClick={() => call.retry()}>{t("retry.now")}</Button>
        <ButtonLink size="big" href="/" onClick={onHome}>{t("home")}</ButtonLink>
      </div>
    </Message>
  );
}
