/** Home. From here to a call there is no page load: the room comes into the same document. */
import "@preact/signals"; // in one file with Preact, as the room needs both
import { useEffect, useRef, useState } from "preact/hooks";
import { AppUpdate } from "../components/AppUpdate.tsx";
import { Home as HomeScreen } from "../components/screens/Home.tsx";
import { Speaking, useWords } from "../components/words.tsx";
import { memory } from "../lib/call/env/memory.ts";
import { newOwnRoom } from "../lib/call/owner.ts";
import type { Words } from "../lib/i18n/catalogue.ts";
import type { RoomId } from "../lib/protocol/ids.ts";
import { parseRoomName, roomFromPath, roomPath } from "../lib/protocol/room_name.ts";

/** Everything a call needs; asked for once somebody is about to make one. */
const loadRoom = () => import("./Room.tsx");
type RoomView = Awaited<ReturnType<typeof loadRoom>>["default"];

export default function Home({ words }: { words: Words }) {
  return (
    <Speaking words={words}>
      <HomeHere />
    </Speaking>
  );
}

function HomeHere() {
  const { words } = useWords();
  const [busy, setBusy] = useState(false);
  const [broken, setBroken] = useState(false);
  const [open, setOpen] = useState<{ room: RoomId; View: RoomView } | null>(null);
  const wasAway = useRef(false);

  async function show(room: RoomId, arrived: () => void = () => {}) {
    setBusy(true);
    setBroken(false);
    try {
      const { default: View } = await loadRoom();
      arrived();
      setOpen({ room, View });
    } catch { // the network went before the call had come
      setBroken(true);
    }
    setBusy(false);
  }

  const go = (room: RoomId, address: string, capacity?: number) =>
    void show(room, () => history.pushState({ capacity }, "", address));

  async function newCall(justTwo = false) {
    const random = (bytes: Uint8Array) =>
      void crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>);
    const { room, address } = await newOwnRoom(random, memory(() => localStorage));
    go(room, address, justTwo ? 2 : undefined);
  }

  // Back and forward.
  useEffect(() => {
    const follow = () => {
      const place = roomFromPath(location.pathname);
      if (location.pathname === "/" || !place.ok) setOpen(null);
      else void show(place.room);
    };
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, []);

  useEffect(() => {
    if (open !== null) {
      wasAway.current = true;
      return;
    }
    document.title = "Tertulia";
    if (wasAway.current) document.querySelector("h1")?.focus();
  }, [open]);

  if (open !== null) {
    return (
      <open.View
        key={open.room}
        words={words}
        room={open.room}
        onHome={(event) => {
          event.preventDefault();
          history.pushState(null, "", "/");
          setOpen(null);
        }}
        onNewCall={(justTwo?: boolean) => void newCall(justTwo)}
      />
    );
  }
  return (
    <>
      <AppUpdate />
      <HomeScreen
        busy={busy}
        broken={broken}
        onIntent={() => void loadRoom().catch(() => {})}
        onNewCall={(justTwo?: boolean) => void newCall(justTwo)}
        onJoin={(text) => {
          const name = parseRoomName(text);
          if (!name.ok) return name.why;
          go(name.room, roomPath(name.room));
          return null;
        }}
      />
    </>
  );
}
