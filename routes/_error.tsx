import { HttpError, page } from "fresh";
import { ButtonLink } from "../components/Button.tsx";
import { DarkTable } from "../components/DarkTable.tsx";
import { Message } from "../components/screens/Message.tsx";
import { Speaking, useWords } from "../components/words.tsx";
import { wordsFor } from "../lib/i18n/server.ts";
import { securityHeaders } from "../lib/security.ts";
import type { ServeInfo } from "../lib/services.ts";
import { define } from "../lib/state.ts";

/** Rendered outside all middleware, so it brings its own headers, and logs what nobody else does. */
export const handler = define.handlers(({ error, info }) => {
  const status = statusOf(error);
  if (status >= 500) {
    const log = (info as Partial<ServeInfo>).services?.log;
    if (log) log.error("a request failed", { why: String(error) });
    else console.error(error);
  }
  return page(undefined, { status, headers: securityHeaders(null) });
});

export default define.page<typeof handler>(({ error, req }) => (
  <Speaking words={wordsFor(req.headers)} still>
    <main class="room">
      <Trouble status={statusOf(error)} />
    </main>
  </Speaking>
));

function statusOf(error: unknown): number {
  return error instanceof HttpError ? error.status : 500;
}

function Trouble({ status }: { status: number }) {
  const { t } = useWords();
  const missing = status < 500;
  return (
    <Message title={t(missing ? "error.notFound" : "error.server")} table={<DarkTable />}>
      <p class="lead">{t(missing ? "error.notFoundHint" : "error.serverHint")}</p>
      <div class="actions">
        <ButtonLink kind="primary" size="big" href="/">{t("home")}</ButtonLink>
      </div>
    </Message>
  );
}
