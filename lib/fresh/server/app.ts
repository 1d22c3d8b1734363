import { setBuildId } from "../client/asset.ts";
import { type BuildCache, EMPTY_CACHE } from "./build_cache.ts";
import { Context } from "./context.ts";
import { fileRoutes } from "./file_routes.ts";
import { HttpError } from "./http_error.ts";
import type { Shell } from "./render.ts";
import { type Route, Router, type Scoped, scopeOf } from "./router.ts";
import type { Middleware } from "./types.ts";
import type { UpgradeHandlers, UpgradeOptions } from "./upgrade.ts";

/** Settings of `app.listen()`: those of `Deno.serve`. */
export type ListenOptions = Deno.ServeTcpOptions;

type Step =
  | { kind: "use"; path: string; middlewares: Middleware[] }
  | {
    kind: "route";
    method: string | null;
    path: string;
    handlers: Middleware[];
  }
  | { kind: "files"; path: string }
  | { kind: "error"; path: string; handler: Middleware };

/** What the steps come to once the build is known. */
interface Plan {
  router: Router;
  /** What runs for a path without a route. */
  middlewares: Scoped[];
  shell: Shell;
  error: Middleware | null;
}

/** Gives an app the build it shall serve; to be called before `handler()`. */
export let setBuildCache: <State>(app: App<State>, cache: BuildCache) => void;

const NOWHERE: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 0 },
  completed: Promise.resolve(),
};

/** An app: middlewares and routes, applied from top to bottom. */
export class App<State> {
  readonly #steps: Step[] = [];
  #notFound: Middleware | null = null;
  #cache: BuildCache = EMPTY_CACHE;

  static {
    setBuildCache = (app, cache) => {
      app.#cache = cache;
      setBuildId(cache.id);
    };
  }

