/** Between a picture and the box it is seen in (pure): where is which part of it. */

/** How a picture lies in its box. Lengths in CSS px, those of the picture itself in its own. */
export interface Seen {
  readonly width: number;
  readonly height: number;
  readonly pictureWidth: number;
  readonly pictureHeight: number;
  /** The whole picture with bars beside it, or a part that fills the box. */
  readonly fit: "contain" | "cover";
  /** As in a mirror. */
  readonly mirrored: boolean;
  readonly zoom: Zoom;
}

/** Enlarged so many times, and moved by so many px of the box; the origin is its top left. */
export interface Zoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** A place in px from the top left of the box, or from 0 to 1 on the picture. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export const NO_ZOOM: Zoom = { scale: 1, x: 0, y: 0 };
export const MOST_ZOOM = 8;

/** The point of the picture under a place of the box; null beside the picture. */
export function spotAt(seen: Seen, place: Point): Point | null {
  const { left, top, width, height } = contentOf(seen);
  if (!(width > 0 && height > 0)) return null;
  const { scale, x, y } = seen.zoom;
  const across = ((place.x - x) / scale - left) / width;
  const down = ((place.y - y) / scale - top) / height;
  if (across < 0 || across > 1 || down < 0 || down > 1) return null;
  return { x: seen.mirrored ? 1 - across : across, y: down };
}

/** Where a point of the picture is in the box; outside of it where that part is cut off. */
export function placeOf(seen: Seen, spot: Point): Point {
  const { left, top, width, height } = contentOf(seen);
  const { scale, x, y } = seen.zoom;
  const across = seen.mirrored ? 1 - spot.x : spot.x;
  return { x: (left + across * width) * scale + x, y: (top + spot.y * height) * scale + y };
}

/** Where the whole picture lies, bars or cut-off parts aside, before any zoom. */
function contentOf({ width, height, pictureWidth, pictureHeight, fit }: Seen) {
  const ratios = [width / pictureWidth, height / pictureHeight];
  const ratio = fit === "contain" ? Math.min(...ratios) : Math.max(...ratios);
  const [across, down] = [pictureWidth * ratio, pictureHeight * ratio];
  return { left: (width - across) / 2, top: (height - down) / 2, width: across, height: down };
}

/** The box shows nothing but box: no zoom leaves a gap at its edges. */
export function clampZoom({ scale, x, y }: Zoom, width: number, height: number): Zoom {
  const held = Math.min(MOST_ZOOM, Math.max(1, scale));
  const within = (moved: number, length: number) =>
    Math.min(0, Math.max(length * (1 - held), moved));
  return { scale: held, x: within(x, width), y: within(y, height) };
}

/** Enlarged by a factor; what is under `at` stays there, as far as the edges let it. */
export function zoomed(
  before: Zoom,
  factor: number,
  at: Point,
  width: number,
  height: number,
): Zoom {
  const scale = Math.min(MOST_ZOOM, Math.max(1, before.scale * factor));
  const by = scale / before.scale;
  const moved = { scale, x: at.x - (at.x - before.x) * by, y: at.y - (at.y - before.y) * by };
  return clampZoom(moved, width, height);
}
