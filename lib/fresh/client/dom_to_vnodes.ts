import { type ComponentChild, h, type VNode } from "preact";

/**
 * Reads server-rendered JSX back out of the document, so that an island can hold it as children.
 *
 * @param nodes siblings, islands among them between their marks
 * @param islandOf makes the element of the island with a number
 */
export function toVNodes(nodes: ChildNode[], islandOf: (id: number) => VNode): ComponentChild[] {
  const children: ComponentChild[] = [];
  let islandEnd: string | null = null;
  for (const node of nodes) {
    if (node instanceof Comment) {
      if (node.data === islandEnd) islandEnd = null;
      else if (islandEnd === null && node.data.startsWith("fresh:island:")) {
        islandEnd = `/${node.data}`;
        children.push(islandOf(Number(node.data.slice("fresh:island:".length))));
      }
    } else if (islandEnd === null) {
      children.push(node instanceof Element ? toVNode(node, islandOf) : node.nodeValue);
    }
  }
  return children;
}

function toVNode(element: Element, islandOf: (id: number) => VNode): VNode {
  const props: Record<string, unknown> = {};
  for (const { name, value } of element.attributes) {
    // Preact sets what is a property as one, and an empty string would switch a boolean off.
    props[name] = typeof Reflect.get(element, name) === "boolean" || value;
  }
  return h(element.localName, props, toVNodes([...element.childNodes], islandOf)) as VNode;
}
