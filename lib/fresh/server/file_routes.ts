import type { RouteFile, RouteModule } from "./build_cache.ts";
import { type Context, workOf } from "./context.ts";
import { HttpError, statusOf } from "./http_error.ts";
import { renderPage, type Shell } from "./render.ts";
import { type Route, type Scoped, scopeOf } from "./router.ts";
import { compareFiles, pathOf } from "./file_paths.ts";
import type {
  LayoutConfig,
  Middleware,
  PageComponent,
  PageResponse,
  RouteConfig,
  RouteHandler,
} from "./types.ts";

/** What the files of `routes/` come to. */
export interface FileRoutes {
  routes: Route[];
  /** The folders' middlewares, for paths that have no route. */
  middlewares: Scoped[];
  /** What pages are rendered in that belong to no folder. */
  shell: Shell;
  /** The root `_error`, which stands outside every middleware. */
  error: Middleware | null;
}

interface Folder {
  name: string;
  layout?: RouteModule;
  middleware?: RouteModule;
  error?: RouteModule;
}

/** Turns the files of `routes/` into routes below `base`, literal paths before patterns. */
export function fileRoutes(files: RouteFile[], base: string): FileRoutes {
  const app = files.find(({ path }) => stem(path) === "_app")?.module;
  const folders = foldersOf(files);
  const shellAt = (path: string, config: LayoutConfig = {}) =>
    shellOf(app, [...parents(folders, path).map((folder) => folder.layout), {
      config,
    }]);

  const middlewaresOf = (folder: Folder): Middleware[] => [
    // The root's error page is not in here: it catches what every middleware throws.
    ...(folder.error && folder.name !== ""
      ? [boundary(folder.error, shellAt(folder.name))]
      : []),
    ...handlersOf(folder.middleware),
  ];
  const routes = files.filter(({ path }) => !isSpecial(path)).sort(compareFiles)
    .map(({ path, module }): Route => {
      const config = (module.config ?? {}) as RouteConfig;
      const chain = parents(folders, path).flatMap(middlewaresOf);
      return {
        path: join(base, config.routeOverride ?? pathOf(stem(path))),
        method: null,
        chain: [...chain, answer(module, shellAt(path, config))].map(
          everywhere,
        ),
      };
    });
  const root = folders.get("");
  return {
    routes,
    middlewares: [...folders.values()].filter(({ name }) => !name.includes("("))
      .flatMap((folder) => {
        const scope = scopeOf(join(base, pathOf(folder.name)));
        return middlewaresOf(folder).map((run) => ({ scope, run }));
      }),
    shell: shellAt(""),
    error: root?.error ? errorPage(root.error, shellAt("")) : null,
  };
}

function stem(path: string): string {
  return path.replace(/\.[^./]+$/, "");
}

function isSpecial(path: string): boolean {
  return /(^|\/)_[^/]*$/.test(path);
}

function join(base: string, path: string): string {
  return base.replace(/\/$/, "") + path;
}

function everywhere(run: Middleware): Scoped {
  return { scope: null, run };
}

/** The folders that hold a layout, middleware or error page, outermost first. */
function foldersOf(files: RouteFile[]): Map<string, Folder> {
  const folders = new Map<string, Folder>();
  for (
    const { path, module } of files.toSorted((a, b) =>
      depth(a.path) - depth(b.path)
    )
  ) {
    const kind = /(?:^|\/)_(layout|middleware|error)\.[^./]+$/.exec(path)?.[1];
    if (kind === undefined) continue;
    const name = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    const folder = folders.get(name) ?? { name };
    folder[kind as "layout" | "middleware" | "error"] = module;
    folders.set(name, folder);
  }
  return folders;
}

function depth(path: string): number {
  return path.split("/").length;
}

function parents(folders: Map<string, Folder>, path: string): Folder[] {
  return [...folders.values()].filter(({ name }) =>
    name === "" || path === name || path.startsWith(`${name}/`)
  );
}

function shellOf(
  app: RouteModule | undefined,
  layers: (RouteModule | undefined)[],
): Shell {
  let outer = app?.default as PageComponent | undefined;
  let layouts: PageComponent[] = [];
  for (const layer of layers) {
    const config = (layer?.config ?? {}) as LayoutConfig;
    if (config.skipAppWrapper) outer = undefined;
    if (config.skipInheritedLayouts) layouts = [];
    if (layer?.default) layouts.push(layer.default as PageComponent);
  }
  return { layers: outer ? [outer, ...layouts] : layouts };
}

function handlersOf(module: RouteModule | undefined): Middleware[] {
  const exported = module?.handler ?? module?.handlers ?? module?.default ?? [];
  return (Array.isArray(exported) ? exported : [exported]) as Middleware[];
}

/** Answers a request with the route's handler, its page, or both in turn. */
function answer(module: RouteModule, shell: Shell): Middleware {
  return async (ctx) => {
    workOf(ctx).shell = shell;
    const handler = pick(module, ctx.req.method);
    const isRead = ctx.req.method === "GET" || ctx.req.method === "HEAD";
    if (!handler && !(isRead && module.default)) throw new HttpError(404);
    return await finish(ctx, module, await handler?.(ctx), 200);
  };
}

/** Renders an error page for what was thrown, with its status. */
function errorPage(module: RouteModule, shell: Shell): Middleware {
  return async (ctx) => {
    workOf(ctx).shell = shell;
    const handler = pick(module, ctx.req.method);
    return await finish(ctx, module, await handler?.(ctx), statusOf(ctx.error));
  };
}

function boundary(module: RouteModule, shell: Shell): Middleware {
  const show = errorPage(module, shell);
  return async (ctx) => {
    try {
      return await ctx.next();
    } catch (error) {
      ctx.error = error;
      return await show(ctx);
    }
  };
}

function pick(module: RouteModule, method: string) {
  const handlers = (module.handler ?? module.handlers) as
    | RouteHandler
    | undefined;
  if (handlers === undefined || typeof handlers === "function") return handlers;
  const byMethod = new Map(Object.entries(handlers));
  return byMethod.get(method) ??
    (method === "HEAD" ? byMethod.get("GET") : undefined);
}

async function finish(
  ctx: Context<unknown>,
  module: RouteModule,
  result: Response | PageResponse<unknown> | undefined,
  status: number,
): Promise<Response> {
  if (result instanceof Response) return result;
  if (!module.default) {
    throw new Error(`No page to render at ${ctx.url.pathname}`);
  }
  const { data, ...init } = result ?? { data: undefined };
  const page = module.default as PageComponent;
  return await renderPage(ctx, workOf(ctx), page, data, { status, ...init });
}
