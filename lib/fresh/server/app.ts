import { setBuildId } from "../client/asset.ts";
import { type BuildCache, EMPTY_CACHE } from "./build_cache.ts";
import { Context } from "./context.ts";
import { fileRoutes } from "./file_routes.ts";
import { HttpError } from "./http_error.ts";
import { type Link, type Route, Router, scopeOf } from "./router.ts";
import type { Middleware, PageComponent } from "./types.ts";
import type { UpgradeHandlers, UpgradeOptions } from "./upgrade.ts";

/** Adds a route: its handlers run in turn, each going on by `ctx.next()`. */
type Register<State, Self> = (path: string, ...handlers: Middleware<State>[]) => Self;

/** What the calls on an app come to, once its build is known. */
interface Plan {
  router: Router;
  /** What runs before routes added from here on, and for a path without a route. */
  middlewares: Link[];
  shell: PageComponent[];
  error?: Middleware;
  notFound?: Middleware;
}

/** Gives an app the build it shall serve; to be called before `handler()`. */
export let setBuildCache: <State>(app: App<State>, cache: BuildCache) => void;

const UNKNOWN_INFO: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 0 },
  completed: Promise.resolve(),
};

/** An app: middlewares and routes, applied from top to bottom. */
export class App<State> {
  readonly #steps: ((plan: Plan) => void)[] = [];
  #cache: BuildCache = EMPTY_CACHE;

  static {
    setBuildCache = (app, cache) => {
      app.#cache = cache;
      setBuildId(cache.id);
    };
  }

  /** Each answers one method, `get` also HEAD where nothing else does; `all` answers every one. */
  readonly get: Register<State, this> = this.#on("GET");
  readonly post: Register<State, this> = this.#on("POST");
  readonly put: Register<State, this> = this.#on("PUT");
  readonly patch: Register<State, this> = this.#on("PATCH");
  readonly delete: Register<State, this> = this.#on("DELETE");
  readonly head: Register<State, this> = this.#on("HEAD");
  readonly all: Register<State, this> = this.#on(null);

  /** Adds middlewares for everything added later, or for what of it is below a path. */
  use(...middlewares: Middleware<State>[]): this;
  use(path: string, ...middlewares: Middleware<State>[]): this;
  use(first: string | Middleware<State>, ...rest: Middleware<State>[]): this {
    const scope = typeof first === "string" ? scopeOf(first) : undefined;
    const all = typeof first === "string" ? rest : [first, ...rest];
    const links = (all as Middleware[]).map((run) => ({ scope, run }));
    return this.#step((plan) => plan.middlewares.push(...links));
  }

  /** Answers GET with a WebSocket. */
  ws(path: string, handlers: UpgradeHandlers, options?: UpgradeOptions): this {
    return this.get(path, (ctx) => ctx.upgrade(handlers, options));
  }

  /** Puts the routes of `routes/` here, below a path. */
  fsRoutes(base = "/"): this {
    return this.#step((plan) => {
      const { routes, middlewares, shell, error } = fileRoutes(this.#cache.routes, base);
      plan.middlewares.push(...middlewares.map((run) => ({ scope: scopeOf(base), run })));
      for (const route of routes) addRoute(plan, route);
      plan.shell = shell;
      plan.error = error ?? plan.error;
    });
  }

  /** Answers what is thrown anywhere; `ctx.error` holds it. */
  onError(handler: Middleware<State>): this {
    return this.#step((plan) => plan.error = handler as Middleware);
  }

  /** Answers every 404. */
  notFound(handler: Middleware<State>): this {
    return this.#step((plan) => plan.notFound = handler as Middleware);
  }

  /** Gives the function that answers requests; whatever `info` it is given is `ctx.info`. */
  handler(): (req: Request, info?: Deno.ServeHandlerInfo) => Promise<Response> {
    const plan: Plan = { router: new Router(), middlewares: [], shell: [] };
    for (const step of this.#steps) step(plan);
    return async (req, info = UNKNOWN_INFO) => {
      const url = new URL(req.url);
      const { match, isPath } = plan.router.match(req.method, url);
      const work = { cache: this.#cache, shell: plan.shell, wantsNonce: false, nonce: null };
      const ctx = new Context<unknown>(req, url, match?.params ?? {}, info, work);
      const missing = () => Promise.reject(new HttpError(isPath ? 405 : 404));
      const chain = [...match?.route.chain ?? plan.middlewares, { run: missing } as Link]
        .filter(({ scope }) => scope?.test({ pathname: url.pathname }) ?? true);
      const response = await run(ctx, chain).catch((error) => answerError(ctx, plan, error));
      return req.method === "HEAD" && response.body ? new Response(null, response) : response;
    };
  }

  /** Listens as `Deno.serve` does (port 8000 unless told); resolves when the server has ended. */
  async listen(options: Deno.ServeTcpOptions = {}): Promise<void> {
    await Deno.serve(options, this.handler()).finished;
  }

  #step(step: (plan: Plan) => void): this {
    this.#steps.push(step);
    return this;
  }

  #on(method: string | null): Register<State, this> {
    return (path, ...handlers) => {
      const chain = (handlers as Middleware[]).map((run) => ({ run }));
      return this.#step((plan) => addRoute(plan, { path, method, chain }));
    };
  }
}

function addRoute(plan: Plan, route: Route): void {
  plan.router.add({ ...route, chain: [...plan.middlewares, ...route.chain] });
}

/** Runs middlewares in turn: each goes on to the next by `ctx.next()`. */
async function run(ctx: Context<unknown>, chain: Link[], at = 0): Promise<Response> {
  const outer = ctx.next;
  ctx.next = () => run(ctx, chain, at + 1);
  try {
    return await chain[at].run(ctx);
  } finally {
    ctx.next = outer;
  }
}

async function answerError(ctx: Context<unknown>, plan: Plan, error: unknown): Promise<Response> {
  ctx.error = error;
  const isMissing = error instanceof HttpError && error.status === 404;
  const handler = isMissing && plan.notFound || plan.error;
  try {
    if (handler) return await handler(ctx);
  } catch (second) {
    ctx.error = second;
  }
  if (ctx.error instanceof HttpError) {
    return ctx.text(ctx.error.message, { status: ctx.error.status });
  }
  console.error(ctx.error);
  return ctx.text("Internal Server Error", { status: 500 });
}
