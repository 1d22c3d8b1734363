import { type ComponentChild, type ComponentChildren, Fragment, toChildArray } from "preact";

/**
 * Merges what `<head>` has with what `Head` components brought: of two of a kind the last wins, at
 * the place of the first. A kind is `<title>`, a `key`, an `id`, or the `name` of a `<meta>`.
 */
export function mergeHead(own: ComponentChildren, brought: ComponentChildren): ComponentChild[] {
  const merged = new Map<string, ComponentChild>();
  for (const child of [...flatten(own), ...flatten(brought)]) {
    merged.set(kindOf(child) ?? `other:${merged.size}`, child);
  }
  return [...merged.values()];
}

function flatten(children: ComponentChildren): ReturnType<typeof toChildArray> {
  return toChildArray(children).flatMap((child) =>
    typeof child === "object" && child.type === Fragment ? flatten(child.props.children) : child
  );
}

function kindOf(child: ReturnType<typeof toChildArray>[number]): string | null {
  if (typeof child !== "object") return null;
  const { id, name } = child.props as { id?: unknown; name?: unknown };
  if (child.type === "title") return "title";
  if (child.key != null) return `key:${child.key}`;
  if (id !== undefined) return `id:${id}`;
  return child.type === "meta" && name !== undefined ? `meta:${name}` : null;
}