  /** Adds middlewares for everything registered later, or for what is below a path. */
  use(...middlewares: Middleware<State>[]): this;
  use(path: string, ...middlewares: Middleware<State>[]): this;
  use(first: string | Middleware<State>, ...rest: Middleware<State>[]): this {
    const path = typeof first === "string" ? first : "*";
    const middlewares = typeof first === "string" ? rest : [first, ...rest];
    this.#steps.push({
      kind: "use",
      path,
      middlewares: middlewares as Middleware[],
    });
    return this;
  }

  /** Answers GET, and HEAD where nothing else does. */
  get(path: string, ...handlers: Middleware<State>[]): this {
    return this.#route("GET", path, handlers);
  }
  /** Answers POST. */
  post(path: string, ...handlers: Middleware<State>[]): this {
    return this.#route("POST", path, handlers);
  }
  /** Answers PUT. */
  put(path: string, ...handlers: Middleware<State>[]): this {
    return this.#route("PUT", path, handlers);
  }
  /** Answers PATCH. */
  patch(path: string, ...handlers: Middleware<State>[]): this {
    return this.#route("PATCH", path, handlers);
  }
  /** Answers DELETE. */
  delete(path: string, ...handlers: Middleware<State>[]): this {
    return this.#route("DELETE", path, handlers);
  }
  /** Answers HEAD. */
  head(path: string, ...handlers: Middleware<State>[]): this {
    return this.#route("HEAD", path, handlers);
  }
  /** Answers every method. */
  all(path: string, ...handlers: Middleware<State>[]): this {
    return this.#route(null, path, handlers);
  }

  /** Answers GET with a WebSocket. */
  ws(path: string, handlers: UpgradeHandlers, options?: UpgradeOptions): this {
    return this.get(path, (ctx) => ctx.upgrade(handlers, options));
  }

  /** Puts the routes of `routes/` here, below a path. */
  fsRoutes(path = "/"): this {
    this.#steps.push({ kind: "files", path });
    return this;
  }

  /** Answers what is thrown, everywhere or below a path; `ctx.error` holds it. */
  onError(handler: Middleware<State>): this;
  onError(path: string, handler: Middleware<State>): this;
  onError(first: string | Middleware<State>, second?: Middleware<State>): this {
    const path = typeof first === "string" ? first : "*";
    const handler = (typeof first === "string" ? second : first) as Middleware;
    this.#steps.push({ kind: "error", path, handler });
    return this;
  }

  /** Answers every 404. */
  notFound(handler: Middleware<State>): this {
    this.#notFound = handler as Middleware;
    return this;
  }

  /** Gives the function that answers requests; whatever `info` it gets is `ctx.info`. */
  handler(): (req: Request, info?: Deno.ServeHandlerInfo) => Promise<Response> {
    const plan = this.#plan();
    return async (req, info = NOWHERE) => {
      const url = new URL(req.url);
      const match = plan.router.match(req.method, url);
      const found = match !== null && match !== "method";
      const work = {
        cache: this.#cache,
        shell: plan.shell,
        wantsNonce: false,
        nonce: null,
      };
      const ctx = new Context<unknown>(
        req,
        url,
        found ? match.params : {},
        info,
        work,
      );
      const missing = () =>
        Promise.reject(new HttpError(match === "method" ? 405 : 404));
      const scoped = found ? match.route.chain : plan.middlewares;
      const chain = scoped.filter(({ scope }) =>
        scope?.test({ pathname: url.pathname }) ?? true
      );
      const response = await run(ctx, [
        ...chain.map((link) => link.run),
        missing,
      ])
        .catch((error) => this.#answerError(ctx, plan, error));
      return req.method === "HEAD" && response.body
        ? new Response(null, response)
        : response;
    };
  }

  /** Listens as `Deno.serve` does (port 8000 unless told); resolves when the server has ended. */
  async listen(options: ListenOptions = {}): Promise<void> {
    await Deno.serve(options, this.handler()).finished;
  }

  #route(
    method: string | null,
    path: string,
    handlers: Middleware<State>[],
  ): this {
    this.#steps.push({
      kind: "route",
      method,
      path,
      handlers: handlers as Middleware[],
    });
    return this;
  }

  #plan(): Plan {
    const plan: Plan = {
      router: new Router(),
      middlewares: [],
      shell: { layers: [] },
      error: null,
    };
    const add = (route: Route) =>
      plan.router.add({
        ...route,
        chain: [...plan.middlewares, ...route.chain],
      });
    for (const step of this.#steps) {
      if (step.kind === "use") {
        const scope = scopeOf(step.path);
        plan.middlewares.push(
          ...step.middlewares.map((run) => ({ scope, run })),
        );
      } else if (step.kind === "route") {
        add({
          ...step,
          chain: step.handlers.map((run) => ({ scope: null, run })),
        });
      } else if (step.kind === "files") {
        const files = fileRoutes(this.#cache.routes, step.path);
        files.routes.forEach(add);
        plan.middlewares.push(...files.middlewares);
        plan.shell = files.shell;
        plan.error = files.error ?? plan.error;
      } else {
        const scope = scopeOf(step.path);
        if (scope === null) plan.error = step.handler;
        else plan.middlewares.push({ scope, run: boundary(step.handler) });
      }
    }
    return plan;
  }

  async #answerError(
    ctx: Context<unknown>,
    plan: Plan,
    thrown: unknown,
  ): Promise<Response> {
    ctx.error = thrown;
    const isMissing = thrown instanceof HttpError && thrown.status === 404;
    const handler = isMissing && this.#notFound ? this.#notFound : plan.error;
    let error = thrown;
    if (handler) {
      try {
        return await handler(ctx);
      } catch (second) {
        error = second;
      }
    }
    if (error instanceof HttpError) {
      return new Response(error.message, { status: error.status });
    }
    console.error(error);
    return new Response("Internal Server Error", { status: 500 });
  }
}

/** Runs middlewares in turn: each goes on to the next by `ctx.next()`. */
async function run(
  ctx: Context<unknown>,
  chain: Middleware[],
  at = 0,
): Promise<Response> {
  const outer = ctx.next;
  ctx.next = () => run(ctx, chain, at + 1);
  try {
    return await chain[at](ctx);
  } finally {
    ctx.next = outer;
  }
}

function boundary(handler: Middleware): Middleware {
  return async (ctx) => {
    try {
      return await ctx.next();
    } catch (error) {
      ctx.error = error;
      return await handler(ctx);
    }
  };
}
