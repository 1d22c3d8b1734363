import type {
  HandlerResult,
  Middleware,
  PageComponent,
  PageResponse,
  RouteHandler,
} from "./types.ts";

type DataOfResult<Result> = Result extends Response ? never
  : Result extends PageResponse<infer Data> ? Data
  : never;

/** The data a route's handlers give to its page. */
export type DataOf<Handlers> = Handlers extends
  (...args: never[]) => infer Result ? DataOfResult<Awaited<Result>>
  : Handlers extends object ? {
      [M in keyof Handlers]: DataOf<NonNullable<Handlers[M]>>;
    }[keyof Handlers]
  : never;

/** Typed identity functions: what they are given is what they return. */
export interface Define<State> {
  handlers<Handlers extends RouteHandler<unknown, State>>(
    handlers: Handlers,
  ): Handlers;
  page<Handlers = never>(
    component: PageComponent<DataOf<Handlers>, State>,
  ): PageComponent<DataOf<Handlers>, State>;
  layout(
    component: PageComponent<unknown, State>,
  ): PageComponent<unknown, State>;
  middleware<M extends Middleware<State> | Middleware<State>[]>(
    middleware: M,
  ): M;
}

/** Gives the `define.*` helpers for an app whose `ctx.state` is a `State`. */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    page: (component) => component,
    layout: (component) => component,
    middleware: (middleware) => middleware,
  };
}

/**
 * A handler's answer that renders the page of its route.
 *
 * @param data what the page gets as `props.data`
 * @param init status (200 by default) and headers of the response
 */
export function page(): PageResponse<undefined>;
export function page<Data>(
  data: Data,
  init?: { status?: number; headers?: HeadersInit },
): PageResponse<Data>;
export function page(
  data?: unknown,
  init?: ResponseInit,
): HandlerResult<unknown> {
  return { data, ...init };
}
