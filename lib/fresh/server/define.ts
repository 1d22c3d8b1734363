import type { Middleware, PageComponent, PageResponse, RouteHandler } from "./types.ts";

/** The data a route's handlers give to its page. */
type DataOf<Handlers> = Handlers extends (...args: never[]) => infer Result
  ? Exclude<Awaited<Result>, Response> extends PageResponse<infer Data> ? Data
  : never
  : {
    [Method in keyof Handlers]: DataOf<NonNullable<Handlers[Method]>>;
  }[keyof Handlers];

/** Typed identity functions: what they are given is what they return. */
interface Define<State> {
  handlers<Handlers extends RouteHandler<State>>(handlers: Handlers): Handlers;
  page<Handlers = never>(component: PageComponent<DataOf<Handlers>, State>): typeof component;
  layout(component: PageComponent<unknown, State>): typeof component;
  middleware<M extends Middleware<State> | Middleware<State>[]>(middleware: M): M;
}

/** Gives the `define.*` helpers for an app whose `ctx.state` is a `State`. */
export function createDefine<State>(): Define<State> {
  const same = <Value>(value: Value): Value => value;
  return { handlers: same, page: same, layout: same, middleware: same };
}

/** A handler's answer that renders its page with `data`; `init` is about the response. */
export function page(): PageResponse<undefined>;
export function page<Data>(data: Data, init?: Omit<PageResponse<Data>, "data">): PageResponse<Data>;
export function page(data?: unknown, init?: object): PageResponse<unknown> {
  return { data, ...init };
}
