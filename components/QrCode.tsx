import { type Bitmap2D, generate } from "lean-qr";
import { useMemo } from "preact/hooks";
import { useWords } from "./words.tsx";

/** Light modules all round that readers need: ISO/IEC 18004, "quiet zone". */
const QUIET_MODULES = 4;

/** A link for a phone's camera; dark on white whatever the theme, since readers expect that. */
export function QrCode({ link }: { link: string }) {
  const { t } = useWords();
  const code = useMemo(() => generate(link), [link]);
  const side = code.size + 2 * QUIET_MODULES;
  return (
    <svg
      class="qr"
      role="img"
      aria-label={t("invite.qr")}
      viewBox={`${-QUIET_MODULES} ${-QUIET_MODULES} ${side} ${side}`}
      shape-rendering="crispEdges"
    >
      <path d={darkRuns(code)} />
    </svg>
  );
}

/** The dark modules of each row as boxes one module high, in SVG's path language. */
function darkRuns({ size, get }: Bitmap2D): string {
  let path = "";
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const start = x;
      while (get(x, y)) x++;
      if (x > start) path += `M${start} ${y}h${x - start}v1h${start - x}z`;
    }
  }
  return path;
}
