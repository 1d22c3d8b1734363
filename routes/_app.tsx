import { asset } from "fresh/runtime";
import { chooseLanguage } from "../lib/i18n/choose.ts";
import { define } from "../lib/state.ts";

export default define.page(({ Component, req }) => (
  // Not from `state`: an error page is rendered outside the middleware that fills it.
  <html lang={chooseLanguage(req.headers)}>
    <head>
      <meta charset="utf-8" />
      {/* The keyboard takes its room from the page, so that what is stuck below stays in sight. */}
      <meta
        name="viewport"
        content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
      />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#EFF1EC" media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#17120D" media="(prefers-color-scheme: dark)" />
      <title>Tertulia</title>
      <link rel="icon" href={asset("/favicon.svg")} type="image/svg+xml" />
      <link rel="apple-touch-icon" href={asset("/apple-touch-icon.png")} />
      <link rel="manifest" href="/manifest.webmanifest" />
      <link rel="stylesheet" href={asset("/app.css")} />
    </head>
    <body>
      <Component />
    </body>
  </html>
));
