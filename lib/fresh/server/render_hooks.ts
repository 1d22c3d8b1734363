import { type ComponentType, h, options, type VNode } from "preact";
import { Boundary, comment, isPlain, Scripts } from "./islands.ts";
import { currentRender, type Render } from "./render_state.ts";

/** Where `<head>`'s content goes once the whole page is known. */
export const HEAD_MARK = "fresh:head";

interface Face {
  type: unknown;
  props: unknown;
}

/** Elements made once and rendered on each request are changed anew each time. */
const originals = new WeakMap<VNode, Face>();

/** Preact's hook that sees each element before it is rendered (`__b` is its name when minified). */
const hooks = options as { __b?: (vnode: VNode) => void };
const inherited = hooks.__b;
hooks.__b = (vnode) => {
  const render = currentRender();
  if (render) adapt(vnode, render);
  inherited?.(vnode);
};

/** Puts islands between marks, nonces on scripts and styles, and our parts into head and body. */
function adapt(vnode: VNode, render: Render): void {
  const original = originals.get(vnode);
  if (original) Object.assign(vnode, original);
  const changed = changeOf(vnode, render);
  if (!changed) return;
  originals.set(vnode, { type: vnode.type, props: vnode.props });
  Object.assign(vnode, changed);
}

function changeOf(vnode: VNode, render: Render): Face | null {
  const { type } = vnode;
  const props = vnode.props as Record<string, unknown>;
  if (typeof type === "function") {
    const island = render.cache.islands.get(type as ComponentType);
    if (!island || isPlain(vnode)) return null;
    return {
      type: Boundary,
      props: { island, type, props },
    };
  }
  switch (type) {
    case "head":
      render.head = vnode.props.children;
      return { type, props: { ...props, children: comment(HEAD_MARK) } };
    case "body":
      return {
        type,
        props: { ...props, children: [vnode.props.children, h(Scripts, null)] },
      };
    case "script":
    case "style":
      if (render.nonce === null || props.nonce !== undefined) return null;
      return {
        type,
        props: { ...props, nonce: render.nonce },
      };
    default:
      return null;
  }
}
