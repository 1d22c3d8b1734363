import { relative } from "node:path";
import type { Build } from "./builder.ts";

/**
 * Writes the text of `_fresh/server.js`: it imports the app and the modules of its build by paths
 * relative to itself, so the whole checkout may be moved, and exports what `deno serve` takes.
 */
export function serverModule(build: Build, serverEntry: string, outDir: string): string {
  const { id, boot, hashes } = build;
  const list = (name: string, entries: Build["routes"] | Build["islands"]) => ({
    imports: entries.map(([, file], index) =>
      `import * as ${name}${index} from ${specifier(outDir, file)};\n`
    ).join(""),
    pairs: entries.map(([key], index) => `[${JSON.stringify(key)}, ${name}${index}]`).join(", "),
  });
  const routes = list("route", build.routes);
  const islands = list("island", build.islands);
  return `// Written by the build; changes are lost with the next.
import { diskBuildCache, setBuildCache } from "fresh/internal";
import { app } from ${specifier(outDir, serverEntry)};
${routes.imports}${islands.imports}
setBuildCache(app, diskBuildCache(import.meta.url, {
  ...${JSON.stringify({ id, boot, hashes })},
  routes: [${routes.pairs}],
  islands: [${islands.pairs}],
}));

export default { fetch: app.handler() };
`;
}

function specifier(folder: string, file: string): string {
  const path = relative(folder, file).replaceAll("\\", "/");
  return JSON.stringify(path.startsWith(".") ? path : `./${path}`);
}
