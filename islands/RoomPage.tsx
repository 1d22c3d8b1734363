/** The page of a room, `/r/<room>`. Whoever has a name may be called on it, too. */
import "@preact/signals"; // components follow the signals they read
import { useEffect, useState } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { talkPlace } from "../components/talk_place.ts";
import { usePhone } from "../components/use_phone.ts";
import { Speaking } from "../components/words.tsx";
import { browserEnv, createLink, expectName, missingFeatures } from "../lib/call/mod.ts";
import { recallName } from "../lib/call/own_name_memory.ts";
import type { Words } from "../lib/i18n/catalogue.ts";
import type { RoomId } from "../lib/protocol/ids.ts";
import { roomFromPath } from "../lib/protocol/room_name.ts";
import Room from "./Room.tsx";

const fetchCalling = async () => (await import("./NamesLater.ts")).default;

export default function RoomPage({ words, room }: { words: Words; room: RoomId }) {
  return (
    <Speaking words={words}>
      <RoomHere first={room} />
    </Speaking>
  );
}

function RoomHere({ first }: { first: RoomId }) {
  const [room, setRoom] = useState(first);
  const [link] = useState(() => {
    const able = IS_BROWSER && missingFeatures().length === 0;
    return able ? createLink(browserEnv()) : undefined;
  });
  const [isNamed, setNamed] = useState(false);
  // A duplicated tab opens no link before it has taken the session over.
  const isOpen = link !== undefined && link.status.value.is !== "idle";
  const [calling] = usePhone(fetchCalling, isNamed && isOpen, link);
  const talk = calling?.phone.names.talk.value ?? null;

  // At once: whoever comes in by a name of their own has to prove it.
  useEffect(() => {
    if (!link || recallName(browserEnv().browser) === null) return;
    expectName(link);
    setNamed(true);
  }, []);
  useEffect(() => {
    if (talk === null || talk.over || talk.room === room) return;
    history.pushState({ talk: talkPlace(talk) }, "", talk.address);
    setRoom(talk.room);
  }, [talk?.call]);
  useEffect(() => {
    const follow = () => {
      const place = roomFromPath(location.pathname);
      if (location.pathname !== "/" && place.ok) setRoom(place.room);
      else location.reload();
    };
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, []);

  return (
    <>
      <Room key={room} room={room} calling={calling} link={link} isHydrated={room === first} />
      {calling && <calling.views.Incoming {...calling} />}
      {calling && <calling.views.Outgoing {...calling} />}
    </>
  );
}
