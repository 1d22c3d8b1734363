import { type Context, workOf } from "./context.ts";
import { compareStems, pathOf } from "./file_paths.ts";
import { HttpError } from "./http_error.ts";
import { renderPage } from "./render.ts";
import type { Route } from "./router.ts";
import type { HandlerFn, Middleware, PageComponent, RouteConfig, RouteModule } from "./types.ts";

/** What the files of `routes/` come to. */
export interface FileRoutes {
  routes: Route[];
  /** The root `_middleware`, for everything that follows. */
  middlewares: Middleware[];
  /** What pages are rendered in that belong to no folder, outermost first. */
  shell: PageComponent[];
  /** The root `_error`, which stands outside every middleware. */
  error?: Middleware;
}

/** Turns the files of `routes/` into routes below `base`, the more exact paths first. */
export function fileRoutes(files: [path: string, module: RouteModule][], base: string): FileRoutes {
  const modules = new Map(files.map(([path, module]) => [path.replace(/\.\w+$/, ""), module]));

  const shellOf = (stem: string, config: RouteConfig = {}): PageComponent[] => {
    let app = modules.get("_app")?.default;
    let layouts: unknown[] = [];
    const layers = foldersOf(stem).map((folder) => modules.get(folder + "_layout"));
    for (const layer of [...layers, { config } as RouteModule]) {
      if (layer?.config?.skipAppWrapper) app = undefined;
      if (layer?.config?.skipInheritedLayouts) layouts = [];
      layouts.push(layer?.default);
    }
    return [app, ...layouts].filter((layer) => layer !== undefined) as PageComponent[];
  };
  const middlewaresOf = (folder: string): Middleware[] => {
    const { handler, handlers, default: fallback } = modules.get(folder + "_middleware") ?? {};
    return [handler ?? handlers ?? fallback ?? []].flat() as Middleware[];
  };
  const errorOf = (folder: string): Middleware[] => {
    const module = modules.get(folder + "_error");
    return module ? [answer(module, shellOf(folder))] : [];
  };

  const routes = [...modules].filter(([stem]) => !/(^|\/)_[^/]*$/.test(stem))
    .sort(([a], [b]) => compareStems(a, b))
    .map(([stem, module]): Route => {
      const inner = foldersOf(stem).slice(1).flatMap((folder) => [
        ...errorOf(folder).map(boundary),
        ...middlewaresOf(folder),
      ]);
      const chain = [...inner, answer(module, shellOf(stem, module.config))];
      return {
        path: base.replace(/\/$/, "") + (module.config?.routeOverride ?? pathOf(stem)),
        method: null,
        chain: chain.map((run) => ({ run })),
      };
    });
  return { routes, middlewares: middlewaresOf(""), shell: shellOf(""), error: errorOf("")[0] };
}

/** The folders a file is in, outermost first, each as the start of its files' paths. */
function foldersOf(stem: string): string[] {
  return ["", ...stem.matchAll(/\//g).map(({ index }) => stem.slice(0, index + 1))];
}

/** Answers with what a file's handler gives, or its page; an error page does for every method. */
function answer(module: RouteModule, shell: PageComponent[]): Middleware {
  return async (ctx) => {
    workOf(ctx).shell = shell;
    const { method } = ctx.req;
    const handler = handlerFor(module, method) ??
      (method === "HEAD" ? handlerFor(module, "GET") : undefined);
    const showsPage = ctx.error !== null || method === "GET" || method === "HEAD";
    if (!handler && !(module.default && showsPage)) throw new HttpError(404);
    const result = await handler?.(ctx);
    if (result instanceof Response) return result;
    if (!module.default) throw new Error(`No page to render at ${ctx.url.pathname}`);
    const { data, ...init } = result ?? { data: undefined };
    return renderPage(ctx, module.default as PageComponent, data, init);
  };
}

function handlerFor(module: RouteModule, method: string): HandlerFn | undefined {
  const handlers = module.handler ?? module.handlers ?? {};
  if (typeof handlers === "function") return handlers as HandlerFn;
  return Object.hasOwn(handlers, method) ? Reflect.get(handlers, method) : undefined;
}

/** Makes an error page of what is thrown further in. */
function boundary(show: Middleware): Middleware {
  return async (ctx: Context<unknown>) => {
    try {
      return await ctx.next();
    } catch (error) {
      ctx.error = error;
      return await show(ctx);
    }
  };
}
