import { useEffect, useRef } from "preact/hooks";
import type { ArrangeTiles } from "../lib/call/layout.ts";
import type { CallModel } from "../lib/call/model.ts";
import type { GoHome } from "./Header.tsx";
import { LiveRegion } from "./LiveRegion.tsx";
import type { RoomPlace } from "./room_place.ts";
import { CallStage } from "./screens/CallStage.tsx";
import { Denied } from "./screens/Denied.tsx";
import { Elsewhere } from "./screens/Elsewhere.tsx";
import { Ended } from "./screens/Ended.tsx";
import { Failed } from "./screens/Failed.tsx";
import { Full } from "./screens/Full.tsx";
import { Lobby, type SitterOf } from "./screens/Lobby.tsx";
import { type Shortcuts, useKeys } from "./use_keys.ts";

export interface RoomViewProps {
  call: CallModel;
  room: RoomPlace;
  arrange: ArrangeTiles;
  sitters: SitterOf;
  shortcuts: Shortcuts;
  /** Goes home without a page load, where that can be. */
  onHome?: GoHome;
  onNewCall: () => void;
}

type Screen =
  | "lobby"
  | "denied"
  | "inside"
  | "full"
  | "elsewhere"
  | "ended"
  | "failed";

/** Which screen a phase is shown on: some share one, so that nothing jumps. */
function screenOf(call: CallModel): Screen {
  const phase = call.phase.value;
  if (call.elsewhere.value || phase === "replaced") return "elsewhere";
  switch (phase) {
    case "joining":
      return call.lastedMs.value > 0 ? "ended" : "lobby";
    case "waiting":
    case "live":
    case "resuming":
      return "inside";
    default:
      return phase;
  }
}

/** A room, from lobby to end. The focus follows from screen to screen, to each one's heading. */
export function RoomView(props: RoomViewProps) {
  const { call } = props;
  const { media } = call;
  const ref = useRef<HTMLElement>(null);
  const screen = screenOf(call);
  const alone = screen === "inside" && call.others.value.length === 0;
  const shown = alone ? "alone" : screen;
  const before = useRef(shown);
  useKeys(props.shortcuts, {
    microphone: () => void media.setMicrophone(media.microphone.value.is !== "on"),
    camera: () => void media.setCamera(media.camera.value.is !== "on"),
  });

  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    // A dialog open over the change keeps the focus it holds.
    if (document.activeElement?.closest("dialog")) return;
    ref.current?.querySelector("h1")?.focus({ preventScroll: true });
    if (screen !== "inside") scrollTo(0, 0);
  }, [shown]);

  return (
    <main class={`room screen-${screen}`} data-phase={call.phase.value} ref={ref}>
      {screen === "lobby" && <Lobby {...props} />}
      {screen === "denied" && <Denied {...props} />}
      {screen === "inside" && <CallStage {...props} />}
      {screen === "full" && <Full {...props} />}
      {screen === "elsewhere" && <Elsewhere {...props} />}
      {screen === "ended" && <Ended {...props} />}
      {screen === "failed" && <Failed {...props} />}
      <LiveRegion call={call} />
    </main>
  );
}
