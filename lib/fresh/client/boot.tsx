import { signal } from "@preact/signals";
import { type ComponentChild, type ComponentType, hydrate } from "preact";
import { toVNodes } from "./dom_to_vnodes.ts";

type Props = Record<string, unknown>;
/** For each island its component's index and its props, as `serialiseProps` wrote them. */
type Uses = (makeSignal: typeof signal, slot: (id: number) => unknown) => [number, Props][];

/**
 * Brings the islands of a page to life; called by the one script a page with islands has.
 *
 * The server's marks are comments: `fresh:island:N … /fresh:island:N` around an island,
 * `fresh:slot:N … /fresh:slot:N` around JSX it was given (in a `<template>` if not shown yet).
 *
 * @param components the components on this page
 * @param given makes what they were given
 */
export function boot(components: ComponentType<Props>[], given: Uses): void {
  const slots = new Map<number, ComponentChild[]>();
  const SlotView = ({ id }: { id: number }) => <>{slots.get(id)}</>;
  const uses = given(signal, (id) => <SlotView id={id} />);
  const islandOf = (id: number) => {
    const Island = components[uses[id][0]];
    return <Island {...uses[id][1]} />;
  };

  // All JSX is read out of the document before anything hydrates, which takes its marks away.
  const roots: [start: Comment, id: number][] = [];
  const templates = [...document.querySelectorAll("template")].map(({ content }) => content);
  for (const tree of [document, ...templates]) {
    const walker = document.createTreeWalker(tree, NodeFilter.SHOW_COMMENT);
    let depth = 0;
    while (walker.nextNode()) {
      const start = walker.currentNode as Comment;
      const [, end, kind, id] = /^(\/?)fresh:(island|slot):(\d+)$/.exec(start.data) ?? [];
      if (kind === "slot") {
        depth += end ? -1 : 1;
        if (!end) slots.set(Number(id), toVNodes(between(start), islandOf));
      } else if (kind === "island" && !end && depth === 0) {
        roots.push([start, Number(id)]);
      }
    }
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
  const siblings = [...start.parentNode?.childNodes ?? []];
  const isEnd = (node: ChildNode) => node instanceof Comment && node.data === `/${start.data}`;
  return siblings.slice(siblings.indexOf(start) + 1, siblings.findIndex(isEnd));
}

/** The part of its parent an island fills, with as much of an element as Preact asks of a root. */
function rangeAsParent(start: Comment): Element {
  const parent = start.parentNode as Element;
  const childNodes = between(start);
  const end = (childNodes.at(-1) ?? start).nextSibling;
  return {
    namespaceURI: parent.namespaceURI,
    childNodes,
    firstChild: childNodes[0] ?? null,
    insertBefore: (node: Node, before: Node | null) => parent.insertBefore(node, before ?? end),
  } as unknown as Element;
}
