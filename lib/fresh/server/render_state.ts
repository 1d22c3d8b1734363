import type { ComponentChildren } from "preact";
import type { BuildCache, Island } from "./build_cache.ts";

/** JSX given to an island: rendered here, and taken over from the document by the browser. */
export class Slot {
  isShown = false;
  constructor(readonly id: number, readonly content: ComponentChildren) {}
}

/** What is gathered while one page is rendered. */
export interface Render {
  readonly cache: BuildCache;
  readonly nonce: string | null;
  /** The islands on the page, with their props to send: JSX in them is replaced by slots. */
  readonly islands: { island: Island; props: Record<string, unknown> }[];
  readonly slots: Slot[];
  /** The children of the page's `<head>`, rendered last. */
  head: ComponentChildren;
  /** Whether the islands' script was placed in a `<body>`. */
  hasScripts: boolean;
}

/** The render going on: rendering is synchronous, so there is at most one. */
export let currentRender: Render | null = null;

/** Runs a synchronous render with `render` as the current one. */
export function withRender<Result>(render: Render, work: () => Result): Result {
  const outer = currentRender;
  currentRender = render;
  try {
    return work();
  } finally {
    currentRender = outer;
  }
}
