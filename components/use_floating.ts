import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { type Corner, nearestCorner } from "./corners.ts";

/** A small picture over a large one: where it lies, and what may be done with it. */
export interface Floating {
  readonly corner: Corner;
  readonly setCorner: (corner: Corner) => void;
  /** Makes the small one the large one. */
  readonly swap: () => void;
}

/** Nearer than this the finger has not moved: it trembles. */
const TREMBLE_PX = 5;
/** Two taps further apart are two taps; what systems take for a double click is 300 to 500 ms. */
const DOUBLE_TAP_MS = 350;
const SNAP_MS = 180;

/**
 * Lets a tile be dragged; let go it finds its corner. Two taps swap. Nothing to do while
 * `floating` is undefined.
 *
 * @returns moves it to a corner, gliding
 */
export function useFloating(
  ref: RefObject<HTMLElement>,
  floating: Floating | undefined,
): (corner: Corner) => void {
  const latest = useRef(floating);
  latest.current = floating;
  /** Where it was seen last, to glide from there to the corner. */
  const from = useRef<DOMRect | null>(null);

  useEffect(() => {
    const tile = ref.current;
    if (!tile || !floating) return;
    const undo = new AbortController();
    const { signal } = undo;
    let start: { x: number; y: number } | null = null;
    let moved = false;
    let tappedAt = 0;

    const down = (event: PointerEvent) => {
      const button = (event.target as Element).closest("button");
      if (event.button !== 0 || (button && !button.matches(".grip"))) return;
      start = { x: event.clientX, y: event.clientY };
      moved = false;
    };
    const move = (event: PointerEvent) => {
      if (!start) return;
      const [x, y] = [event.clientX - start.x, event.clientY - start.y];
      moved ||= Math.hypot(x, y) > TREMBLE_PX;
      if (moved) tile.style.translate = `${x}px ${y}px`;
    };
    const up = (event: PointerEvent) => {
      if (!start) return;
      start = null;
      if (moved) {
        const stage = tile.parentElement!.getBoundingClientRect();
        moveTo(nearestCorner(tile.getBoundingClientRect(), stage));
      } else if (!(event.target as Element).closest("button")) {
        if (event.timeStamp - tappedAt < DOUBLE_TAP_MS) latest.current?.swap();
        tappedAt = event.timeStamp;
      }
    };
    /** The end of a drag is no press of the grip; a key's press (detail 0) is. */
    const click = (event: MouseEvent) => moved && event.detail > 0 && event.stopPropagation();

    tile.addEventListener("pointerdown", down, { signal });
    tile.addEventListener("click", click, { signal, capture: true });
    // A quick hand leaves the tile before it follows.
    addEventListener("pointermove", move, { signal });
    addEventListener("pointerup", up, { signal });
    addEventListener("pointercancel", up, { signal });
    return () => {
      undo.abort();
      tile.style.translate = "";
    };
  }, [floating === undefined]);

  useLayoutEffect(() => {
    if (ref.current && floating) glide(ref.current, from);
  }, [floating?.corner]);

  function moveTo(corner: Corner) {
    const { current: tile } = ref;
    if (!tile || !latest.current) return;
    from.current = tile.getBoundingClientRect();
    if (corner === latest.current.corner) glide(tile, from);
    else latest.current.setCorner(corner);
  }
  return moveTo;
}

/** Moves a tile from where it was seen to where it belongs. */
function glide(tile: HTMLElement, from: { current: DOMRect | null }): void {
  tile.style.translate = "";
  const before = from.current;
  from.current = null;
  if (!before || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const { left, top } = tile.getBoundingClientRect();
  tile.animate(
    [{ translate: `${before.left - left}px ${before.top - top}px` }, { translate: "0 0" }],
    { duration: SNAP_MS, easing: "cubic-bezier(.2,.8,.2,1)" },
  );
}
