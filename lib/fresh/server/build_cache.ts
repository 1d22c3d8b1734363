import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { RouteModule } from "./types.ts";

/** A module for the browser, and the modules it imports at once, by their addresses. */
export interface Chunk {
  url: string;
  preload: string[];
}

/** What a build knows of the app. */
export interface BuildParts {
  /** The hash of all static files, put into addresses by `asset()`. */
  id: string;
  /** The module that brings islands to life. */
  boot: Chunk;
  /** The files of `routes/`, by their paths in it. */
  routes: [path: string, module: RouteModule][];
  /** The files of `islands/`. */
  islands: [chunk: Chunk, module: Record<string, unknown>][];
  /** The hash of each file to serve, by its address (decoded). */
  hashes: [pathname: string, hash: string][];
}

/** An island: one exported component of one file in `islands/`. */
export interface Island extends Chunk {
  name: string;
}

/** A build as a running app uses it. */
export interface BuildCache extends Pick<BuildParts, "id" | "boot" | "routes"> {
  /** The islands by their components. */
  islands: ReadonlyMap<unknown, Island>;
  hashes: ReadonlyMap<string, string>;
  /** Reads one of the files in `hashes`. */
  read(pathname: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** Makes a build cache; every function a file in `islands/` exports is an island. */
export function createBuildCache(parts: BuildParts, read: BuildCache["read"]): BuildCache {
  const islands = new Map<unknown, Island>();
  for (const [chunk, module] of parts.islands) {
    for (const [name, value] of Object.entries(module)) {
      if (typeof value === "function") islands.set(value, { ...chunk, name });
    }
  }
  return { ...parts, islands, hashes: new Map(parts.hashes), read };
}

/** No build at all: what an app has in a unit test. */
export const EMPTY_CACHE: BuildCache = createBuildCache(
  { id: "", boot: { url: "", preload: [] }, routes: [], islands: [], hashes: [] },
  () => Promise.reject(new Error("There is no build")),
);

/** The cache of a production build: files are read from `static/` beside the module at `base`. */
export function diskBuildCache(base: string, parts: BuildParts): BuildCache {
  const folder = fileURLToPath(new URL("./static", base));
  return createBuildCache(parts, async (path) => new Uint8Array(await readFile(folder + path)));
}
