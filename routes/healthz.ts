import { define } from "../lib/state.ts";

/** For whoever watches the server: it answers. */
export const handler = define.handlers({
  GET: () => new Response("ok\n", { headers: { "cache-control": "no-store" } }),
});
