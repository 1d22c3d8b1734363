import * as esbuild from "esbuild";
import { basename, dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { IslandChunk } from "../server/build_cache.ts";
import { BUNDLE_PATH } from "../server/static_files.ts";

/** What to bundle for the browser, and how. */
export interface BundleOptions {
  /** The folder with `deno.json`, absolute. */
  root: string;
  /** The island files, absolute. */
  islands: string[];
  /** The browsers to write for, in esbuild's words. */
  target: string | string[];
  /** What `asset()` in the browser shall add. */
  buildId: string;
  /** Readable code with source maps, for development. */
  isDevelopment: boolean;
}

/** The bundles. */
export interface Bundle {
  boot: IslandChunk;
  /** In the order of `islands`. */
  islands: IslandChunk[];
  /** Address and content of each file. */
  files: Map<string, Uint8Array<ArrayBuffer>>;
}

const BOOT = fileURLToPath(new URL("../client/boot.ts", import.meta.url));
const RUNTIME = fileURLToPath(new URL("../runtime.ts", import.meta.url));

/** Bundles islands as ES modules whose shared parts, and what they `import()`, are chunks apart. */
export async function bundle(options: BundleOptions): Promise<Bundle> {
  const { root, islands, isDevelopment } = options;
  const { imports, jsxImportSource } = await readConfig(root);
  const entryPoints = [BOOT, ...islands];
  const result = await esbuild.build({
    entryPoints: entryPoints.map((file, index) => ({
      in: file,
      out: index === 0 ? "boot" : basename(file, extname(file)),
    })),
    absWorkingDir: root,
    nodePaths: [
      join(root, "node_modules"),
      fileURLToPath(new URL("../../../node_modules", import.meta.url)),
    ],
    outdir: "/",
    entryNames: "[name]-[hash]",
    chunkNames: "chunk-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: options.target,
    minify: !isDevelopment,
    sourcemap: isDevelopment ? "linked" : false,
    legalComments: "none",
    jsx: "automatic",
    jsxImportSource,
    define: { __FRESH_BUILD_ID__: JSON.stringify(options.buildId) },
    metafile: true,
    write: false,
    logLevel: "silent",
    plugins: [denoImports(root, imports)],
  });
  const outputs = new Map(
    Object.entries(result.metafile.outputs).map(([path, output]) => [
      addressOf(path),
      output,
    ]),
  );
  const chunkOf = (file: string): IslandChunk => {
    const wanted = relative(root, file).replaceAll("\\", "/");
    for (const [url, { entryPoint }] of outputs) {
      if (entryPoint === wanted) {
        return { url, preload: preloadsOf(url, outputs) };
      }
    }
    throw new Error(`The bundler gave nothing for ${file}`);
  };
  const [boot, ...chunks] = entryPoints.map(chunkOf);
  const files = new Map(result.outputFiles.map(({ path, contents }) => [
    addressOf(path),
    new Uint8Array(contents),
  ]));
  return { boot, islands: chunks, files };
}

function addressOf(path: string): string {
  return BUNDLE_PATH + basename(path);
}

/** All that a chunk imports at once, directly and further down; not what it imports lazily. */
function preloadsOf(
  url: string,
  outputs: Map<string, { imports: { path: string; kind: string }[] }>,
  seen = new Set<string>(),
): string[] {
  for (const { path, kind } of outputs.get(url)?.imports ?? []) {
    const next = addressOf(path);
    if (kind !== "import-statement" || seen.has(next)) continue;
    seen.add(next);
    preloadsOf(next, outputs, seen);
  }
  return [...seen];
}

interface Config {
  imports: Record<string, string>;
  jsxImportSource: string;
}

async function readConfig(root: string): Promise<Config> {
  const text = await Deno.readTextFile(join(root, "deno.json")).catch(() =>
    "{}"
  );
  const { imports = {}, compilerOptions = {} } = JSON.parse(text);
  return {
    imports,
    jsxImportSource: compilerOptions.jsxImportSource ?? "preact",
  };
}

/** Lets esbuild follow `deno.json`'s imports: npm packages to `node_modules`, ours to our files. */
function denoImports(
  root: string,
  imports: Record<string, string>,
): esbuild.Plugin {
  return {
    name: "deno-imports",
    setup(build) {
      build.onResolve(
        { filter: /^(fresh|@fresh\/core)\/runtime$/ },
        () => ({ path: RUNTIME }),
      );
      build.onResolve({ filter: /^[^./]/ }, (args) => {
        if (args.pluginData === denoImports || args.kind === "entry-point") {
          return;
        }
        const path = mapped(args.path, imports);
        if (path === args.path) return;
        const { importer, kind } = args;
        const resolveDir = path.startsWith(".")
          ? root
          : args.resolveDir || dirname(importer);
        return build.resolve(path, {
          importer,
          kind,
          resolveDir,
          pluginData: denoImports,
        });
      });
    },
  };
}

/** Applies an import map's exact names and `name/` prefixes, and takes `npm:` and versions off. */
function mapped(specifier: string, imports: Record<string, string>): string {
  let target = imports[specifier];
  if (target === undefined) {
    const prefix = Object.keys(imports).filter((key) =>
      specifier.startsWith(key.endsWith("/") ? key : `${key}/`)
    ).sort((a, b) =>
      b.length - a.length
    )[0];
    target = prefix === undefined
      ? specifier
      : imports[prefix] + specifier.slice(prefix.length);
  }
  return target.replace(/^npm:\/?(@[^/]+\/[^@/]+|[^@/]+)(@[^/]*)?/, "$1");
}
