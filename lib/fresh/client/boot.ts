import { signal } from "@preact/signals";
import { unflatten } from "devalue";
import {
  type ComponentChild,
  type ComponentType,
  h,
  hydrate,
  type VNode,
} from "preact";
import { toVNodes } from "./dom_to_vnodes.ts";

type Props = Record<string, unknown>;

/**
 * Brings the islands of a page to life; called by the one script a page with islands has.
 *
 * The server's marks are comments: `fresh:island:N … /fresh:island:N` around an island,
 * `fresh:slot:N … /fresh:slot:N` around JSX it was given.
 *
 * @param components the components on this page
 * @param data for each island its component's index and its props, as `serialiseProps` wrote them
 */
export function boot(
  components: ComponentType<Props>[],
  data: unknown[],
): void {
  const slots = new Map<number, ComponentChild[]>();
  const SlotView = ({ id }: { id: number }) =>
    slots.get(id) as unknown as VNode;
  const uses: [component: number, props: Props][] = unflatten(data, {
    Signal: ([value]: [unknown]) => signal(value),
    Slot: ([id]: [number]) => h(SlotView, { id }),
  });
  const islandOf = (id: number) => h(components[uses[id][0]], uses[id][1]);

  // All JSX is read out of the document first: hydrating takes its marks away.
  const roots: [start: Comment, id: number][] = [];
  const scan = (root: Node, isSlot: boolean) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
    let depth = isSlot ? 1 : 0;
    while (walker.nextNode()) {
      const comment = walker.currentNode as Comment;
      const [, end, kind, id] =
        /^(\/?)fresh:(island|slot):(\d+)$/.exec(comment.data) ?? [];
      if (kind === "slot") {
        depth += end ? -1 : 1;
        if (!end) slots.set(Number(id), toVNodes(between(comment), islandOf));
      } else if (kind === "island" && !end && depth === 0) {
        roots.push([comment, Number(id)]);
      }
    }
  };
  scan(document, false);
  for (
    const template of document.querySelectorAll<HTMLTemplateElement>(
      "[data-fresh-slot]",
    )
  ) {
    scan(template.content, true);
    const id = Number(template.dataset.freshSlot);
    slots.set(id, toVNodes([...template.content.childNodes], islandOf));
  }
  for (const [start, id] of roots) {
    try {
      hydrate(islandOf(id), rangeAsParent(start));
    } catch (error) {
      reportError(error); // one broken island leaves the others alive
    }
  }
}

/** The nodes between a mark and its end. */
function between(start: Comment): ChildNode[] {
  const nodes: ChildNode[] = [];
  for (
    let node = start.nextSibling;
    node && !isEnd(node, start);
    node = node.nextSibling
  ) {
    nodes.push(node);
  }
  return nodes;
}

function isEnd(node: Node, start: Comment): boolean {
  return node.nodeType === Node.COMMENT_NODE &&
    (node as Comment).data === `/${start.data}`;
}

/** The part of its parent an island fills, in the shape of an element of its own for Preact. */
function rangeAsParent(start: Comment): Element {
  const parent = start.parentNode as Element;
  const childNodes = between(start);
  const end = (childNodes.at(-1) ?? start).nextSibling;
  const insertBefore = (node: Node, before: Node | null) =>
    parent.insertBefore(node, before ?? end);
  return {
    nodeType: Node.ELEMENT_NODE,
    namespaceURI: parent.namespaceURI,
    parentNode: parent,
    childNodes,
    firstChild: childNodes[0] ?? null,
    insertBefore,
    appendChild: (node: Node) => insertBefore(node, null),
    removeChild: (node: Node) => parent.removeChild(node),
    contains: (node: Node) => parent.contains(node),
  } as unknown as Element;
}
