import { serveShell } from "../lib/shell/worker.ts";
import { define } from "../lib/state.ts";

/** The service worker: another text with each build, which is how browsers learn of a new one. */
export const handler = define.handlers({
  async GET(ctx) {
    const shell = await ctx.state.shell();
    return new Response(`(${serveShell})(self, ${JSON.stringify(shell)});\n`, {
      headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-cache" },
    });
  },
});
