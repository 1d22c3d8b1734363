/** A room: makes the call, shows it, ends it. The view of `/r/<room>` and, from home, of `/`. */
import "@preact/signals"; // components follow the signals they read
import { useEffect, useMemo, useState } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { AppUpdate } from "../components/AppUpdate.tsx";
import type { GoHome } from "../components/Header.tsx";
import { RoomView } from "../components/RoomView.tsx";
import type { Sitter } from "../components/seating.ts";
import type { Shortcuts } from "../components/use_keys.ts";
import { Speaking, useWords } from "../components/words.tsx";
import { callAtRest } from "../lib/call/at_rest.ts";
import { seatColours } from "../lib/call/colours.ts";
import { arrangeTiles } from "../lib/call/layout.ts";
import { browserEnv, type CallModel, createCall, missingFeatures } from "../lib/call/mod.ts";
import { newOwnRoom } from "../lib/call/owner.ts";
import { roomLink } from "../lib/call/room_link.ts";
import { shortcutOf } from "../lib/call/shortcuts.ts";
import type { Words } from "../lib/i18n/catalogue.ts";
import { asId, type RoomId, type SeatId } from "../lib/protocol/ids.ts";
import { isGenerated } from "../lib/protocol/room_name.ts";

interface Props {
  words: Words;
  room: RoomId;
  /** What home does in its own document; elsewhere links and loads do. */
  onHome?: GoHome;
  onNewCall?: () => void;
}

export default function Room({ words, ...props }: Props) {
  return (
    <Speaking words={words}>
      <RoomHere {...props} />
    </Speaking>
  );
}

function RoomHere({ room, onHome, onNewCall = loadNewCall }: Omit<Props, "words">) {
  const { t } = useWords();
  const call = useCall(room, t("lobby.guest"));
  const shortcuts = useShortcuts();
  const [capacity, setCapacity] = useState<number>();
  const place = useMemo(() => ({
    name: room,
    isPrivate: isGenerated(room),
    link: IS_BROWSER ? roomLink(room, new URL(location.href)) : "",
    capacity,
  }), [room, capacity]);
  const title = place.isPrivate ? t("lobby.private") : place.name;

  // After the first rendering, which must be the server's.
  useEffect(() => setCapacity(capacityWanted()), [room]);
  useEffect(() => {
    document.title = `${title} · Tertulia`;
  }, [title]);

  return (
    <>
      <AppUpdate inCall={call.seat.value !== null} />
      <RoomView
        call={call}
        room={place}
        arrange={arrangeTiles}
        sitters={sittersOf}
        shortcuts={shortcuts}
        fetchExtras={fetchExtras}
        onHome={onHome}
        onNewCall={onNewCall}
      />
    </>
  );
}

/** The call of this room, in a browser that can make one; at rest before and otherwise. */
function useCall(room: RoomId, guestName: string): CallModel {
  const [call, setCall] = useState(callAtRest);
  useEffect(() => {
    if (missingFeatures().length > 0) {
      setCall(callAtRest("unsupported"));
      return;
    }
    const capacity = capacityWanted();
    const made = createCall({ room, capacity, guestName, env: browserEnv(), loadCare: fetchLater });
    setCall(made);
    return () => {
      if (made.seat.value !== null) made.leave();
      made.dispose();
    };
  }, [room]);
  return call;
}

/** "Just the two of us", said at home, survives a reload in the history's entry. */
function capacityWanted(): number | undefined {
  const state: { capacity?: number } | null = history.state;
  return state?.capacity;
}

/** What nobody needs to reach a call. */
const fetchLater = async () => (await import("./RoomLater.ts")).default;
const fetchExtras = async () => (await fetchLater()).extras;

const SHORTCUTS_KEY = "tertulia.shortcuts";

/** Whether keys work the call; the switch is remembered. */
function useShortcuts(): Shortcuts {
  const [on, setOn] = useState(true);
  useEffect(() => setOn(browserEnv().browser.get(SHORTCUTS_KEY) !== "off"), []);
  return {
    on,
    set(wanted) {
      browserEnv().browser.set(SHORTCUTS_KEY, wanted ? null : "off");
      setOn(wanted);
    },
    of: shortcutOf,
  };
}

/** Names with the colours they have in the room. */
function sittersOf(names: readonly string[]): Sitter[] {
  const seats = names.map((name, i) => ({ seat: asId<SeatId>(String(i)), name }));
  const colours = seatColours(seats);
  return seats.map(({ seat, name }) => ({ name, colour: colours.get(seat) ?? 0 }));
}

async function loadNewCall(): Promise<void> {
  const { random, browser } = browserEnv();
  location.assign((await newOwnRoom(random, browser)).address);
}
