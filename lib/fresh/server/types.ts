import type { ComponentChildren, FunctionComponent } from "preact";
import type { Context } from "./context.ts";

/** Handles a request, or passes it on by `ctx.next()`. */
export type Middleware<State = unknown> = (
  ctx: Context<State>,
) => Response | Promise<Response>;

/** Data for the page component of the same route, with what to set on the response. */
export interface PageResponse<Data> {
  data: Data;
  status?: number;
  headers?: HeadersInit;
}

/** What a file route's handler may answer with. */
export type HandlerResult<Data> = Response | PageResponse<Data>;

/** A handler of one file route, for one method or for all. */
export type HandlerFn<Data = unknown, State = unknown> = (
  ctx: Context<State>,
) => HandlerResult<Data> | Promise<HandlerResult<Data>>;

/** The methods a file route's `handler` may be split into. */
export type Method =
  | "GET"
  | "POST"
  | "PUT"
  | "PATCH"
  | "DELETE"
  | "HEAD"
  | "OPTIONS";

/** A file route's handlers by method. */
export type HandlerByMethod<Data = unknown, State = unknown> = {
  [M in Method]?: HandlerFn<Data, State>;
};

/** What a file route exports as `handler`. */
export type RouteHandler<Data = unknown, State = unknown> =
  | HandlerFn<Data, State>
  | HandlerByMethod<Data, State>;

/** What a page, a layout and the app wrapper are rendered with. */
export interface PageProps<Data = unknown, State = unknown> {
  req: Request;
  url: URL;
  params: Record<string, string>;
  state: State;
  info: Deno.ServeHandlerInfo;
  /** What was thrown, on an error page; else null. */
  error: unknown;
  /** What the handler gave to `page()`. */
  data: Data;
  /** The inner part, in a layout or the app wrapper. */
  Component: FunctionComponent;
}

/** A page, layout or app wrapper; an asynchronous one may answer with a response instead. */
export type PageComponent<Data = unknown, State = unknown> = (
  props: PageProps<Data, State>,
) => ComponentChildren | Promise<ComponentChildren | Response>;

/** What a `_layout` may export as `config`. */
export interface LayoutConfig {
  /** Leaves out the layouts of the folders above. */
  skipInheritedLayouts?: boolean;
  /** Leaves out `_app`. */
  skipAppWrapper?: boolean;
}

/** What a route may export as `config`. */
export interface RouteConfig extends LayoutConfig {
  /** A URLPattern path to answer instead of the one the file's place gives. */
  routeOverride?: string;
}
