import { useEffect, useRef } from "preact/hooks";
import type { ArrangeTiles } from "../lib/call/layout.ts";
import type { CallModel, Phase } from "../lib/call/model.ts";
import type { GoHome } from "./Header.tsx";
import { LiveRegion } from "./LiveRegion.tsx";
import type { RoomPlace } from "./room_place.ts";
import { Connecting } from "./screens/Connecting.tsx";
import { CallStage } from "./screens/CallStage.tsx";
import { Lobby, type SitterOf } from "./screens/Lobby.tsx";
import { Unreachable } from "./screens/Unreachable.tsx";
import type { TalkHere } from "./talk_place.ts";
import { bringExtras, type FetchExtras, useExtras } from "./use_extras.ts";
import { type Shortcuts, useKeys } from "./use_keys.ts";

export interface RoomViewProps {
  call: CallModel;
  room: RoomPlace;
  /** The call by name it is, if it is one. */
  talk?: TalkHere | null;
  arrange: ArrangeTiles;
  sitters: SitterOf;
  shortcuts: Shortcuts;
  fetchExtras: FetchExtras;
  /** Goes home without a page load, where that can be. */
  onHome?: GoHome;
  onNewCall: () => void;
}

type Screen =
  | "lobby"
  | "inside"
  | "connecting"
  | "unreachable"
  | LaterScreen;

/** Screens whose code comes when they are first needed. */
type LaterScreen =
  | "denied"
  | "full"
  | "locked"
  | "elsewhere"
  | "ended"
  | "failed";

function comesLater(screen: Screen): screen is LaterScreen {
  return !["lobby", "inside", "connecting", "unreachable"].includes(screen);
}

/** A call by name has no lobby, and nobody waits alone in it. */
const BEFORE_TALK: readonly Phase[] = ["lobby", "denied", "joining", "waiting"];

/** Which screen a phase is shown on: some share one, so that nothing jumps. */
function screenOf(call: CallModel, talk: TalkHere | null): Screen {
  const phase = call.phase.value;
  if (talk?.over) return "ended";
  if (talk && BEFORE_TALK.includes(phase)) return "connecting";
  if (call.elsewhere.value || phase === "replaced") return "elsewhere";
  if (call.door.value !== null && phase !== "failed") return "locked";
  switch (phase) {
    case "joining":
      return call.lastedMs.value > 0 ? "ended" : "lobby";
    case "waiting":
    case "live":
    case "resuming":
      return "inside";
    case "failed":
      return (call.failure.value ?? "unreachable") === "unreachable" ? "unreachable" : "failed";
    default:
      return phase;
  }
}

/**
 * A room, from lobby to end. The focus follows from screen to screen, to each one's heading.
 *
 * While a screen's code has not come the lobby stays, where that is what was there, and else
 * nothing; code that cannot come means that the server cannot be reached.
 */
export function RoomView(props: RoomViewProps) {
  const { call, fetchExtras, talk = null } = props;
  const { media } = call;
  const ref = useRef<HTMLElement>(null);
  const before = useRef<string | null>("lobby");
  const wanted = screenOf(call, talk);
  const alone = wanted === "inside" && call.others.value.length === 0;
  // Whoever finds nobody inside will wait alone.
  const willBeAlone = wanted === "lobby" && call.inside.value?.count === 0;
  const [extras, missing] = useExtras(fetchExtras, comesLater(wanted) || alone || willBeAlone);
  const isHere = !comesLater(wanted) || extras !== null;
  const screen = isHere ? wanted : missing ? "unreachable" : before.current === "lobby" && "lobby";
  const shown = alone ? extras && "alone" : screen || null;
  useKeys(props.shortcuts, {
    ...call.sends && {
      microphone: () => void media.setMicrophone(media.microphone.value.is !== "on"),
      camera: () => void media.setCamera(media.camera.value.is !== "on"),
    },
  });

  useEffect(() => {
    if (before.current === shown || shown === null) return;
    before.current = shown;
    // A dialog open over the change keeps the focus it holds.
    if (document.activeElement?.closest("dialog")) return;
    ref.current?.querySelector("h1")?.focus({ preventScroll: true });
    if (screen !== "inside") scrollTo(0, 0);
  }, [shown]);

  return (
    <main class="room" data-phase={call.phase.value} data-door={call.door.value} ref={ref}>
      {screen === "lobby" && <Lobby {...props} />}
      {screen === "connecting" && talk && <Connecting talk={talk} sitters={props.sitters} />}
      {screen === "inside" && <CallStage {...props} />}
      {screen === "unreachable" && (
        <Unreachable
          {...props}
          onRetry={() => isHere ? call.retry() : void bringExtras(fetchExtras).catch(() => {})}
        />
      )}
      {extras && screen === "denied" && <extras.Denied {...props} />}
      {extras && screen === "full" && <extras.Full {...props} />}
      {extras && screen === "locked" && <extras.Locked {...props} />}
      {extras && screen === "elsewhere" && <extras.Elsewhere {...props} />}
      {extras && screen === "ended" && <extras.Ended {...props} />}
      {extras && screen === "failed" && <extras.Failed {...props} />}
      <LiveRegion call={call} />
    </main>
  );
}
