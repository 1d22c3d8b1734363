import { stop } from "esbuild";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type App, type ListenOptions, setBuildCache } from "../server/app.ts";
import {
  type BuildParts,
  createBuildCache,
  type RouteModule,
} from "../server/build_cache.ts";
import { bundle } from "./bundle.ts";
import { filesIn, hashOf, isModule } from "./collect.ts";
import { serverModule } from "./server_module.ts";

/** Where the parts of the app are; paths are relative to `root`. */
export interface BuildOptions {
  /** The browsers to write for, in esbuild's words (default: `es2022`). */
  target?: string | string[];
  /** The project's folder (default: the working directory). */
  root?: string;
  /** The module that exports `app` (default: `main.ts`). */
  serverEntry?: string;
  /** Where a production build is written (default: `_fresh`). */
  outDir?: string;
  /** Default: `static`. */
  staticDir?: string;
  /** Default: `islands`. */
  islandDir?: string;
  /** Default: `routes`. */
  routeDir?: string;
}

/** Applies a build to an app; to be called before `app.handler()`. */
export type ApplySnapshot = <State>(app: App<State>) => void;

/** All that a build is made of. */
export interface Build {
  id: string;
  boot: BuildParts["boot"];
  /** Absolute paths of the route files, by their paths in `routes/`. */
  routes: [path: string, file: string][];
  islands: [chunk: BuildParts["islands"][number][0], file: string][];
  /** Content of all that `staticFiles()` serves, by address. */
  files: Map<string, Uint8Array<ArrayBuffer>>;
  hashes: [pathname: string, hash: string][];
}

/** Builds an app, for production or for a server started at once. */
export class Builder {
  readonly #options: Required<BuildOptions>;

  constructor(options: BuildOptions = {}) {
    const root = resolve(options.root ?? Deno.cwd());
    const at = (path: string | undefined, otherwise: string) =>
      resolve(root, path ?? otherwise);
    this.#options = {
      root,
      target: options.target ?? "es2022",
      serverEntry: at(options.serverEntry, "main.ts"),
      outDir: at(options.outDir, "_fresh"),
      staticDir: at(options.staticDir, "static"),
      islandDir: at(options.islandDir, "islands"),
      routeDir: at(options.routeDir, "routes"),
    };
  }

  /**
   * Builds for production: writes `_fresh/server.js` and `_fresh/static/`, or with
   * `snapshot: "memory"` writes nothing. Either way the build can be applied to app instances.
   */
  async build(
    options: { snapshot?: "disk" | "memory" } = {},
  ): Promise<ApplySnapshot> {
    const build = await this.#make(false);
    if (options.snapshot !== "memory") await this.#write(build);
    return await snapshotOf(build);
  }

  /** Builds for development and serves the app that the module exports as `app`. */
  async listen<State>(
    load: () => Promise<{ app: App<State> }>,
    options: ListenOptions = {},
  ): Promise<void> {
    const apply = await snapshotOf(await this.#make(true));
    const { app } = await load();
    apply(app);
    await app.listen(options);
  }

  async #make(isDevelopment: boolean): Promise<Build> {
    const { root, target, staticDir, islandDir, routeDir } = this.#options;
    const files: Build["files"] = new Map();
    for (const path of await filesIn(staticDir)) {
      files.set(`/${path}`, await Deno.readFile(join(staticDir, path)));
    }
    const statics = await hashesOf(files);
    const id = await hashOf(new TextEncoder().encode(JSON.stringify(statics)));
    const islands = (await filesIn(islandDir)).filter(isModule).map((path) =>
      join(islandDir, path)
    );
    const routes = (await filesIn(routeDir)).filter(isModule);
    try {
      const made = await bundle({
        root,
        islands,
        target,
        buildId: id,
        isDevelopment,
      });
      for (const [address, content] of made.files) files.set(address, content);
      return {
        id,
        boot: made.boot,
        routes: routes.map((path) => [path, join(routeDir, path)]),
        islands: made.islands.map((chunk, index) => [chunk, islands[index]]),
        files,
        hashes: [...statics, ...await hashesOf(made.files)],
      };
    } finally {
      await stop();
    }
  }

  async #write(build: Build): Promise<void> {
    const { outDir, serverEntry } = this.#options;
    const folder = join(outDir, "static");
    await Deno.remove(folder, { recursive: true }).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
    for (const [address, content] of build.files) {
      const file = join(folder, address);
      await Deno.mkdir(dirname(file), { recursive: true });
      await Deno.writeFile(file, content);
    }
    await Deno.mkdir(outDir, { recursive: true });
    await Deno.writeTextFile(
      join(outDir, "server.js"),
      serverModule(build, serverEntry, outDir),
    );
  }
}

async function hashesOf(files: Build["files"]): Promise<Build["hashes"]> {
  return await Promise.all(
    [...files].map(async ([address, content]) =>
      [address, await hashOf(content)] as [string, string]
    ),
  );
}

/** Imports the build's modules into this process. */
async function snapshotOf(build: Build): Promise<ApplySnapshot> {
  const load = (file: string) => import(pathToFileURL(file).href);
  const parts: BuildParts = {
    ...build,
    routes: await Promise.all(
      build.routes.map(async ([path, file]) =>
        [path, await load(file)] as [string, RouteModule]
      ),
    ),
    islands: await Promise.all(
      build.islands.map(async ([chunk, file]) =>
        [chunk, await load(file)] as BuildParts["islands"][number]
      ),
    ),
  };
  const cache = createBuildCache(
    parts,
    (pathname) =>
      Promise.resolve(build.files.get(pathname) ?? new Uint8Array()),
  );
  return (app) => setBuildCache(app, cache);
}
