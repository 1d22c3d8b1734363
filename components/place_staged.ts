import type { Arrangement } from "../lib/call/stage_layout.ts";

/**
 * Puts an arrangement on the stage's element, for its style sheet: the flow of the tiles as
 * `data-flow`, the places as custom properties.
 *
 * @returns takes it off again
 */
export function placeStaged(
  view: HTMLElement,
  { flow, stage, rest, tile }: Arrangement,
): () => void {
  view.dataset.flow = flow;
  const set = (name: string, px: number) => view.style.setProperty(`--${name}`, `${px}px`);
  for (const side of ["left", "top", "width", "height"] as const) {
    set(`stage-${side}`, stage[side]);
    set(`rest-${side}`, rest[side]);
  }
  set("tile-width", tile.width);
  set("tile-height", tile.height);
  return () => delete view.dataset.flow;
}
