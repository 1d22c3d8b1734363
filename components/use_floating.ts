import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Corner } from "./corners.ts";
import type { Floater } from "./floater.ts";
import { extras } from "./use_extras.ts";

/** A small picture over a large one: where it lies, and what may be done with it. */
export interface Floating {
  readonly corner: Corner;
  readonly setCorner: (corner: Corner) => void;
  /** Makes the small one the large one. */
  readonly swap: () => void;
}

/**
 * Lets a tile be moved while `floating` is given, once what moves it has come.
 *
 * @returns what moves it, or null as long as nothing does
 */
export function useFloating(
  ref: RefObject<HTMLElement>,
  floating: Floating | undefined,
): { readonly current: Floater | null } | null {
  const come = extras.value;
  const latest = useRef(floating);
  latest.current = floating;
  const floater = useRef<Floater | null>(null);
  const isMovable = floating !== undefined && come !== null;

  useEffect(() => {
    if (!isMovable || !ref.current) return;
    const made = floater.current = new come.Floater(ref.current, () => latest.current);
    return () => {
      floater.current = null;
      made.dispose();
    };
  }, [isMovable]);

  useLayoutEffect(() => floater.current?.settle(), [floating?.corner]);
  return isMovable ? floater : null;
}
