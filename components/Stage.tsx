import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { ArrangeTiles } from "../lib/call/layout.ts";
import type { CallModel } from "../lib/call/model.ts";
import type { Picture } from "../lib/call/pointing.ts";
import type { SeatId } from "../lib/protocol/ids.ts";
import { Icon } from "./Icon.tsx";
import type { ChangeOwnPicture, OwnPicture } from "./own_picture.ts";
import { SelfView } from "./SelfView.tsx";
import { Tile, type ToolsOf } from "./Tile.tsx";
import { extras } from "./use_extras.ts";
import { useWords } from "./words.tsx";

interface Props {
  call: CallModel;
  arrange: ArrangeTiles;
  own: OwnPicture;
  onOwn: ChangeOwnPicture;
}

/**
 * Everybody's picture. For two, one fills the stage and the other floats; from three on all tiles
 * are one size, in the order of the seats, and never jump. Shares are tiles too; a tile that is
 * given the stage stays the same element, so that its sound goes on.
 */
export function Stage({ call, arrange, own, onOwn }: Props) {
  const { t } = useWords();
  const ref = useRef<HTMLDivElement>(null);
  const come = extras.value;
  const together = come && call.together.model.value;
  const screens = together?.screens.value ?? [];
  const staged = together?.staged.value ?? null;
  const others = call.others.value;
  const seat = own.shown ? call.seat.value : null;
  const count = screens.length + others.length + (seat ? 1 : 0) - (staged ? 1 : 0);
  const isForTwo = others.length === 1 && screens.length === 0 && staged === null;
  const isStaged = (id: SeatId, kind: Picture["kind"]) =>
    staged?.picture.seat === id && staged.picture.kind === kind;
  const toolsOf = (self: boolean, floats: boolean): ToolsOf | undefined =>
    together
      ? (face) => (
        <come.TileTools call={call} together={together} face={face} self={self} floats={floats} />
      )
      : undefined;
  const floating = {
    corner: own.corner,
    setCorner: (corner: OwnPicture["corner"]) => onOwn({ corner }),
    swap: () => onOwn({ large: !own.large }),
  };

  useLayoutEffect(() => {
    const stage = ref.current!;
    let unplace = () => {};
    const place = () => {
      const gap = parseFloat(getComputedStyle(stage).columnGap);
      const { clientWidth, clientHeight } = stage;
      if (staged && together) {
        const arranged = together.arrange(staged, count, clientWidth, clientHeight, gap);
        unplace = come!.placeStaged(stage, arranged);
        return;
      }
      const { width, height } = arrange(count, clientWidth, clientHeight, gap);
      stage.style.setProperty("--tile-width", `${width}px`);
      stage.style.setProperty("--tile-height", `${height}px`);
    };
    place();
    const observer = new ResizeObserver(place);
    observer.observe(stage);
    return () => {
      observer.disconnect();
      unplace();
    };
  }, [count, arrange, staged]);

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
    <div class="stage-view" ref={ref}>
      <div class={isForTwo ? "stage-tiles two" : "stage-tiles many"}>
        {come && together && screens.map((screen) => (
          <come.ShareTile
            key={`screen ${screen.seat}`}
            call={call}
            together={together}
            screen={screen}
            staged={isStaged(screen.seat, "screen")}
          />
        ))}
        {others.map((person) => (
          <Tile
            key={person.seat}
            person={person}
            speakerId={call.media.speakerId.value}
            floating={isForTwo && seat && own.large ? floating : undefined}
            staged={isStaged(person.seat, "camera")}
            tools={toolsOf(false, isForTwo && seat !== null && own.large)}
          />
        ))}
        {seat && (
          <SelfView
            key={seat}
            call={call}
            seat={seat}
            floating={isForTwo && !own.large ? floating : undefined}
            staged={isStaged(seat, "camera")}
            tools={toolsOf(true, isForTwo && !own.large)}
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
    </div>
  );
}
