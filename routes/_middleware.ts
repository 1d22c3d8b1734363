import { chooseLanguage } from "../lib/i18n/choose.ts";
import { define } from "../lib/state.ts";

/** Every route of ours only reads; Fresh itself would answer another method with 404. */
const METHODS = ["GET", "HEAD"];

export const handler = define.middleware((ctx) => {
  if (!METHODS.includes(ctx.req.method)) {
    return new Response("Method not allowed\n", {
      status: 405,
      headers: { allow: METHODS.join(", ") },
    });
  }
  ctx.state.lang = chooseLanguage(ctx.req.headers);
  return ctx.next();
});
