/** The gallery's page: one screen, named in the address, as `?scene=full&lang=es`. */
import "@preact/signals";
import { render } from "preact";
import { AskName } from "../../../components/AskName.tsx";
import { views } from "../../../components/calling.ts";
import { loadStyle, NAMES_STYLE, PANELS_STYLE } from "../../../components/load_style.ts";
import { RoomView } from "../../../components/RoomView.tsx";
import { Home } from "../../../components/screens/Home.tsx";
import { Speaking } from "../../../components/words.tsx";
import { colourOf, seatColours } from "../../../lib/call/colours.ts";
import { arrangeTiles } from "../../../lib/call/layout.ts";
import { shortcutOf } from "../../../lib/call/shortcuts.ts";
import { isLang } from "../../../lib/i18n/catalogue.ts";
import { wordsOf } from "../../../lib/i18n/server.ts";
import { asId, type SeatId } from "../../../lib/protocol/ids.ts";
import { parseRoomName } from "../../../lib/protocol/room_name.ts";
import { type FakeNames, fakeNames, fakePhone } from "../fake_phone.ts";
import { callingScenes } from "./calling_scenes.ts";
import { portrait } from "./portrait.ts";
import { scenes } from "./scenes.ts";

const asked = new URLSearchParams(location.search);
const lang = asked.get("lang") ?? "en";
const name = asked.get("scene") ?? "home";
const words = wordsOf(isLang(lang) ? lang : "en");

/** Home, for somebody with or without a name, and what rings over it. */
function AtHome({ names }: { names: FakeNames }) {
  const calling = { phone: fakePhone(names), views, colourOf };
  const me = names.me.value;
  return (
    <>
      <Home
        onNewCall={() => {}}
        onJoin={(text) => {
          const parsed = parseRoomName(text);
          return parsed.ok ? null : parsed.why;
        }}
        onIntent={() => {}}
        busy={false}
        broken={false}
        table={me.is === "held"
          ? <views.People {...calling} name={me.name} greet={false} />
          : <AskName me={me} disabled={false} broken={false} onTake={() => {}} />}
        recent={<views.Recent {...calling} />}
      />
      <views.Incoming {...calling} />
      <views.Outgoing {...calling} />
    </>
  );
}

function Scene() {
  const names = name === "home" ? fakeNames() : callingScenes(Date.now())[name]?.();
  if (names) return <AtHome names={names} />;
  const { call, room, talk } = scenes(portrait, Date.now())[name]();
  const isPrivate = room === "private";
  return (
    <RoomView
      call={call}
      talk={talk}
      room={{
        name: isPrivate ? "q7vd-m2ka-x0p4-11ke-9tzr-w8ch-5nba" : room,
        isPrivate,
        link: isPrivate
          ? "https://tertulia.example/r/q7vd-m2ka-x0p4-11ke-9tzr-w8ch-5nba#k=fYl3cV0mQ2u7tK5xRz8Wb1Nd4Ge6Hj9Ps0Aq2Ui7Lo4"
          : `https://tertulia.example/r/${room}`,
      }}
      arrange={arrangeTiles}
      sitters={(names) => {
        const seats = names.map((name, i) => ({ seat: asId<SeatId>(String(i)), name }));
        const colours = seatColours(seats);
        return seats.map(({ seat, name }) => ({ name, colour: colours.get(seat) ?? 0 }));
      }}
      fetchExtras={async () => (await import("../../../components/extras.ts")).extras}
      shortcuts={{ on: true, set: () => {}, of: shortcutOf }}
      onNewCall={() => {}}
    />
  );
}

document.documentElement.lang = words.lang;
await Promise.all([loadStyle(NAMES_STYLE), loadStyle(PANELS_STYLE)]);
render(
  <Speaking words={words}>
    <Scene />
  </Speaking>,
  document.body,
);
