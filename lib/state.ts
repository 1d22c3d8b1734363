import { createDefine } from "fresh";
import type { Lang } from "./i18n/catalogue.ts";
import type { Services } from "./services.ts";
import type { Shell } from "./shell/shell.ts";

/** What middlewares leave for routes and pages in `ctx.state`. */
export interface State {
  services: Services;
  /** What of this build a browser may keep. */
  shell: () => Promise<Shell>;
  /** The language to answer in. */
  lang: Lang;
}

/** Fresh's typed helpers for this app: `define.page(…)`, `define.handlers(…)`. */
export const define = createDefine<State>();
