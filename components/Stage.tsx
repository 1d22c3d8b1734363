import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { ArrangeTiles } from "../lib/call/layout.ts";
import type { CallModel } from "../lib/call/model.ts";
import { Icon } from "./Icon.tsx";
import type { ChangeOwnPicture, OwnPicture } from "./own_picture.ts";
import { SelfView } from "./SelfView.tsx";
import { Tile } from "./Tile.tsx";
import { useWords } from "./words.tsx";

interface Props {
  call: CallModel;
  arrange: ArrangeTiles;
  own: OwnPicture;
  onOwn: ChangeOwnPicture;
}

/**
 * Everybody's picture. For two, one fills the stage and the other floats; from three on all tiles
 * are one size, in the order of the seats, and never jump.
 */
export function Stage({ call, arrange, own, onOwn }: Props) {
  const { t } = useWords();
  const ref = useRef<HTMLDivElement>(null);
  const others = call.others.value;
  const seat = own.shown ? call.seat.value : null;
  const count = others.length + (seat ? 1 : 0);
  const isForTwo = others.length === 1;
  const floating = {
    corner: own.corner,
    setCorner: (corner: OwnPicture["corner"]) => onOwn({ corner }),
    swap: () => onOwn({ large: !own.large }),
  };

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

  const wasPressed = useRef(false);
  useEffect(() => {
    // The button one has pressed is gone; the picture it brought back has the focus.
    if (own.shown && wasPressed.current) {
      const grip = ref.current?.querySelector<HTMLElement>(".grip");
      (grip ?? document.querySelector("h1"))?.focus({ preventScroll: true });
    }
    wasPressed.current = false;
  }, [own.shown]);

  return (
    <div class={isForTwo ? "stage-tiles two" : "stage-tiles many"} ref={ref}>
      {others.map((person) => (
        <Tile
          key={person.seat}
          person={person}
          speakerId={call.media.speakerId.value}
          floating={isForTwo && seat && own.large ? floating : undefined}
        />
      ))}
      {seat && (
        <SelfView
          key={seat}
          call={call}
          seat={seat}
          floating={isForTwo && !own.large ? floating : undefined}
        />
      )}
      {!own.shown && (
        <button
          type="button"
          class={`show-me ${own.corner}`}
          onClick={() => {
            wasPressed.current = true;
            onOwn({ shown: true });
          }}
        >
          <Icon name="eye" />
          {t("self.show")}
        </button>
      )}
    </div>
  );
}
