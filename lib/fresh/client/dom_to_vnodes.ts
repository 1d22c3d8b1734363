import { type ComponentChild, h, type VNode } from "preact";

/**
 * Reads server-rendered JSX back out of the document, so that an island can hold it as children.
 *
 * @param nodes siblings, islands among them between their marks
 * @param islandOf makes the element of the island with a number
 */
export function toVNodes(
  nodes: ChildNode[],
  islandOf: (id: number) => VNode,
): ComponentChild[] {
  const children: ComponentChild[] = [];
  let end: string | null = null;
  for (const node of nodes) {
    if (node.nodeType === Node.COMMENT_NODE) {
      const { data } = node as Comment;
      if (end === null && data.startsWith("fresh:island:")) {
        children.push(islandOf(Number(data.slice("fresh:island:".length))));
        end = `/${data}`;
      } else if (data === end) {
        end = null;
      }
    } else if (end === null) {
      children.push(
        node.nodeType === Node.TEXT_NODE
          ? node.nodeValue
          : toVNode(node, islandOf),
      );
    }
  }
  return children;
}

function toVNode(node: ChildNode, islandOf: (id: number) => VNode): VNode {
  const element = node as Element & Record<string, unknown>;
  const props: Record<string, unknown> = {};
  for (const { name, value } of element.attributes) {
    // Preact sets what is a property as one, and an empty string would switch a boolean off.
    props[name] = typeof element[name] === "boolean" ? true : value;
  }
  return h(
    element.localName,
    props,
    toVNodes([...element.childNodes], islandOf),
  );
}
