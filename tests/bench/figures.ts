/** How measured figures are summed up and printed. */

/** One figure and what it may be at most, or is to be at least. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly budget: number;
  readonly unit: "ms" | "ms/frame" | "kB" | "×";
}

const DIGITS: Record<Figure["unit"], number> = { ms: 0, "ms/frame": 2, kB: 1, "×": 2 };

/** Prints figures one below the other, each beside its budget. */
export function printFigures(figures: readonly Figure[]): void {
  printRows(figures.map(({ what, value, budget, unit }) => {
    const verdict = value <= budget ? "" : "  over";
    return [what, `${value.toFixed(DIGITS[unit])} ${unit}`, `≤ ${budget} ${unit}${verdict}`];
  }));
}

/** Prints rows of texts in columns; the first column is flush left, the others right. */
export function printRows(rows: readonly (readonly string[])[]): void {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const [first, ...rest] of rows) {
    const cells = rest.map((text, column) => text.padStart(widths[column + 1]));
    console.log([first.padEnd(widths[0]), ...cells].join("  "));
  }
}

/** The value below which a share of the measurements lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

/** The middle one of an odd number of measurements. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
