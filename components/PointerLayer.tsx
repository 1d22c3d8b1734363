import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { CallModel, Pointer, TogetherModel } from "../lib/call/model.ts";
import type { Picture } from "../lib/call/pointing.ts";
import type { SeatId } from "../lib/protocol/ids.ts";
import { Gestures, type Grasp } from "./gestures.ts";
import { NO_ZOOM, placeOf, type Seen, type Zoom } from "./picture_geometry.ts";

interface Props {
  call: CallModel;
  together: TogetherModel;
  picture: Picture;
  fit: Seen["fit"];
  mirrored?: boolean;
  /** Whether one's own hand points here. */
  points: boolean;
  zoom?: Zoom;
  setZoom?: (zoom: Zoom) => void;
}

/** Each comes 30 times a second: painted more often, all of them cost twice as much. */
const PAINT_EVERY_MS = 30;

/** Room for a name beside a pointer; nearer to the edge it stands at the other side. */
const NAME_PX = { across: 120, down: 56 };

/** Everybody's pointers over one picture, and one's own hand. Lies over the picture's whole box. */
export function PointerLayer(props: Props) {
  const { call, together, picture, points, setZoom } = props;
  const layer = useRef<HTMLDivElement>(null);
  const marks = useMemo(() => new Map<SeatId, HTMLElement>(), []);
  const here = together.pointers.all.value.filter(({ picture: { seat, kind } }) =>
    seat === picture.seat && kind === picture.kind
  );
  const paint = useRef(() => {});
  const seen = useSeen(layer, props, () => paint.current());
  paint.current = () => {
    for (const pointer of here) {
      const mark = marks.get(pointer.seat);
      if (mark && seen.current) place(mark, pointer, seen.current);
    }
  };
  useLayoutEffect(() => paint.current());

  useEffect(() => {
    let frame = 0;
    let paintedMs = -Infinity;
    const look = (nowMs: number) => {
      const isDue = nowMs - paintedMs >= PAINT_EVERY_MS;
      frame = isDue ? 0 : requestAnimationFrame(look);
      if (!isDue) return;
      paintedMs = nowMs;
      paint.current();
    };
    const stop = together.pointers.onMove(() => {
      if (marks.size === 0) return; // it is another picture's
      frame ||= requestAnimationFrame(look);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [together]);

  const grasp = useRef<Grasp>();
  grasp.current = { picture, pointers: together.pointers, seen: seen.current, points, setZoom };
  const isTouched = points || setZoom !== undefined;
  useEffect(() => {
    if (!isTouched) return;
    const gestures = new Gestures(
      layer.current!,
      () => ({ ...grasp.current!, seen: seen.current }),
    );
    return () => gestures.dispose();
  }, [isTouched]);

  return (
    <div
      ref={layer}
      class={points ? "pointers points" : isTouched ? "pointers grasps" : "pointers"}
      aria-hidden="true"
    >
      {here.map(({ seat, fading }) => (
        <div
          key={seat}
          ref={(mark) => void (mark ? marks.set(seat, mark) : marks.delete(seat))}
          class={`pointer pointer-${together.colours.value.get(seat) ?? 0}`}
          data-pointer={seat}
          data-fading={fading || undefined}
        >
          <i class="pointer-press" />
          <svg class="pointer-arrow" viewBox="-1 -1 27 27">
            <path d="M0 0 L23 9 L12.5 12.5 L9 23 Z" />
          </svg>
          <span class="pointer-name">
            {call.others.value.find((each) => each.seat === seat)?.name.value}
          </span>
        </div>
      ))}
    </div>
  );
}

/** What each mark shows already: nothing is written, and no press shown, twice. */
const shown = new WeakMap<Pointer, { x: number; y: number; mark: HTMLElement; presses: number }>();

function place(mark: HTMLElement, pointer: Pointer, seen: Seen): void {
  const { x, y } = placeOf(seen, pointer.spot);
  const before = shown.get(pointer);
  const isThere = before?.x === x && before.y === y && before.mark === mark;
  shown.set(pointer, { x, y, mark, presses: pointer.presses });
  if (pointer.presses > (before?.presses ?? 0)) press(mark);
  if (isThere) return;
  // What is cut off for oneself is pointed at from the edge.
  const [left, top] = [within(x, seen.width), within(y, seen.height)];
  mark.style.transform = `translate(${left}px, ${top}px)`;
  mark.toggleAttribute("data-beyond", left !== x || top !== y);
  mark.toggleAttribute("data-left", left > seen.width - NAME_PX.across);
  mark.toggleAttribute("data-up", top > seen.height - NAME_PX.down);
}

function within(value: number, length: number): number {
  return Math.min(length, Math.max(0, value));
}

/** A ring that goes out from where was pressed; for who wants no movement, one that only fades. */
function press(mark: HTMLElement): void {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const [from, to] = isStill ? [1, 1] : [0.2, 1.6];
  mark.querySelector(".pointer-press")!.animate([
    { opacity: 1, transform: `scale(${from})` },
    { opacity: 0, transform: `scale(${to})` },
  ], { duration: 600, easing: "ease-out" });
}

/** How the picture under the layer lies, followed without asking for layout. */
function useSeen(
  layer: RefObject<HTMLElement>,
  { fit, mirrored = false, zoom = NO_ZOOM }: Props,
  changed: () => void,
): RefObject<Seen> {
  const seen = useRef<Seen | null>(null);
  const size = useRef({ width: 0, height: 0, pictureWidth: 0, pictureHeight: 0 });
  const latest = useRef({ fit, mirrored, zoom });
  latest.current = { fit, mirrored, zoom };
  const know = () => seen.current = { ...size.current, ...latest.current };
  know();

  useEffect(() => {
    const video = layer.current!.parentElement!.querySelector("video");
    const change = (now: Partial<typeof size.current>) => {
      size.current = { ...size.current, ...now };
      know();
      changed();
    };
    const observer = new ResizeObserver(([{ contentRect: { width, height } }]) =>
      change({ width, height })
    );
    observer.observe(layer.current!);
    const measure = () =>
      change({ pictureWidth: video?.videoWidth ?? 0, pictureHeight: video?.videoHeight ?? 0 });
    measure();
    video?.addEventListener("resize", measure); // fires for the first size too
    video?.addEventListener("loadedmetadata", measure);
    return () => {
      observer.disconnect();
      video?.removeEventListener("resize", measure);
      video?.removeEventListener("loadedmetadata", measure);
    };
  }, []);
  return seen;
}
