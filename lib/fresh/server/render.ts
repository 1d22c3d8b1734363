import { type ComponentChildren, Fragment, type FunctionComponent, h, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { HeadCollector } from "../client/head.ts";
import { type Context, type RequestWork, typed, workOf } from "./context.ts";
import { mergeHead } from "./head.ts";
import { HttpError } from "./http_error.ts";
import { modulesOf, Scripts } from "./islands.ts";
import { HEAD_MARK } from "./render_hooks.ts";
import { type Render, withRender } from "./render_state.ts";
import type { PageComponent, PageProps } from "./types.ts";

/**
 * Renders a page inside the app wrapper and layouts; while there is an error, with its status.
 *
 * An asynchronous component is called, a plain one rendered (so it may use hooks). An asynchronous
 * one that answers with a response ends it there.
 */
export async function renderPage<State>(
  ctx: Context<State>,
  page: PageComponent,
  data: unknown,
  init: ResponseInit,
): Promise<Response> {
  const { req, url, params, state, info, error } = ctx;
  const work = workOf(ctx);
  let Component: FunctionComponent = () => null;
  for (const layer of [page, ...work.shell.toReversed()]) {
    const props: PageProps = { req, url, params, state, info, error, data, Component };
    const isAsync = layer.constructor.name === "AsyncFunction";
    const content = isAsync ? await layer(props) : h(layer as FunctionComponent<PageProps>, props);
    if (content instanceof Response) return content;
    Component = () => h(Fragment, null, content);
  }
  const random = crypto.getRandomValues(new Uint8Array(16)); // 128 bits, as CSP asks for
  if (work.wantsNonce) work.nonce ??= btoa(String.fromCharCode(...random));
  const failure = error instanceof HttpError ? error.status : 500;
  const status = init.status ?? (error === null ? 200 : failure);
  const html = toDocument(h(Component, null), work);
  return typed(html, "text/html; charset=utf-8", { ...init, status });
}

function toDocument(page: VNode, { cache, nonce }: RequestWork): string {
  const render: Render = { cache, nonce, islands: [], slots: [], head: null, hasScripts: false };
  const brought: ComponentChildren[] = [];
  const collect = (children: ComponentChildren) => void brought.push(children);
  return withRender(render, () => {
    let html = renderToString(h(HeadCollector.Provider, { value: collect }, page));
    if (!render.hasScripts) html += renderToString(h(Scripts, null));
    const links = modulesOf(render).map((href) => h("link", { rel: "modulepreload", href, nonce }));
    const head = renderToString(h(Fragment, null, mergeHead(render.head, brought), links));
    return `<!DOCTYPE html>${html.replace(`<!--${HEAD_MARK}-->`, () => head)}`;
  });
}
