import { relative } from "node:path";
import type { Build } from "./builder.ts";

/**
 * Writes the text of `_fresh/server.js`: it imports the app and the modules of its build by paths
 * relative to itself, so the whole checkout may be moved, and exports what `deno serve` takes.
 */
export function serverModule(
  build: Build,
  serverEntry: string,
  outDir: string,
): string {
  const specifier = (file: string) => {
    const path = relative(outDir, file).replaceAll("\\", "/");
    return JSON.stringify(path.startsWith(".") ? path : `./${path}`);
  };
  const routes = build.routes.map(([path], index) =>
    `[${JSON.stringify(path)}, route${index}]`
  );
  const islands = build.islands.map(([chunk], index) =>
    `[${JSON.stringify(chunk)}, island${index}]`
  );
  return `// Written by the build; changes are lost with the next.
import { diskBuildCache, setBuildCache } from "fresh/internal";
import { app } from ${specifier(serverEntry)};
${
    build.routes.map(([, file], i) =>
      `import * as route${i} from ${specifier(file)};`
    ).join("\n")
  }
${
    build.islands.map(([, file], i) =>
      `import * as island${i} from ${specifier(file)};`
    ).join("\n")
  }

setBuildCache(app, diskBuildCache(import.meta.url, {
  id: ${JSON.stringify(build.id)},
  boot: ${JSON.stringify(build.boot)},
  routes: [${routes.join(", ")}],
  islands: [${islands.join(", ")}],
  hashes: ${JSON.stringify(build.hashes)},
}));

export default { fetch: app.handler() };
`;
}
