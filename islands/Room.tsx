/** A room: makes the call, shows it, ends it. `RoomPage.tsx` and home show it. */
import "@preact/signals"; // components follow the signals they read
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { AppUpdate } from "../components/AppUpdate.tsx";
import type { GoHome } from "../components/Header.tsx";
import { RoomView } from "../components/RoomView.tsx";
import type { Sitter } from "../components/seating.ts";
import type { TalkHere, TalkPlace } from "../components/talk_place.ts";
import type { Shortcuts } from "../components/use_keys.ts";
import type { Calling } from "../components/use_phone.ts";
import { useWords } from "../components/words.tsx";
import { callAtRest } from "../lib/call/at_rest.ts";
import { seatColours } from "../lib/call/colours.ts";
import { arrangeTiles } from "../lib/call/layout.ts";
import {
  browserEnv,
  type CallModel,
  createCall,
  createLink,
  missingFeatures,
  type SignalingLink,
  watchTalk,
} from "../lib/call/mod.ts";
import { newOwnRoom } from "../lib/call/owner.ts";
import { roomLink } from "../lib/call/room_link.ts";
import { shortcutOf } from "../lib/call/shortcuts.ts";
import { asId, type RoomId, type SeatId } from "../lib/protocol/ids.ts";
import { isGenerated } from "../lib/protocol/room_name.ts";

interface Props {
  room: RoomId;
  /** One's name on this page, and the link the call is to use. */
  calling: Calling | null;
  /** The page's link, where there is one before there is a name. */
  link?: SignalingLink;
  /** The server rendered this: what it cannot know comes after. */
  isHydrated?: boolean;
  /** What home does in its own document; elsewhere links and loads do. */
  onHome?: GoHome;
  onNewCall?: () => void;
}

export default function Room(props: Props) {
  const { room, calling, onHome, onNewCall = loadNewCall } = props;
  const { t } = useWords();
  const [over, setOver] = useState<TalkHere["over"]>(null);
  const end = (who: TalkHere["over"]) => setOver((before) => before ?? who);
  const call = useCall(props, t("lobby.guest"), () => end("theirs"));
  const talk = useTalk(props, over, () => end("mine"));
  const shortcuts = useShortcuts();
  const [capacity, setCapacity] = useState<number>();
  const place = useMemo(() => ({
    name: room,
    isPrivate: isGenerated(room),
    link: IS_BROWSER ? roomLink(room, new URL(location.href)) : "",
    capacity,
  }), [room, capacity]);
  const title = talk?.with ?? (place.isPrivate ? t("lobby.private") : place.name);

  // After the first rendering, which must be the server's.
  useEffect(() => setCapacity(capacityWanted()), [room]);
  useEffect(() => {
    document.title = `${title} · Tertulia`;
  }, [title]);
  const theyWent = calling?.phone.names.talk.value?.over ?? false;
  useEffect(() => {
    if (talk && theyWent) end("theirs");
  }, [theyWent]);
  useEffect(() => {
    if (over === null) return;
    call.leave();
    history.replaceState(null, "", "/"); // loaded anew, the page has nowhere to go back to
  }, [over]);

  return (
    <>
      <AppUpdate inCall={call.seat.value !== null} />
      {calling && call.seat.value !== null && <calling.views.MissedHere {...calling} />}
      <RoomView
        call={call}
        room={place}
        talk={talk}
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

/**
 * The call of this room, in a browser that can make one; at rest before and otherwise.
 *
 * @param theyWent told when the other one of a call by name has gone
 */
function useCall({ room, calling, link }: Props, guestName: string, theyWent: () => void) {
  const [call, setCall] = useState(callAtRest);
  useEffect(() => {
    if (missingFeatures().length > 0) {
      setCall(callAtRest("unsupported"));
      return;
    }
    const capacity = capacityWanted();
    const env = browserEnv();
    const phone = calling?.phone;
    const used = link ?? phone?.link ?? createLink(env);
    const talk = talkWanted();
    const entering = talk && (phone?.enter(talk) ?? { media: null, sends: talk.sends });
    const loadCare = fetchLater;
    const made = createCall({ room, capacity, guestName, env, link: used, entering, loadCare });
    const me = phone?.names.me.peek();
    if (talk && me?.is === "held") made.setName(me.name);
    const isNew = phone?.names.talk.peek()?.room === room;
    const unwatch = talk ? watchTalk(used, !isNew, theyWent) : () => {};
    setCall(made);
    return () => {
      unwatch();
      if (made.seat.value !== null || made.phase.value === "joining") made.leave();
      made.dispose();
      if (link || phone) used.watch(null); // it goes on, elsewhere
      else used.dispose();
    };
  }, [room]);
  return call satisfies CallModel;
}

/** The call by name this room is of, if it is. */
function useTalk(
  { room, calling, isHydrated = false }: Props,
  over: TalkHere["over"],
  endMine: () => void,
): TalkHere | null {
  const [place, setPlace] = useState(() => isHydrated ? undefined : talkWanted());
  useEffect(() => setPlace(talkWanted()), []);
  const names = useRef(calling?.phone.names);
  names.current = calling?.phone.names;
  useEffect(() => () => {
    if (names.current?.talk.peek()?.room === room) names.current.hangUp();
  }, []);
  if (!place) return null;
  const kind = place.sends ? "talk" : "watch";
  return {
    ...place,
    over,
    hangUp() {
      names.current?.hangUp();
      endMine();
    },
    again: calling ? () => void calling.phone.names.call(place.with, kind) : null,
  };
}

interface Entry {
  readonly capacity?: number;
  readonly talk?: TalkPlace;
}

/** "Just the two of us", said at home, survives a reload in the history's entry. */
const capacityWanted = () => (history.state as Entry | null)?.capacity;
/** So does a call by name. */
const talkWanted = () => (history.state as Entry | null)?.talk;

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
