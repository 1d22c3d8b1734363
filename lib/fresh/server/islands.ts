import { Signal } from "@preact/signals";
import {
  type ComponentChildren,
  type ComponentType,
  createContext,
  Fragment,
  h,
  isValidElement,
  type VNode,
} from "preact";
import { useContext } from "preact/hooks";
import type { Island } from "./build_cache.ts";
import { currentRender, type Render, Slot } from "./render_state.ts";
import { serialiseProps } from "./serialise.ts";

type Props = Record<string, unknown>;

/** True below an island: what it renders itself is its own, other islands included. */
const InsideIsland = createContext(false);

/** The elements of islands inside their own boundaries, to be left as they are. */
export const plain = new WeakSet<object>();

/** Stands in for an island: renders it between marks, and notes its props for the browser. */
export function Boundary({ island, type, props }: {
  island: Island;
  type: ComponentType<Props>;
  props: Props;
}): VNode {
  const render = currentRender;
  if (useContext(InsideIsland) || !render) return leavePlain(h(type, props));
  const given: Props = {};
  const sent: Props = {};
  for (const [name, value] of Object.entries(props)) {
    given[name] = sent[name] = value;
    if (!holdsJsx(value)) continue;
    const slot = new Slot(render.slots.length, value as ComponentChildren);
    render.slots.push(slot);
    given[name] = h(SlotView, { slot });
    sent[name] = slot;
  }
  const id = render.islands.push({ island, props: sent }) - 1;
  return marked(`fresh:island:${id}`, true, leavePlain(h(type, given)));
}

function SlotView({ slot }: { slot: Slot }): VNode {
  slot.isShown = true;
  return marked(`fresh:slot:${slot.id}`, false, slot.content);
}

/** Tells JSX from plain values; signals pass for elements too, and are none. */
function holdsJsx(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsJsx);
  return isValidElement(value) && !(value instanceof Signal);
}

function leavePlain(vnode: VNode<Props>): VNode<Props> {
  plain.add(vnode);
  return vnode;
}

function marked(mark: string, isInside: boolean, children: ComponentChildren): VNode {
  const content = h(InsideIsland.Provider, { value: isInside, children });
  return h(Fragment, null, comment(mark), content, comment(`/${mark}`));
}

/** An HTML comment: the renderer writes one for a fragment with this property. */
export function comment(text: string): VNode<Props> {
  return h(Fragment as ComponentType<Props>, { UNSTABLE_comment: text });
}

/** What the page's islands need at its end: JSX no island has shown yet, and the one script. */
export function Scripts(): VNode | null {
  const render = currentRender;
  if (!render) return null;
  render.hasScripts = true;
  const hidden = render.slots.filter((slot) => !slot.isShown);
  if (hidden.length === 0) return render.islands.length === 0 ? null : bootScript(render);
  // Showing them may bring more islands, with more JSX: look again after these.
  const templates = hidden.map((slot) => h("template", null, h(SlotView, { slot })));
  return h(Fragment, null, templates, h(Scripts, null));
}

function bootScript({ cache, islands }: Render): VNode {
  const used = [...new Set(islands.map(({ island }) => island))];
  const lines = used.map(({ name, url }, index) => `import{"${name}" as i${index}}from"${url}";`);
  const components = used.map((_, index) => `i${index}`).join();
  const uses = serialiseProps(islands.map(({ island, props }) => [used.indexOf(island), props]));
  const call = `import{boot}from"${cache.boot.url}";boot([${components}],(signal,slot)=>${uses})`;
  const html = { __html: lines.join("") + call };
  return h("script", { type: "module", dangerouslySetInnerHTML: html }) as VNode;
}

/** The addresses of all modules the page's islands load at once. */
export function modulesOf({ cache, islands }: Render): string[] {
  if (islands.length === 0) return [];
  const chunks = [cache.boot, ...islands.map(({ island }) => island)];
  return [...new Set(chunks.flatMap(({ url, preload }) => [url, ...preload]))];
}
