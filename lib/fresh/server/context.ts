import type { ComponentChildren } from "preact";
import type { BuildCache } from "./build_cache.ts";
import { renderPage } from "./render.ts";
import type { PageComponent } from "./types.ts";
import { isHandlers, upgrade, type UpgradeHandlers, type UpgradeOptions } from "./upgrade.ts";

/** What the framework keeps about a request beside what app code sees. */
export interface RequestWork {
  readonly cache: BuildCache;
  /** The app wrapper and layouts a page is rendered in, outermost first. */
  shell: PageComponent[];
  /** Set by `csp()`: rendered pages shall carry a nonce. */
  wantsNonce: boolean;
  /** The nonce of the page that was rendered, if any. */
  nonce: string | null;
}

/** The framework's own view of a context. */
export let workOf: <State>(ctx: Context<State>) => RequestWork;

/** One request on its way: given to every middleware and handler. */
export class Context<State> {
  /** Passed along from middleware to middleware; new for each request. */
  readonly state: State = {} as State;
  /** What was thrown, while an error page is made; else null. */
  error: unknown = null;
  /** Calls what comes after this middleware. */
  next: () => Promise<Response> = () => Promise.reject(new Error("Nothing comes next"));
  readonly #work: RequestWork;

  static {
    workOf = (ctx) => ctx.#work;
  }

  constructor(
    readonly req: Request,
    readonly url: URL,
    readonly params: Record<string, string>,
    /** Whatever the app's handler was given beside the request. */
    readonly info: Deno.ServeHandlerInfo,
    work: RequestWork,
  ) {
    this.#work = work;
  }

  /** Answers with a page inside the app wrapper and layouts. */
  render(content: ComponentChildren, init: ResponseInit = {}): Promise<Response> {
    return renderPage(this, () => content, undefined, init);
  }

  /** Answers with a redirect; a leading `//` is taken as a path, never as another host. */
  redirect(location: string, status = 302): Response {
    const headers = { location: location.replace(/^[/\\]{2,}/, "/") };
    return new Response(null, { status, headers });
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
   * Turns the request into a WebSocket: with handlers it gives the response to return, without them
   * the socket too. Throws `HttpError` 400 where the client asked for no WebSocket.
   */
  upgrade(handlers: UpgradeHandlers, options?: UpgradeOptions): Response;
  upgrade(options?: UpgradeOptions): { socket: WebSocket; response: Response };
  upgrade(first: UpgradeHandlers | UpgradeOptions = {}, options?: UpgradeOptions) {
    return isHandlers(first)
      ? upgrade(this.req, options, first).response
      : upgrade(this.req, first as UpgradeOptions);
  }
}

/** A response of a content type, unless `init` names another. */
export function typed(body: string, contentType: string, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  if (!headers.has("content-type")) headers.set("content-type", contentType);
  return new Response(body, { ...init, headers });
}
