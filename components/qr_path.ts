/** A square of modules, dark or light; what `lean-qr` makes fits. */
export interface Modules {
  /** Modules a side. */
  readonly size: number;
  /** Whether a module is dark; light beyond the edges. */
  get(x: number, y: number): boolean;
}

/** The dark modules, row by row, as boxes one module high, in SVG's path language. */
export function darkRuns(modules: Modules): string {
  let path = "";
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      const start = x;
      while (modules.get(x, y)) x++;
      if (x > start) path += `M${start} ${y}h${x - start}v1h${start - x}z`;
    }
  }
  return path;
}
