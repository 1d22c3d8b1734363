import type { App } from "fresh";
import { setBuildCache } from "fresh/internal";
import { type BuildParts, createBuildCache } from "../../lib/fresh/server/build_cache.ts";

/** What a build would have found, in words of a test. */
export interface Pretended extends Partial<BuildParts> {
  /** Text of the files to serve, by address. */
  files?: Record<string, string>;
}

/** Gives an app a build that was never made; answers a function to ask the app by path. */
export function pretendBuild<State>(app: App<State>, { files = {}, ...parts }: Pretended) {
  const boot = { url: "/_fresh/js/boot-1.js", preload: ["/_fresh/js/chunk-1.js"] };
  const contents = new Map(Object.entries(files));
  const hashes = [...contents].map(([path, text]): [string, string] => [path, `h${text.length}`]);
  const base = { id: "b1", boot, routes: [], islands: [], hashes };
  const cache = createBuildCache(
    { ...base, ...parts },
    (path) => Promise.resolve(new TextEncoder().encode(contents.get(path))),
  );
  setBuildCache(app, cache);
  const handler = app.handler();
  return (path: string, init?: RequestInit) =>
    handler(new Request(`http://localhost${path}`, init));
}
