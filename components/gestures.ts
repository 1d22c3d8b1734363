import type { PointersModel } from "../lib/call/model.ts";
import type { Picture } from "../lib/call/pointing.ts";
import { clampZoom, type Point, type Seen, spotAt, type Zoom, zoomed } from "./picture_geometry.ts";

/** What a hand on a picture does, as it stands when it moves. */
export interface Grasp {
  readonly picture: Picture;
  readonly pointers: PointersModel;
  /** How the picture lies; null before it has come. */
  readonly seen: Seen | null;
  readonly points: boolean;
  /** Where it may be enlarged. */
  readonly setZoom?: (zoom: Zoom) => void;
}

/** A notch of most wheels is 100 px or 120: an eighth larger. */
const WHEEL_PX = 900;

/** Points and enlarges, by mouse, pen, wheel and fingers on one element. */
export class Gestures {
  readonly #grasp: () => Grasp;
  readonly #layer: HTMLElement;
  readonly #undo = new AbortController();
  /** Fingers that are down, and the mouse while it moves an enlarged picture. */
  readonly #held = new Map<number, Point>();
  #isPinch = false;

  /** @param grasp what a hand does now */
  constructor(layer: HTMLElement, grasp: () => Grasp) {
    this.#layer = layer;
    this.#grasp = grasp;
    const { signal } = this.#undo;
    layer.addEventListener("pointerdown", (event) => this.#down(event), { signal });
    layer.addEventListener("pointermove", (event) => this.#move(event), { signal });
    layer.addEventListener("pointerup", (event) => this.#up(event), { signal });
    layer.addEventListener("pointercancel", (event) => this.#up(event), { signal });
    layer.addEventListener("pointerleave", (event) => this.#leave(event), { signal });
    layer.addEventListener("wheel", (event) => this.#wheel(event), { signal, passive: false });
  }

  dispose(): void {
    this.#undo.abort();
    this.#grasp().pointers.away();
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    const { points, pointers, picture } = this.#grasp();
    const isTouch = event.pointerType === "touch";
    if (isTouch || !points) {
      this.#held.set(event.pointerId, placeIn(event));
      this.#layer.setPointerCapture(event.pointerId);
    }
    if (this.#held.size > 1) {
      this.#isPinch = true;
      return pointers.away();
    }
    const spot = this.#spot(event);
    if (points && spot) pointers.press(picture, spot);
  }

  #move(event: PointerEvent): void {
    const before = this.#held.get(event.pointerId);
    const { points, pointers, picture } = this.#grasp();
    if (this.#isPinch || (before && !points)) return this.#drag(event);
    if (before) this.#held.set(event.pointerId, placeIn(event));
    if (!points || (event.pointerType === "touch" && !before)) return;
    const spot = this.#spot(event);
    if (spot) pointers.point(picture, spot);
    else pointers.away();
  }

  #up(event: PointerEvent): void {
    this.#held.delete(event.pointerId);
    if (this.#held.size === 0) this.#isPinch = false;
    if (event.pointerType === "touch") this.#grasp().pointers.away();
  }

  #leave(event: PointerEvent): void {
    if (!this.#held.has(event.pointerId)) this.#grasp().pointers.away();
  }

  /** Moves an enlarged picture by one, and enlarges it by two. */
  #drag(event: PointerEvent): void {
    const { seen, setZoom } = this.#grasp();
    const before = middleOf(this.#held);
    this.#held.set(event.pointerId, placeIn(event));
    if (!seen || !setZoom) return;
    const after = middleOf(this.#held);
    const { zoom, width, height } = seen;
    const moved = { ...zoom, x: zoom.x + after.x - before.x, y: zoom.y + after.y - before.y };
    const factor = before.apart > 0 ? after.apart / before.apart : 1;
    setZoom(zoomed(clampZoom(moved, width, height), factor, after, width, height));
  }

  #wheel(event: WheelEvent): void {
    const { seen, setZoom } = this.#grasp();
    if (!seen || !setZoom || (!event.ctrlKey && seen.zoom.scale === 1)) return;
    event.preventDefault();
    const { zoom, width, height } = seen;
    if (event.ctrlKey) {
      const factor = Math.exp(-event.deltaY / WHEEL_PX);
      return setZoom(zoomed(zoom, factor, placeIn(event), width, height));
    }
    const { deltaX, deltaY } = event;
    setZoom(clampZoom({ ...zoom, x: zoom.x - deltaX, y: zoom.y - deltaY }, width, height));
  }

  #spot(event: PointerEvent): Point | null {
    const { seen } = this.#grasp();
    return seen && spotAt(seen, placeIn(event));
  }
}

/** The layer covers its box, and nothing in it takes events: the offset is the place in the box. */
function placeIn({ offsetX, offsetY }: MouseEvent): Point {
  return { x: offsetX, y: offsetY };
}

/** The middle of the fingers, and how far the first two are apart. */
function middleOf(held: ReadonlyMap<number, Point>): Point & { readonly apart: number } {
  const [one, two = one] = held.values();
  return {
    x: (one.x + two.x) / 2,
    y: (one.y + two.y) / 2,
    apart: Math.hypot(one.x - two.x, one.y - two.y),
  };
}
