import type { ComponentType } from "preact";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** A route file of the build: its path under `routes/`, and the module. */
export interface RouteFile {
  path: string;
  module: RouteModule;
}

/** What a route file may export; each kind of file uses some of it. */
export interface RouteModule {
  default?: unknown;
  handler?: unknown;
  handlers?: unknown;
  config?: unknown;
}

/** Where the browser finds an island. */
export interface IslandChunk {
  /** Address of the module that exports it. */
  url: string;
  /** Addresses of what that module imports at once. */
  preload: string[];
}

/** An island: one export of one file in `islands/`. */
export interface Island extends IslandChunk {
  name: string;
}

/** What a build hands to a running app. */
export interface BuildCache {
  /** The hash of all static files, put into the address by `asset()`. */
  readonly id: string;
  /** The module that brings islands to life in the browser. */
  readonly boot: IslandChunk;
  readonly routes: RouteFile[];
  readonly islands: ReadonlyMap<ComponentType, Island>;
  /** The hash of each static file's content, by its address (decoded). */
  readonly hashes: ReadonlyMap<string, string>;
  /** Reads one of the files in `hashes`. */
  read(pathname: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** The parts of a build as the builder knows them, before the modules are looked into. */
export interface BuildParts {
  id: string;
  boot: IslandChunk;
  routes: [path: string, module: RouteModule][];
  islands: [chunk: IslandChunk, module: Record<string, unknown>][];
  hashes: [pathname: string, hash: string][];
}

/** No build at all: what an app has in a unit test. */
export const EMPTY_CACHE: BuildCache = createBuildCache(
  {
    id: "",
    boot: { url: "", preload: [] },
    routes: [],
    islands: [],
    hashes: [],
  },
  () => Promise.reject(new Error("There is no build")),
);

/** Makes a build cache; every function a file in `islands/` exports is an island. */
export function createBuildCache(
  parts: BuildParts,
  read: BuildCache["read"],
): BuildCache {
  const islands = new Map<ComponentType, Island>();
  for (const [chunk, module] of parts.islands) {
    for (const [name, value] of Object.entries(module)) {
      if (typeof value === "function") {
        islands.set(value as ComponentType, { ...chunk, name });
      }
    }
  }
  return {
    id: parts.id,
    boot: parts.boot,
    routes: parts.routes.map(([path, module]) => ({ path, module })),
    islands,
    hashes: new Map(parts.hashes),
    read,
  };
}

/**
 * The cache of a production build: static files are read when they are asked for.
 *
 * @param base the address of `_fresh/server.js`, beside whose `static/` the files are
 */
export function diskBuildCache(base: string, parts: BuildParts): BuildCache {
  const folder = fileURLToPath(new URL("./static", base));
  return createBuildCache(
    parts,
    async (pathname) => new Uint8Array(await readFile(folder + pathname)),
  );
}
