import type { ComponentChildren } from "preact";
import type { CallModel, Failure } from "../../lib/call/model.ts";
import { Button, ButtonLink } from "../Button.tsx";
import { DarkTable } from "../DarkTable.tsx";
import type { GoHome } from "../Header.tsx";
import { useWords } from "../words.tsx";
import { Message } from "./Message.tsx";

/** The call cannot be had for another reason than its way: which, and what to do. */
export function Failed({ call, onHome }: { call: CallModel; onHome?: GoHome }) {
  const { t } = useWords();
  const why = call.failure.value;
  if (why === null || why === "unreachable") return null;
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
