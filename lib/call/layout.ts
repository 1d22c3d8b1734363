/** Where tiles go (pure). */

/** Gives all tiles of a stage one size in px, so that rows of `columns` fit into it. */
export type ArrangeTiles = (
  count: number,
  widthPx: number,
  heightPx: number,
  gapPx: number,
) => { readonly columns: number; readonly width: number; readonly height: number };

/** A further column must be worth this much: else a little resizing would reshuffle everybody. */
const WORTH_A_COLUMN = 1.02;

/** The shape faces look best in, by the shape of the stage. */
function idealShape(stageShape: number): number {
  if (stageShape > 5 / 4) return 16 / 9;
  return stageShape < 4 / 5 ? 3 / 4 : 1;
}

/**
 * Takes the number of columns whose tiles are large and near the ideal shape: the greatest
 * `area · min(q/a, a/q)` with q a tile's shape and a the ideal one.
 */
export const arrangeTiles: ArrangeTiles = (count, widthPx, heightPx, gapPx) =>
  arrangeShaped(idealShape(widthPx / heightPx), count, widthPx, heightPx, gapPx);

/** The same with tiles of an ideal shape of one's choice: width to height. */
export function arrangeShaped(
  ideal: number,
  count: number,
  widthPx: number,
  heightPx: number,
  gapPx: number,
): ReturnType<ArrangeTiles> {
  let best = { columns: 1, width: 0, height: 0 };
  let bestWorth = 0;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const width = (widthPx - gapPx * (columns - 1)) / columns;
    const height = (heightPx - gapPx * (rows - 1)) / rows;
    if (width <= 0 || height <= 0) continue;
    const shape = width / height;
    const worth = width * height * Math.min(shape / ideal, ideal / shape);
    if (worth > bestWorth * WORTH_A_COLUMN) {
      best = { columns, width: Math.floor(width), height: Math.floor(height) };
      bestWorth = worth;
    }
  }
  return best;
}
