/** Serves the gallery on a port of its own: the screens, bundled, with the app's own style. */
import { fileURLToPath } from "node:url";
import { bundle } from "../../../lib/fresh/build/bundle.ts";

const ROOT = new URL("../../../", import.meta.url);
const PAGE = `<!DOCTYPE html><html><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Tertulia</title>
<link rel="stylesheet" href="/app.css"></head><body><script type="module" src="/main.js"></script>
</body></html>`;
const TYPES: Readonly<Record<string, string>> = {
  css: "text/css",
  svg: "image/svg+xml",
  json: "application/json",
};

export interface Gallery {
  /** Where it is, as `http://127.0.0.1:1234`. */
  readonly base: string;
  close(): Promise<void>;
}

/** Opens the gallery. */
export async function openGallery(): Promise<Gallery> {
  const { islands: [main], files } = await bundle({
    root: fileURLToPath(ROOT),
    islands: [fileURLToPath(new URL("./main.tsx", import.meta.url))],
    target: "es2022",
    buildId: "gallery",
    isDevelopment: true,
  });
  const page = PAGE.replace("/main.js", main.url);
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (req) => {
    const { pathname } = new URL(req.url);
    if (pathname === "/") return new Response(page, { headers: { "content-type": "text/html" } });
    const script = files.get(pathname);
    if (script) {
      return new Response(script, { headers: { "content-type": "text/javascript" } });
    }
    const file = await Deno.readFile(new URL(`static${pathname}`, ROOT)).catch(() => null);
    if (file === null) return new Response(null, { status: 404 });
    const type = TYPES[pathname.split(".").at(-1)!] ?? "application/octet-stream";
    return new Response(file, { headers: { "content-type": type } });
  });
  return {
    base: `http://127.0.0.1:${server.addr.port}`,
    close: () => server.shutdown(),
  };
}
