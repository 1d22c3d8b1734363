import {
  type ComponentChild,
  type ComponentChildren,
  Fragment,
  toChildArray,
} from "preact";

/**
 * Merges what `<head>` has with what `Head` components brought: of two of a kind the last wins, at
 * the place of the first.
 */
export function mergeHead(
  own: ComponentChildren,
  brought: ComponentChildren,
): ComponentChild[] {
  const merged = new Map<string, ComponentChild>();
  for (const child of [...flatten(own), ...flatten(brought)]) {
    merged.set(kindOf(child) ?? `other:${merged.size}`, child);
  }
  return [...merged.values()];
}

function flatten(children: ComponentChildren): ComponentChild[] {
  return toChildArray(children).flatMap((child) =>
    typeof child === "object" && child.type === Fragment
      ? flatten(child.props.children)
      : [child]
  );
}

/** What makes an element the same as another: `<title>`, `key`, `id`, or a `<meta>`'s `name`. */
function kindOf(child: ComponentChild): string | null {
  if (typeof child !== "object" || child === null || !("props" in child)) {
    return null;
  }
  const { id, name } = child.props as { id?: unknown; name?: unknown };
  if (child.type === "title") return "title";
  if (child.key != null) return `key:${child.key}`;
  if (id !== undefined) return `id:${id}`;
  return child.type === "meta" && name !== undefined ? `meta:${name}` : null;
}
