/** Home. From here to a call there is no page load: the room comes into the same document. */
import "@preact/signals"; // in one file with Preact, as the room needs both
import { useEffect, useRef, useState } from "preact/hooks";
import { AppUpdate } from "../components/AppUpdate.tsx";
import { AskName, ExpectName } from "../components/AskName.tsx";
import { Home as HomeScreen } from "../components/screens/Home.tsx";
import { talkPlace } from "../components/talk_place.ts";
import { type Calling, usePhone } from "../components/use_phone.ts";
import { Speaking } from "../components/words.tsx";
import { memory } from "../lib/call/env/memory.ts";
import type { OwnName } from "../lib/call/names_model.ts";
import { recallName } from "../lib/call/own_name_memory.ts";
import { newOwnRoom } from "../lib/call/owner.ts";
import type { Words } from "../lib/i18n/catalogue.ts";
import type { RoomId } from "../lib/protocol/ids.ts";
import { parseRoomName, roomFromPath, roomPath } from "../lib/protocol/room_name.ts";

/** Everything a call needs; asked for once somebody is about to make one. */
const loadRoom = () => import("./Room.tsx");
type RoomView = Awaited<ReturnType<typeof loadRoom>>["default"];
/** Everything a name needs; asked for once somebody has or takes one. */
const fetchCalling = async () => (await import("./NamesLater.ts")).default;

interface Open {
  readonly room: RoomId;
  readonly View: RoomView;
}

export default function Home({ words }: { words: Words }) {
  return (
    <Speaking words={words}>
      <HomeHere />
    </Speaking>
  );
}

function HomeHere() {
  const [busy, setBusy] = useState(false);
  const [broken, setBroken] = useState(false);
  const [open, setOpen] = useState<Open | null>(null);
  const [kept, setKept] = useState<string | null>(null);
  const [works, setWorks] = useState(false);
  const [calling, bring] = usePhone(fetchCalling, kept !== null);
  const wasAway = useRef(false);
  const talk = calling?.phone.names.talk.value ?? null;

  // After the first rendering, which must be the server's.
  useEffect(() => {
    setKept(recallName(memory(() => localStorage))?.name ?? null);
    setWorks(true);
  }, []);

  async function show(room: RoomId, arrived: () => void = () => {}) {
    setBusy(true);
    setBroken(false);
    try {
      const names = kept !== null && bring().catch(() => null); // one socket for both
      const [{ default: View }] = await Promise.all([loadRoom(), names]);
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
    setBusy(true); // at once: what is written next is for the lobby
    const random = (bytes: Uint8Array) =>
      void crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>);
    const { room, address } = await newOwnRoom(random, memory(() => localStorage));
    go(room, address, justTwo ? 2 : undefined);
  }

  // A call was accepted.
  useEffect(() => {
    if (talk === null || talk.over) return;
    const state = { talk: talkPlace(talk) };
    void show(talk.room, () => history.pushState(state, "", talk.address));
  }, [talk?.call]);

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

  return (
    <>
      {open !== null
        ? (
          <open.View
            key={open.room}
            room={open.room}
            calling={calling}
            onHome={(event) => {
              event.preventDefault();
              history.pushState(null, "", "/");
              setOpen(null);
            }}
            onNewCall={newCall}
          />
        )
        : (
          <>
            <AppUpdate />
            <HomeScreen
              busy={busy}
              broken={broken}
              onIntent={() => void loadRoom().catch(() => {})}
              onNewCall={newCall}
              onJoin={(text) => {
                const name = parseRoomName(text);
                if (!name.ok) return name.why;
                go(name.room, roomPath(name.room));
                return null;
              }}
              table={
                <Names calling={calling} bring={bring} kept={kept} disabled={busy || !works} />
              }
              recent={calling && <calling.views.Recent {...calling} />}
            />
          </>
        )}
      {calling && <calling.views.Incoming {...calling} />}
      {calling && <calling.views.Outgoing {...calling} />}
    </>
  );
}

const NOBODY: OwnName = { is: "none" };

/** The table: who is there by name, for who has one; else it asks for one. */
function Names({ calling, bring, kept, disabled }: {
  calling: Calling | null;
  bring: () => Promise<Calling>;
  /** The name this browser held when the page came. */
  kept: string | null;
  disabled: boolean;
}) {
  const [asked, setAsked] = useState<OwnName>(NOBODY);
  const [broken, setBroken] = useState(false);
  const held = useRef<string | null>(null);
  const me = calling?.phone.names.me.value ?? (kept ? { is: "asking", name: kept } : asked);
  if (me.is === "held") held.current = me.name;
  else if (me.is === "none") held.current = null;
  else if (me.is === "refused" && me.name === held.current) held.current = null;
  const name = held.current ?? (me.is === "asking" && me.name === kept ? kept : null);

  async function take(name: string) {
    setBroken(false);
    setAsked({ is: "asking", name });
    try {
      await (await bring()).phone.names.take(name);
    } catch {
      setBroken(true);
    }
    setAsked(NOBODY);
  }

  if (name !== null && calling === null) return <ExpectName name={name} />;
  if (name === null || calling === null) {
    return (
      <AskName
        me={me}
        disabled={disabled}
        broken={broken}
        onTake={(name) => void take(name)}
      />
    );
  }
  return <calling.views.People {...calling} name={name} greet={kept === null} />;
}
