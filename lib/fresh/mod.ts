/**
 * The server's side of Fresh: the `App`, its context, and the helpers routes are written with.
 *
 * @module
 */
export { App } from "./server/app.ts";
export type { ListenOptions } from "./server/app.ts";
export type { Context } from "./server/context.ts";
export { csp } from "./server/csp.ts";
export type { CSPOptions } from "./server/csp.ts";
export { createDefine, page } from "./server/define.ts";
export type { Define } from "./server/define.ts";
export { HttpError } from "./server/http_error.ts";
export { staticFiles } from "./server/static_files.ts";
export type {
  HandlerByMethod,
  HandlerFn,
  LayoutConfig,
  Middleware,
  PageProps,
  PageResponse,
  RouteConfig,
  RouteHandler,
} from "./server/types.ts";
export type { UpgradeHandlers, UpgradeOptions } from "./server/upgrade.ts";
