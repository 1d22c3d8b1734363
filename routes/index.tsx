import { Head } from "fresh/runtime";
import Home from "../islands/Home.tsx";
import { wordsFor } from "../lib/i18n/server.ts";
import { translator } from "../lib/i18n/translate.ts";
import { define } from "../lib/state.ts";

/** Home. */
export default define.page(({ req }) => {
  const words = wordsFor(req.headers);
  return (
    <>
      <Head>
        <meta name="description" content={translator(words).t("app.description")} />
      </Head>
      <Home words={words} />
    </>
  );
});
