import type { ComponentChildren, FunctionComponent } from "preact";
import type { Context } from "./context.ts";

type Awaitable<Value> = Value | Promise<Value>;

/** Handles a request, or passes it on by `ctx.next()`. */
export type Middleware<State = unknown> = (ctx: Context<State>) => Awaitable<Response>;

/** A handler's answer that renders the page of its route. */
export interface PageResponse<Data> {
  data: Data;
  status?: number;
  headers?: HeadersInit;
}

/** A handler of one file route. */
export type HandlerFn<State = unknown> = (ctx: Context<State>) => Awaitable<Answer>;

type Answer = Response | PageResponse<unknown>;
type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS";
type ByMethod<Handler> = { [M in Method]?: Handler };

/** What a file route exports as `handler`: one for all methods, or one for each. */
export type RouteHandler<State = unknown> = HandlerFn<State> | ByMethod<HandlerFn<State>>;

/** What a page, a layout and the app wrapper are rendered with. */
export interface PageProps<Data = unknown, State = unknown>
  extends Pick<Context<State>, "req" | "url" | "params" | "state" | "info" | "error"> {
  /** What the handler gave to `page()`. */
  data: Data;
  /** The inner part, in a layout or the app wrapper. */
  Component: FunctionComponent;
}

/** A page, layout or app wrapper; an asynchronous one may answer with a response instead. */
export type PageComponent<Data = unknown, State = unknown> = (
  props: PageProps<Data, State>,
) => ComponentChildren | Promise<ComponentChildren | Response>;

/** What a route may export as `config`; a layout too, but for `routeOverride`. */
export interface RouteConfig {
  /** A URLPattern path to answer instead of the one the file's place gives. */
  routeOverride?: string;
  /** Leaves out the layouts of the folders above. */
  skipInheritedLayouts?: boolean;
  /** Leaves out `_app`. */
  skipAppWrapper?: boolean;
}

/** What a file in `routes/` may export; each kind of file uses some of it. */
export interface RouteModule {
  default?: unknown;
  handler?: unknown;
  handlers?: unknown;
  config?: RouteConfig;
}
