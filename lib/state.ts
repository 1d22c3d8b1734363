import { createDefine } from "fresh";
import type { Services } from "./services.ts";

/** What middlewares leave for routes and pages in `ctx.state`. */
export interface State {
  services: Services;
  /** The page's language, as `en`. */
  lang: string;
}

/** Fresh's typed helpers for this app: `define.page(…)`, `define.handlers(…)`. */
export const define = createDefine<State>();
