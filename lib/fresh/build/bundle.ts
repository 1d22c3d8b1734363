import * as esbuild from "esbuild";
import { basename, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Chunk } from "../server/build_cache.ts";
import { BUNDLE_PATH } from "../server/static_files.ts";
import type { BuildOptions } from "./builder.ts";

/** What to bundle for the browser, and how. */
export interface BundleOptions extends Pick<Required<BuildOptions>, "root" | "target"> {
  /** The island files; they and the root are absolute. */
  islands: string[];
  /** What `asset()` in the browser shall add. */
  buildId: string;
  /** Readable code with source maps. */
  isDevelopment: boolean;
}

/** The bundles: their entries (the islands in their order), and each file by its address. */
export interface Bundle {
  boot: Chunk;
  islands: Chunk[];
  files: Map<string, Uint8Array<ArrayBuffer>>;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Bundles islands as ES modules whose shared parts, and what they `import()`, are chunks apart. */
export async function bundle(options: BundleOptions): Promise<Bundle> {
  const { root, target, buildId, isDevelopment } = options;
  const entries = [here("../client/boot.tsx"), ...options.islands];
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints: entries.map((file) => ({ in: file, out: basename(file, extname(file)) })),
    outdir: "/",
    entryNames: "[name]-[hash]",
    chunkNames: "chunk-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target,
    alias: { "fresh/runtime": here("../runtime.ts") },
    nodePaths: [join(root, "node_modules")],
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { __FRESH_BUILD_ID__: JSON.stringify(buildId) },
    minify: !isDevelopment,
    sourcemap: isDevelopment && "linked",
    legalComments: "none",
    metafile: true,
    write: false,
    logLevel: "silent", // what fails is thrown
  }).finally(esbuild.stop);
  const outputs = Object.entries(result.metafile.outputs);
  const [boot, ...islands] = entries.map((file) => {
    const name = relative(root, file).replaceAll("\\", "/");
    const path = outputs.find(([, { entryPoint }]) => entryPoint === name)?.[0] ?? "";
    const [url, ...preload] = [...imported(path, result.metafile)].map(addressOf);
    return { url, preload };
  });
  const files = result.outputFiles.map(({ path, contents }) =>
    [addressOf(path), new Uint8Array(contents)] as const
  );
  return { boot, islands, files: new Map(files) };
}

function addressOf(path: string): string {
  return BUNDLE_PATH + basename(path);
}

/** A file and all it imports at once, directly and further down; not what it imports lazily. */
function imported(path: string, metafile: esbuild.Metafile, seen = new Set<string>()): Set<string> {
  seen.add(path);
  for (const { kind, path: next } of metafile.outputs[path].imports) {
    if (kind === "import-statement" && !seen.has(next)) imported(next, metafile, seen);
  }
  return seen;
}
