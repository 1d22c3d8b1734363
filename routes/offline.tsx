import { asset, Head } from "fresh/runtime";
import { Button } from "../components/Button.tsx";
import { DarkTable } from "../components/DarkTable.tsx";
import { Message } from "../components/screens/Message.tsx";
import { Speaking, useWords } from "../components/words.tsx";
import { type Lang, LANGUAGES } from "../lib/i18n/catalogue.ts";
import { wordsFor, wordsOf } from "../lib/i18n/server.ts";
import { define } from "../lib/state.ts";

/**
 * What the service worker shows in place of a page that cannot be had. It is kept for a long time,
 * so it stands there in every language; `static/offline.js` shows the one chosen by then.
 */
export default define.page(({ req }) => {
  const { lang } = wordsFor(req.headers);
  const others = (Object.keys(LANGUAGES) as Lang[]).filter((each) => each !== lang);
  return (
    <>
      <Head>
        <meta name="robots" content="noindex" />
        <script type="module" src={asset("/offline.js")}></script>
      </Head>
      {[lang, ...others].map((each) => (
        <Speaking key={each} words={wordsOf(each)} still>
          <main class="room" lang={each} hidden={each !== lang}>
            <OutOfReach />
          </main>
        </Speaking>
      ))}
    </>
  );
});

function OutOfReach() {
  const { t } = useWords();
  return (
    <Message title={t("failed.unreachable")} table={<DarkTable />}>
      <p class="lead">{t("offline.lead")}</p>
      <div class="actions">
        <Button kind="primary" size="big">{t("retry.now")}</Button>
      </div>
    </Message>
  );
}
