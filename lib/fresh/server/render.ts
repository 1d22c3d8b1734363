import {
  type ComponentChildren,
  Fragment,
  type FunctionComponent,
  h,
  type VNode,
} from "preact";
import { renderToString } from "preact-render-to-string";
import { HeadCollector } from "../client/head.ts";
import type { Context, RequestWork } from "./context.ts";
import { mergeHead } from "./head.ts";
import { modulesOf, Scripts } from "./islands.ts";
import { HEAD_MARK } from "./render_hooks.ts";
import { type Render, withRender } from "./render_state.ts";
import type { PageComponent, PageProps } from "./types.ts";

/** What pages are rendered in: the app wrapper and layouts, outermost first. */
export interface Shell {
  layers: PageComponent[];
}

/**
 * Renders a page inside its shell.
 *
 * An asynchronous component is called, a plain one rendered (so it may use hooks). An asynchronous
 * one that answers with a response ends it there.
 */
export async function renderPage(
  ctx: Context<unknown>,
  work: RequestWork,
  page: PageComponent,
  data: unknown,
  init: ResponseInit,
): Promise<Response> {
  const { req, url, params, state, info, error } = ctx;
  let Component: FunctionComponent = () => null;
  for (const layer of [page, ...work.shell.layers.toReversed()]) {
    const props: PageProps = {
      req,
      url,
      params,
      state,
      info,
      error,
      data,
      Component,
    };
    const element = await elementOf(layer, props);
    if (element instanceof Response) return element;
    Component = () => h(Fragment, null, element);
  }
  work.nonce ??= work.wantsNonce ? newNonce() : null;
  const headers = new Headers(init.headers);
  if (!headers.has("content-type")) {
    headers.set("content-type", "text/html; charset=utf-8");
  }
  return new Response(toDocument(h(Component, null), work), {
    ...init,
    headers,
  });
}

function elementOf(
  layer: PageComponent,
  props: PageProps,
): ComponentChildren | Promise<ComponentChildren | Response> {
  const isAsync = layer.constructor.name === "AsyncFunction";
  return isAsync
    ? layer(props)
    : h(layer as FunctionComponent<PageProps>, props);
}

/** 128 random bits, as CSP asks for. */
function newNonce(): string {
  return btoa(
    String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))),
  );
}

function toDocument(page: VNode, { cache, nonce }: RequestWork): string {
  const render: Render = {
    cache,
    nonce,
    islands: [],
    slots: [],
    head: null,
    hasScripts: false,
  };
  const brought: ComponentChildren[] = [];
  const collect = (children: ComponentChildren) => void brought.push(children);
  return withRender(render, () => {
    let html = renderToString(
      h(HeadCollector.Provider, { value: collect }, page),
    );
    if (!render.hasScripts) html += renderToString(h(Scripts, null));
    const links = modulesOf(render).map((href) =>
      h("link", { rel: "modulepreload", href, nonce })
    );
    const head = renderToString(
      h(Fragment, null, mergeHead(render.head, brought), links),
    );
    return `<!DOCTYPE html>${html.replace(`<!--${HEAD_MARK}-->`, () => head)}`;
  });
}
