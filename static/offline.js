/** Behind `routes/offline.tsx`: shows its language, and the page that was wanted once it can be had. */

const EVERY_MS = 5000;

/** Keeps the whole address: the secret after `#` too, which a link to this page would lose. */
const again = () => location.reload();

const lang = /(?:^|; )lang=([a-z]+)/.exec(document.cookie)?.[1];
const pages = [...document.querySelectorAll("main[lang]")];
if (pages.some((page) => page.lang === lang)) {
  for (const page of pages) page.hidden = page.lang !== lang;
  document.documentElement.lang = lang;
}

for (const button of document.querySelectorAll("button")) button.addEventListener("click", again);
addEventListener("online", again);
setInterval(async () => {
  if (document.visibilityState !== "visible") return;
  const answer = await fetch("/healthz").catch(() => null);
  if (answer?.ok) again();
}, EVERY_MS);
