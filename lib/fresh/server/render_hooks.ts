import { h, options, type VNode } from "preact";
import { Boundary, comment, plain, Scripts } from "./islands.ts";
import { currentRender, type Render } from "./render_state.ts";

/** Where `<head>`'s content goes once the whole page is known. */
export const HEAD_MARK = "fresh:head";

type Face = { type: unknown; props: object };

/** Elements made once and rendered on each request are changed anew each time. */
const originals = new WeakMap<VNode, Face>();

/** Preact's hook that sees each element before it is rendered (`__b` is its name when minified). */
const hooks = options as { __b?: (vnode: VNode) => void };
const inherited = hooks.__b;
hooks.__b = (vnode) => {
  if (currentRender) adapt(vnode, currentRender);
  inherited?.(vnode);
};

function adapt(vnode: VNode, render: Render): void {
  Object.assign(vnode, originals.get(vnode));
  const changed = changeOf(vnode, render);
  if (!changed) return;
  originals.set(vnode, { type: vnode.type, props: vnode.props });
  Object.assign(vnode, changed);
}

/** Puts islands between marks, nonces on scripts and styles, and our parts into head and body. */
function changeOf(vnode: VNode, render: Render): Face | null {
  const { type, props } = vnode;
  const island = render.cache.islands.get(type);
  if (island) return plain.has(vnode) ? null : { type: Boundary, props: { island, type, props } };
  if (type === "head") {
    render.head = props.children;
    return { type, props: { ...props, children: comment(HEAD_MARK) } };
  }
  if (type === "body") {
    return { type, props: { ...props, children: [props.children, h(Scripts, null)] } };
  }
  const takesNonce = (type === "script" || type === "style") && !("nonce" in props);
  return takesNonce && render.nonce !== null
    ? { type, props: { ...props, nonce: render.nonce } }
    : null;
}
