import { useEffect, useState } from "preact/hooks";
import { darkRuns } from "./qr_path.ts";
import { useWords } from "./words.tsx";

/** Light modules all round that readers need: ISO/IEC 18004, "quiet zone". */
const QUIET_MODULES = 4;

interface Drawing {
  readonly size: number;
  readonly path: string;
}

/** The encoder is 3 kB that nobody needs to reach a call: it comes when a code is to be drawn. */
async function draw(link: string): Promise<Drawing> {
  const { generate } = await import("lean-qr");
  const code = generate(link);
  return { size: code.size, path: darkRuns(code) };
}

/** A link for a phone's camera; dark on white whatever the theme, since readers expect that. */
export function QrCode({ link }: { link: string }) {
  const { t } = useWords();
  const [drawing, setDrawing] = useState<Drawing | null>(null);

  useEffect(() => {
    let wanted = true;
    draw(link).then(
      (drawn) => wanted && setDrawing(drawn),
      () => {}, // offline: the link beside it can still be copied
    );
    return () => {
      wanted = false;
    };
  }, [link]);

  const side = (drawing?.size ?? 0) + 2 * QUIET_MODULES;
  return (
    <svg
      class="qr"
      role="img"
      aria-label={t("invite.qr")}
      viewBox={`${-QUIET_MODULES} ${-QUIET_MODULES} ${side} ${side}`}
      shape-rendering="crispEdges"
    >
      {drawing && <path d={drawing.path} />}
    </svg>
  );
}
