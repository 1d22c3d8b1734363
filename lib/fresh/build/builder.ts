import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type App, setBuildCache } from "../server/app.ts";
import { type BuildParts, type Chunk, createBuildCache } from "../server/build_cache.ts";
import { bundle } from "./bundle.ts";
import { filesIn, hashOf, modulesIn } from "./collect.ts";
import { serverModule } from "./server_module.ts";

/** Settings of a build. */
export interface BuildOptions {
  /** The browsers to write for, in esbuild's words (default: `es2022`). */
  target?: string | string[];
  /** The folder with `main.ts`, `routes/`, `islands/`, `static/` (default: the working one). */
  root?: string;
  /** Where a production build is written (default: `_fresh` in the root). */
  outDir?: string;
}

/** What a build is made of: as `BuildParts`, but with absolute paths in place of modules. */
export interface Build extends Pick<BuildParts, "id" | "boot" | "hashes"> {
  routes: [path: string, file: string][];
  islands: [chunk: Chunk, file: string][];
  /** Content of all that `staticFiles()` serves, by address. */
  files: Map<string, Uint8Array<ArrayBuffer>>;
}

/** Gives a build to an app, before its `handler()` is asked for. */
export type Apply = <State>(app: App<State>) => void;

/** Builds an app, for production or for a server started at once. */
export class Builder {
  readonly #options: Required<BuildOptions>;

  constructor({ root = Deno.cwd(), outDir = "_fresh", target = "es2022" }: BuildOptions = {}) {
    this.#options = { root: resolve(root), outDir: resolve(root, outDir), target };
  }

  /** Builds for production: writes `server.js` and `static/`; with `"memory"` it writes nothing. */
  async build({ snapshot = "disk" }: { snapshot?: "disk" | "memory" } = {}): Promise<Apply> {
    const build = await this.#make(false);
    if (snapshot === "disk") await this.#write(build);
    return await snapshotOf(build);
  }

  /** Builds for development, and serves the app that the module exports. */
  async listen<State>(
    load: () => Promise<{ app: App<State> }>,
    options?: Deno.ServeTcpOptions,
  ): Promise<void> {
    const apply = await snapshotOf(await this.#make(true));
    const { app } = await load();
    apply(app);
    await app.listen(options);
  }

  async #make(isDevelopment: boolean): Promise<Build> {
    const { root, target } = this.#options;
    const statics: Build["files"] = new Map();
    for (const path of await filesIn(join(root, "static"))) {
      statics.set(`/${path}`, await Deno.readFile(join(root, "static", path)));
    }
    const hashes = await hashesOf(statics);
    const buildId = await hashOf(new TextEncoder().encode(JSON.stringify(hashes)));
    const routes = await modulesIn(join(root, "routes"));
    const islands = (await modulesIn(join(root, "islands"))).map(([, file]) => file);
    const made = await bundle({ root, islands, target, buildId, isDevelopment });
    return {
      ...made,
      id: buildId,
      routes,
      islands: made.islands.map((chunk, index) => [chunk, islands[index]]),
      files: new Map([...statics, ...made.files]),
      hashes: [...hashes, ...await hashesOf(made.files)],
    };
  }

  async #write(build: Build): Promise<void> {
    const { root, outDir } = this.#options;
    const folder = join(outDir, "static");
    await Deno.mkdir(folder, { recursive: true });
    await Deno.remove(folder, { recursive: true });
    for (const [address, content] of build.files) {
      await Deno.mkdir(dirname(folder + address), { recursive: true });
      await Deno.writeFile(folder + address, content);
    }
    const text = serverModule(build, join(root, "main.ts"), outDir);
    await Deno.writeTextFile(join(outDir, "server.js"), text);
  }
}

function hashesOf(files: Build["files"]): Promise<Build["hashes"]> {
  return Promise.all([...files].map(async ([path, content]) => [path, await hashOf(content)]));
}

async function load<Key>(entries: [Key, string][]): Promise<[Key, Record<string, unknown>][]> {
  const loaded: [Key, Record<string, unknown>][] = [];
  for (const [key, file] of entries) loaded.push([key, await import(pathToFileURL(file).href)]);
  return loaded;
}

/** Imports a build's modules into this process; gives the function that applies it to an app. */
async function snapshotOf(build: Build): Promise<Apply> {
  const parts = { ...build, routes: await load(build.routes), islands: await load(build.islands) };
  const read = (path: string) => Promise.resolve(build.files.get(path) ?? new Uint8Array());
  const cache = createBuildCache(parts, read);
  return (app) => setBuildCache(app, cache);
}
