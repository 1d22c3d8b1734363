import {
  type ComponentChildren,
  type ComponentType,
  createContext,
  Fragment,
  h,
  isValidElement,
  type VNode,
} from "preact";
import { Signal } from "@preact/signals";
import { useContext } from "preact/hooks";
import type { Island } from "./build_cache.ts";
import { currentRender, type Render, Slot } from "./render_state.ts";
import { serialiseProps } from "./serialise.ts";

type Props = Record<string, unknown>;

/** True below an island: what it renders itself is its own, other islands included. */
const InsideIsland = createContext(false);

const plain = new WeakSet<VNode>();

/** Tells whether an element is the island inside its own boundary, to be left as it is. */
export function isPlain(vnode: VNode): boolean {
  return plain.has(vnode);
}

/** Stands in for an island: renders it between marks, and notes its props for the browser. */
export function Boundary({ island, type, props }: {
  island: Island;
  type: ComponentType<Props>;
  props: Props;
}): VNode {
  const isInside = useContext(InsideIsland);
  const render = currentRender();
  if (isInside || !render) return leavePlain(h(type, props));
  const given: Props = {};
  const sent: Props = {};
  for (const [name, value] of Object.entries(props)) {
    const slot = holdsJsx(value)
      ? newSlot(render, value as ComponentChildren)
      : null;
    given[name] = slot ? h(SlotView, { slot }) : value;
    sent[name] = slot ?? value;
  }
  const mark = `fresh:island:${
    render.islands.push({ island, props: sent }) - 1
  }`;
  return between(
    mark,
    inside(true, leavePlain(h(type, given))),
  );
}

function SlotView({ slot }: { slot: Slot }): VNode {
  slot.isShown = true;
  return between(`fresh:slot:${slot.id}`, slotContent(slot));
}

function slotContent(slot: Slot): VNode {
  return inside(false, slot.content);
}

function inside(value: boolean, children: ComponentChildren): VNode {
  return h(InsideIsland.Provider, { value, children }) as VNode;
}

function newSlot(render: Render, content: ComponentChildren): Slot {
  const slot = new Slot(render.slots.length, content);
  render.slots.push(slot);
  return slot;
}

/** Tells JSX from plain values; signals pass for elements too, and are none. */
function holdsJsx(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsJsx);
  return isValidElement(value) && !(value instanceof Signal);
}

function leavePlain(vnode: VNode<Props>): VNode {
  plain.add(vnode as VNode);
  return vnode as VNode;
}

/** An HTML comment: the renderer writes one for a fragment with this property. */
export function comment(text: string): VNode {
  return h(Fragment as ComponentType<Props>, {
    UNSTABLE_comment: text,
  }) as VNode;
}

function between(mark: string, content: VNode): VNode {
  return h(Fragment, null, comment(mark), content, comment(`/${mark}`));
}

/** What the page's islands need at its end: JSX no island has shown yet, and the one script. */
export function Scripts(): VNode | null {
  const render = currentRender();
  if (!render) return null;
  render.hasScripts = true;
  const hidden = render.slots.filter((slot) => !slot.isShown);
  if (hidden.length === 0) {
    return render.islands.length === 0 ? null : bootScript(render);
  }
  // Showing them may bring more islands, with more JSX: look again after these.
  const templates = hidden.map((slot) => {
    slot.isShown = true;
    return h("template", { "data-fresh-slot": slot.id }, slotContent(slot));
  });
  return h(Fragment, null, templates, h(Scripts, null));
}

function bootScript({ cache, islands }: Render): VNode {
  const used = [...new Set(islands.map(({ island }) => island))];
  const imports = used.map(({ name, url }, index) =>
    `import{${quote(name)} as i${index}}from ${quote(url)};`
  ).join("");
  const components = used.map((_, index) => `i${index}`).join(",");
  const uses = serialiseProps(
    islands.map(({ island, props }) => [used.indexOf(island), props]),
  );
  const code = `import{boot}from ${
    quote(cache.boot.url)
  };${imports}boot([${components}],${uses})`;
  return h("script", {
    type: "module",
    dangerouslySetInnerHTML: { __html: code },
  }) as VNode;
}

function quote(text: string): string {
  return JSON.stringify(text).replaceAll("<", "\\u003C");
}

/** The addresses of all modules the page's islands load at once. */
export function modulesOf({ cache, islands }: Render): string[] {
  if (islands.length === 0) return [];
  const chunks = [cache.boot, ...islands.map(({ island }) => island)];
  return [...new Set(chunks.flatMap(({ url, preload }) => [url, ...preload]))];
}
