import { useLayoutEffect, useRef } from "preact/hooks";
import type { CallModel } from "../lib/call/model.ts";
import type { ArrangeTiles } from "../lib/call/layout.ts";
import { SelfView } from "./SelfView.tsx";
import { Tile } from "./Tile.tsx";

/**
 * Everybody's picture. For two, the other fills the stage and one's own floats; from three on all
 * tiles are one size, in the order of the seats, and never jump.
 */
export function Stage({ call, arrange }: { call: CallModel; arrange: ArrangeTiles }) {
  const ref = useRef<HTMLDivElement>(null);
  const others = call.others.value;
  const seat = call.seat.value;
  const count = others.length + 1;

  useLayoutEffect(() => {
    const stage = ref.current!;
    const place = () => {
      const style = getComputedStyle(stage);
      const gap = parseFloat(style.columnGap);
      const { width, height } = arrange(count, stage.clientWidth, stage.clientHeight, gap);
      stage.style.setProperty("--tile-width", `${width}px`);
      stage.style.setProperty("--tile-height", `${height}px`);
    };
    place();
    const observer = new ResizeObserver(place);
    observer.observe(stage);
    return () => observer.disconnect();
  }, [count, arrange]);

  return (
    <div class={count > 2 ? "stage-tiles many" : "stage-tiles two"} ref={ref}>
      {others.map((person) => (
        <Tile key={person.seat} person={person} speakerId={call.media.speakerId.value} />
      ))}
      {seat && <SelfView key={seat} call={call} seat={seat} floating={count === 2} />}
    </div>
  );
}
