import type { ComponentChildren } from "preact";
import type { BuildCache, Island } from "./build_cache.ts";

/** JSX given to an island: rendered here, and taken over from the document by the browser. */
export class Slot {
  isShown = false;
  constructor(readonly id: number, readonly content: ComponentChildren) {}
}

/** One island on the page. */
export interface IslandUse {
  island: Island;
  /** What to serialise: the props, with JSX replaced by slots. */
  props: Record<string, unknown>;
}

/** What is gathered while one page is rendered. */
export interface Render {
  readonly cache: BuildCache;
  readonly nonce: string | null;
  readonly islands: IslandUse[];
  readonly slots: Slot[];
  /** The children of the page's `<head>`, rendered last. */
  head: ComponentChildren;
  /** Whether the islands' script was placed in a `<body>`. */
  hasScripts: boolean;
}

let active: Render | null = null;

/** The render going on: rendering is synchronous, so there is at most one. */
export function currentRender(): Render | null {
  return active;
}

/** Runs a synchronous render with `render` as the current one. */
export function withRender<Result>(render: Render, work: () => Result): Result {
  const outer = active;
  active = render;
  try {
    return work();
  } finally {
    active = outer;
  }
}
