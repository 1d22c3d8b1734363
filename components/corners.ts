/** The four corners a small picture may lie in. */
export type Corner = "top-left" | "top-right" | "bottom-left" | "bottom-right";

/** Clockwise. */
const ROUND: readonly Corner[] = ["top-left", "top-right", "bottom-right", "bottom-left"];

/** A place and size in px, such as a `DOMRect`. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The corner of `stage` whose quarter holds the middle of `picture`. */
export function nearestCorner(picture: Box, stage: Box): Corner {
  const isLeft = picture.left + picture.width / 2 < stage.left + stage.width / 2;
  const isTop = picture.top + picture.height / 2 < stage.top + stage.height / 2;
  return `${isTop ? "top" : "bottom"}-${isLeft ? "left" : "right"}`;
}

/** The corner an arrow key leads to; null for other keys. */
export function cornerByKey(corner: Corner, key: string): Corner | null {
  const [row, column] = corner.split("-") as ["top" | "bottom", "left" | "right"];
  switch (key) {
    case "ArrowLeft":
      return `${row}-left`;
    case "ArrowRight":
      return `${row}-right`;
    case "ArrowUp":
      return `top-${column}`;
    case "ArrowDown":
      return `bottom-${column}`;
    default:
      return null;
  }
}

/** The next one round, clockwise: for who presses instead of dragging. */
export function nextCorner(corner: Corner): Corner {
  return ROUND[(ROUND.indexOf(corner) + 1) % ROUND.length];
}
