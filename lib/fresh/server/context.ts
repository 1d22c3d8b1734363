import type { VNode } from "preact";
import type { BuildCache } from "./build_cache.ts";
import { statusOf } from "./http_error.ts";
import { renderPage, type Shell } from "./render.ts";
import {
  attach,
  isHandlers,
  type Upgrade,
  upgrade,
  type UpgradeHandlers,
  type UpgradeOptions,
} from "./upgrade.ts";

/** What the framework keeps about a request beside what app code sees. */
export interface RequestWork {
  cache: BuildCache;
  /** The app wrapper and layouts a page is rendered in. */
  shell: Shell;
  /** Set by `csp()`: rendered pages shall carry a nonce. */
  wantsNonce: boolean;
  /** The nonce of the page that was rendered, if any. */
  nonce: string | null;
}

/** The framework's own view of a context. */
export let workOf: (ctx: Context<unknown>) => RequestWork;

/** One request on its way: given to every middleware and handler. */
export class Context<State> {
  readonly req: Request;
  readonly url: URL;
  readonly params: Record<string, string>;
  /** About the connection; whatever was given to the handler beside the request. */
  readonly info: Deno.ServeHandlerInfo;
  /** Passed along from middleware to middleware; new for each request. */
  readonly state: State = {} as State;
  /** What was thrown, while an error page is made; else null. */
  error: unknown = null;
  /** Calls what comes after this middleware. */
  next: () => Promise<Response> = () =>
    Promise.reject(new Error("Nothing comes next"));
  readonly #work: RequestWork;

  static {
    workOf = (ctx) => ctx.#work;
  }

  constructor(
    req: Request,
    url: URL,
    params: Record<string, string>,
    info: Deno.ServeHandlerInfo,
    work: RequestWork,
  ) {
    this.req = req;
    this.url = url;
    this.params = params;
    this.info = info;
    this.#work = work;
  }

  /** Answers with a page inside the app wrapper and layouts; on an error page with its status. */
  render(vnode: VNode, init?: ResponseInit): Promise<Response> {
    return renderPage(
      this as Context<unknown>,
      this.#work,
      () => vnode,
      undefined,
      {
        status: this.error === null ? 200 : statusOf(this.error),
        ...init,
      },
    );
  }

  /** Answers with a redirect; a leading `//` is taken as a path, never as another host. */
  redirect(location: string, status = 302): Response {
    return new Response(null, {
      status,
      headers: { location: location.replace(/^[/\\]{2,}/, "/") },
    });
  }

  /** Answers with JSON. */
  json(value: unknown, init?: ResponseInit): Response {
    return Response.json(value, init);
  }

  /** Answers with plain text. */
  text(body: string, init?: ResponseInit): Response {
    return typed(body, "text/plain; charset=utf-8", init);
  }

  /** Answers with HTML as it is. */
  html(body: string, init?: ResponseInit): Response {
    return typed(body, "text/html; charset=utf-8", init);
  }

  /**
   * Turns the request into a WebSocket.
   *
   * With handlers it answers with the response to return; without, with the socket too. Throws
   * `HttpError` 400 where the client asked for no WebSocket.
   */
  upgrade(handlers: UpgradeHandlers, options?: UpgradeOptions): Response;
  upgrade(options?: UpgradeOptions): Upgrade;
  upgrade(
    first: UpgradeHandlers | UpgradeOptions = {},
    second?: UpgradeOptions,
  ) {
    if (!isHandlers(first)) return upgrade(this.req, first as UpgradeOptions);
    const { socket, response } = upgrade(this.req, second);
    attach(socket, first);
    return response;
  }
}

function typed(body: string, type: string, init?: ResponseInit): Response {
  const headers = new Headers(init?.headers);
  if (!headers.has("content-type")) headers.set("content-type", type);
  return new Response(body, { ...init, headers });
}
