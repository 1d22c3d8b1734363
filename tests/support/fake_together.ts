/** What people do together, standing wherever a test or a picture wants it. */
import { computed, signal } from "@preact/signals-core";
import type { Pointer, SharedScreen, TogetherModel } from "../../lib/call/model.ts";
import { arrangeStage, type Staged, type View } from "../../lib/call/stage_layout.ts";
import { asId, type SeatId } from "../../lib/protocol/ids.ts";

export interface TogetherNow {
  /** What one shares oneself; null: nothing. */
  readonly sharing?: MediaStream | null;
  readonly isSharing?: boolean;
  readonly frozen?: boolean;
  readonly screens?: readonly SharedScreen[];
  readonly pointers?: readonly Pointer[];
  readonly staged?: Staged | null;
  readonly view?: View;
}

/** Makes one; what is asked of it is noted in `asked`. */
export function fakeTogether(now: TogetherNow = {}, asked: string[] = []): TogetherModel {
  const colours = ["ana", "ben", "carla", "dario", "elif", "femi"];
  const note = (text: string) => void asked.push(text);
  const later = (text: string) => Promise.resolve(note(text));
  return {
    share: {
      is: signal(now.isSharing ? "on" : "off"),
      frozen: signal(now.frozen ?? false),
      preview: signal(now.sharing ?? null),
      start: () => later("start"),
      stop: () => note("stop"),
      freeze: (on) => later(`freeze ${on}`),
    },
    screens: signal(now.screens ?? []),
    pointers: {
      all: signal(now.pointers ?? []),
      point: () => {},
      press: () => {},
      away: () => {},
      onMove: () => () => {},
    },
    colours: signal(new Map(colours.map((name, i) => [seatNamed(name), i]))),
    view: signal(now.view ?? "speaker"),
    nextView: () => note("nextView"),
    pinned: signal(null),
    pin: ({ kind, seat }) => note(`pin ${kind} ${seat}`),
    staged: signal(now.staged ?? null),
    arrange: arrangeStage,
  };
}

/** The seat the fakes give to somebody. */
export function seatNamed(name: string): SeatId {
  return asId<SeatId>(`seat-${name.toLowerCase()}`);
}

/** A screen somebody shares. */
export function fakeScreen(name: string, stream: MediaStream | null, isOwn = false): SharedScreen {
  return { seat: seatNamed(name), isOwn, name: computed(() => name), stream: signal(stream) };
}

/** Somebody's pointer on somebody's screen. */
export function fakePointer(name: string, on: string, x: number, y: number): Pointer {
  return {
    seat: seatNamed(name),
    picture: { seat: seatNamed(on), kind: "screen" },
    spot: { x, y },
    presses: 0,
    fading: false,
  };
}
