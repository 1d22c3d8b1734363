import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { CallModel, SharedScreen, TogetherModel } from "../lib/call/model.ts";
import type { Picture } from "../lib/call/pointing.ts";
import { Icon, type IconName } from "./Icon.tsx";
import { ownColour } from "./own_colour.ts";
import { clampZoom, MOST_ZOOM, NO_ZOOM, type Zoom, zoomed } from "./picture_geometry.ts";
import { PointerLayer } from "./PointerLayer.tsx";
import { TapToHear } from "./TapToHear.tsx";
import { useFullScreen } from "./use_full_screen.ts";
import { Video } from "./Video.tsx";
import { useWords } from "./words.tsx";

interface Props {
  call: CallModel;
  together: TogetherModel;
  screen: SharedScreen;
  /** Has the stage: large, with its dock; else a small one, to be brought there. */
  staged: boolean;
}

/** What a press of a zoom button does, and an arrow key to what is seen, as a part of the box. */
const STEP = 1.5;
const PAN = 0.15;
const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** A screen somebody shares, oneself included: seen whole, pointed at, enlarged for oneself. */
export function ShareTile({ call, together, screen, staged }: Props) {
  const { t } = useWords();
  const ref = useRef<HTMLDivElement>(null);
  const [points, setPoints] = useState(true);
  const [zoom, setZoom] = useState(NO_ZOOM);
  const [play, setPlay] = useState<(() => void) | null>(null);
  const fullScreen = useFullScreen(ref);
  const { seat, isOwn } = screen;
  const name = screen.name.value;
  const picture = useMemo<Picture>(() => ({ seat, kind: "screen" }), [seat]);
  const label = t(isOwn ? "share.own" : "share.of", { name });
  useZoomed(ref, zoom, setZoom);

  /** The box of the picture, as it is when it is asked for. */
  const box = () => ref.current!.getBoundingClientRect();
  const zoomBy = (factor: number) => {
    const { width, height } = box();
    setZoom(zoomed(zoom, factor, { x: width / 2, y: height / 2 }, width, height));
  };
  return (
    <div
      ref={ref}
      class={staged ? "tile share on-stage" : "tile share"}
      role="group"
      aria-label={label}
      data-share={seat}
      onKeyDown={(event) => {
        const [x, y] = ARROWS[event.key] ?? [0, 0];
        if ((x === 0 && y === 0) || zoom.scale === 1) return;
        event.preventDefault();
        const { width, height } = box();
        const moved = { ...zoom, x: zoom.x + x * PAN * width, y: zoom.y + y * PAN * height };
        setZoom(clampZoom(moved, width, height));
      }}
    >
      <div class="picture">
        <Video
          stream={screen.stream.value}
          silent={isOwn}
          volume={call.others.value.find((each) => each.seat === seat)?.volume.value}
          speakerId={call.media.speakerId.value}
          onRefused={(again) => setPlay(() => again)}
        />
        <PointerLayer
          call={call}
          together={together}
          picture={picture}
          fit="contain"
          points={staged && points}
          zoom={staged ? zoom : NO_ZOOM}
          setZoom={staged ? setZoom : undefined}
        />
        {play && (
          <TapToHear
            onTap={() => {
              play();
              setPlay(null);
            }}
          />
        )}
      </div>
      <p class="chip">
        <Icon name="screen-share" />
        <span class="chip-name">{t(isOwn ? "share.youShare" : "share.shares", { name })}</span>
      </p>
      {staged
        ? (
          <div class="dock" role="group" aria-label={t("share.dock")}>
            <button
              type="button"
              class={`pointer-${ownColour(call, together)}`}
              aria-pressed={points}
              onClick={() => setPoints(!points)}
            >
              <Icon name="mouse-pointer-2" />
              {t("share.point")}
            </button>
            <DockButton
              icon="zoom-out"
              name={t("share.zoomOut")}
              disabled={zoom.scale <= 1}
              onPress={() => zoomBy(1 / STEP)}
            />
            <DockButton
              icon="zoom-in"
              name={t("share.zoomIn")}
              disabled={zoom.scale >= MOST_ZOOM}
              onPress={() => zoomBy(STEP)}
            />
            {fullScreen.possible && (
              <DockButton
                icon={fullScreen.on ? "minimize" : "maximize"}
                name={t(fullScreen.on ? "share.fillOff" : "share.fill")}
                onPress={fullScreen.toggle}
              />
            )}
          </div>
        )
        : (
          <button
            type="button"
            class="bring"
            aria-label={t("share.bring", { name: label })}
            onClick={() => together.pin(picture)}
          />
        )}
    </div>
  );
}

function DockButton(
  { icon, name, disabled, onPress }: {
    icon: IconName;
    name: string;
    disabled?: boolean;
    onPress: () => void;
  },
) {
  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      aria-disabled={disabled}
      onClick={() => !disabled && onPress()}
    >
      <Icon name={icon} />
    </button>
  );
}

/** Shows the picture enlarged, and keeps it within its box when that changes. */
function useZoomed(
  ref: { readonly current: HTMLElement | null },
  zoom: Zoom,
  setZoom: (change: (before: Zoom) => Zoom) => void,
): void {
  useLayoutEffect(() => {
    const video = ref.current!.querySelector("video")!;
    const { scale, x, y } = zoom;
    video.style.transform = scale === 1 ? "" : `translate(${x}px, ${y}px) scale(${scale})`;
  }, [zoom]);
  useEffect(() => {
    const observer = new ResizeObserver(([{ contentRect: { width, height } }]) =>
      setZoom((before) => before.scale === 1 ? before : clampZoom(before, width, height))
    );
    observer.observe(ref.current!);
    return () => observer.disconnect();
  }, []);
}
