/** Fresh on the server: the app, its context, and the helpers routes are written with. @module */
export { App } from "./server/app.ts";
export type { Context } from "./server/context.ts";
export { csp } from "./server/csp.ts";
export { createDefine, page } from "./server/define.ts";
export { HttpError } from "./server/http_error.ts";
export { staticFiles } from "./server/static_files.ts";
export type { Middleware, PageProps, RouteConfig } from "./server/types.ts";
