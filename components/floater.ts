import { type Corner, cornerByKey, nearestCorner, nextCorner } from "./corners.ts";
import type { Floating } from "./use_floating.ts";

/** Nearer than this the finger has not moved: it trembles. */
const TREMBLE_PX = 5;
/** Two taps further apart are two taps; what systems take for a double click is 300 to 500 ms. */
const DOUBLE_TAP_MS = 350;
const SNAP_MS = 180;

/** Lets a tile be dragged; let go it finds its corner. Two taps swap. Keys and the grip move it. */
export class Floater {
  readonly #tile: HTMLElement;
  readonly #floating: () => Floating | undefined;
  readonly #undo = new AbortController();
  /** Where it was seen last, to glide from there to the corner. */
  #from: DOMRect | null = null;
  #start: { x: number; y: number } | null = null;
  #moved = false;
  #tappedAtMs = 0;

  /** @param floating where it lies now, and what may be done with it */
  constructor(tile: HTMLElement, floating: () => Floating | undefined) {
    this.#tile = tile;
    this.#floating = floating;
    const { signal } = this.#undo;
    tile.addEventListener("pointerdown", (event) => this.#down(event), { signal });
    tile.addEventListener("click", (event) => this.#click(event), { signal, capture: true });
    // A quick hand leaves the tile before it follows.
    addEventListener("pointermove", (event) => this.#move(event), { signal });
    addEventListener("pointerup", (event) => this.#up(event), { signal });
    addEventListener("pointercancel", (event) => this.#up(event), { signal });
  }

  /** To the next corner round. */
  next(): void {
    const floating = this.#floating();
    if (floating) this.#moveTo(nextCorner(floating.corner));
  }

  /** To where an arrow key leads; other keys are left alone. */
  key(event: KeyboardEvent): void {
    const floating = this.#floating();
    const corner = floating && cornerByKey(floating.corner, event.key);
    if (!corner) return;
    event.preventDefault();
    this.#moveTo(corner);
  }

  /** Glides from where it was seen to where it belongs; to be called once it stands there. */
  settle(): void {
    this.#tile.style.translate = "";
    const before = this.#from;
    this.#from = null;
    if (!before || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const { left, top } = this.#tile.getBoundingClientRect();
    this.#tile.animate(
      [{ translate: `${before.left - left}px ${before.top - top}px` }, { translate: "0 0" }],
      { duration: SNAP_MS, easing: "cubic-bezier(.2,.8,.2,1)" },
    );
  }

  dispose(): void {
    this.#undo.abort();
    this.#tile.style.translate = "";
  }

  #moveTo(corner: Corner): void {
    const floating = this.#floating();
    if (!floating) return;
    this.#from = this.#tile.getBoundingClientRect();
    if (corner === floating.corner) this.settle();
    else floating.setCorner(corner);
  }

  #down(event: PointerEvent): void {
    const button = (event.target as Element).closest("button");
    if (event.button !== 0 || (button && !button.matches(".grip"))) return;
    this.#start = { x: event.clientX, y: event.clientY };
    this.#moved = false;
  }

  #move(event: PointerEvent): void {
    if (!this.#start) return;
    const [x, y] = [event.clientX - this.#start.x, event.clientY - this.#start.y];
    this.#moved ||= Math.hypot(x, y) > TREMBLE_PX;
    if (this.#moved) this.#tile.style.translate = `${x}px ${y}px`;
  }

  #up(event: PointerEvent): void {
    if (!this.#start) return;
    this.#start = null;
    if (this.#moved) {
      const stage = this.#tile.parentElement!.getBoundingClientRect();
      this.#moveTo(nearestCorner(this.#tile.getBoundingClientRect(), stage));
    } else if (!(event.target as Element).closest("button")) {
      if (event.timeStamp - this.#tappedAtMs < DOUBLE_TAP_MS) this.#floating()?.swap();
      this.#tappedAtMs = event.timeStamp;
    }
  }

  /** The end of a drag is no press of the grip; a key's press (detail 0) is. */
  #click(event: MouseEvent): void {
    if (this.#moved && event.detail > 0) event.stopPropagation();
  }
}
