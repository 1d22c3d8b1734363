import assert from "node:assert/strict";
import { AskName } from "../../components/AskName.tsx";
import { views } from "../../components/calling.ts";
import type { Callable } from "../../components/names/People.tsx";
import { PeopleRows } from "../../components/names/PeopleRows.tsx";
import { PeopleTable, type Shown } from "../../components/names/PeopleTable.tsx";
import type { NoCall, OwnName } from "../../lib/call/names_model.ts";
import { asId, type CallId, type SeatId } from "../../lib/protocol/ids.ts";
import { fakeCall, fakePerson } from "../support/fake_call.ts";
import { fakeNames, fakePhone } from "../support/fake_phone.ts";
import { scenes } from "../support/gallery/scenes.ts";
import { buttonsIn, html, roomHtml } from "./support.tsx";

const call = asId<CallId>("call");
const SCENES = scenes(() => null, 1_750_000_000_000);

const ask = (me: OwnName, disabled = false) =>
  html(<AskName me={me} disabled={disabled} broken={false} onTake={() => {}} />);

function calling(values: Parameters<typeof fakeNames>[0]) {
  const names = fakeNames({ me: { is: "held", name: "Ana" }, ...values });
  return { phone: fakePhone(names), views, colourOf: () => 0 };
}

Deno.test("[UI20] a name that cannot be had is refused beside its field, with a free one", () => {
  assert.match(ask({ is: "none" }), /<label[^>]*>Your name<\/label>/);
  const taken = ask({ is: "refused", name: "Ana", why: "taken", suggestion: "Ana 2" });
  assert.match(taken, /aria-invalid="true"/);
  assert.match(
    taken,
    /role="alert".*Ana is somebody else&#39;s name\.|Ana is somebody else's name\./s,
  );
  assert.ok(buttonsIn(taken).includes("Take Ana 2"));
  const said = (["empty", "too-long", "bad-characters", "unsupported"] as const).map((why) =>
    /role="alert">.*?<\/p>/s.exec(ask({ is: "refused", name: "", why, suggestion: null }))![0]
  );
  assert.equal(new Set(said).size, 4);
});

Deno.test("[UI20] home's field for a name gives way while a call is on its way", () => {
  assert.match(ask({ is: "none" }, true), /<input[^>]* disabled/);
});

const people = (names: readonly string[]): Callable[] =>
  names.map((name, at) => ({
    name,
    reach: (["free", "busy", "dnd"] as const)[at % 3],
    colour: at % 8,
    dim: false,
    action: `Call ${name}`,
    word: "Call",
    onCall: () => {},
  }));

const shown = (names: readonly string[]): Shown => ({
  people: people(names),
  own: { name: "Ana", colour: 6, line: "You", action: "Ana, your name", onPress: () => {} },
  headline: "Who do you want to call?",
  search: null,
  notListed: null,
});

Deno.test("[UI20] everybody who is there has one button, at the table and in rows", () => {
  const names = ["Ben", "Carla", "Dario", "Elif", "Femi", "Greta", "Hugo", "Inés"];
  for (const view of [PeopleTable, PeopleRows]) {
    for (let count = 0; count <= names.length; count++) {
      const there = names.slice(0, count);
      const View = view;
      const text = html(<View {...shown(there)} />);
      const calls = there.map((name) => `Call ${name}`);
      assert.deepEqual(buttonsIn(text).toSorted(), ["Ana, your name", ...calls].toSorted());
    }
  }
  const table = html(<PeopleTable {...shown(names.slice(0, 3))} />);
  for (const word of ["Free", "In a call", "Do not disturb"]) assert.ok(table.includes(word));
});

Deno.test("[CA41] every end of a call is said in words of its own", () => {
  const ends: readonly NoCall[] = [
    "declined",
    "busy",
    "cancelled",
    "unanswered",
    "caller-gone",
    "callee-gone",
    "interrupted",
    "not-there",
    "own-name",
    "too-many-calls",
    "in-call",
    "failed",
  ];
  const titles = ends.map((why) => {
    const outgoing = { call, to: "Ben", kind: "talk", stage: { is: "over", why } } as const;
    const text = html(<views.Outgoing {...calling({ outgoing })} />);
    assert.ok(buttonsIn(text).includes("Close"), why);
    return /<h2[^>]*>(.*?)<\/h2>/.exec(text)![1];
  });
  assert.equal(new Set(titles).size, ends.length);
});

Deno.test("[CA41] what rings has the buttons people know", () => {
  const incoming = { call, from: "Ben", kind: "talk", answering: false } as const;
  assert.deepEqual(buttonsIn(html(<views.Incoming {...calling({ incoming })} />)), [
    "Decline",
    "Accept",
    "Answer without camera",
  ]);
  const outgoing = { call, to: "Ben", kind: "talk", stage: { is: "ringing" } } as const;
  const text = html(<views.Outgoing {...calling({ outgoing })} />);
  assert.deepEqual(buttonsIn(text), ["Cancel call"]);
  assert.match(text, /It rings/);
  for (const scene of ["talk-live", "talk-connecting"]) {
    assert.ok(buttonsIn(roomHtml(SCENES[scene]())).includes("Hang up"), scene);
  }
  const [mine, theirs] = ["talk-hung-up", "talk-they-hung-up"].map((name) =>
    roomHtml(SCENES[name]())
  );
  assert.match(mine, /You hung up\. The call is over for both\./);
  assert.match(theirs, /<h1[^>]*>Ben hung up\./);
  for (const text of [mine, theirs]) {
    assert.deepEqual(buttonsIn(text).filter((name) => name === "Rejoin"), []);
    assert.ok(buttonsIn(text).includes("Call again"));
  }
});

Deno.test("[CA42] who only watches has no tool to be seen or heard by; both are told", () => {
  const watching = roomHtml(SCENES["talk-watching"]());
  const tools = ["Mute microphone", "Unmute microphone", "Stop camera", "Start camera"];
  assert.deepEqual(buttonsIn(watching).filter((name) => tools.includes(name)), []);
  assert.match(watching, /You only watch\. Ben does not see or hear you\./);
  assert.match(roomHtml(SCENES["talk-watched"]()), /Ben sees and hears you, and only watches\./);
  const incoming = { call, from: "Ben", kind: "watch", answering: false } as const;
  const asked = html(<views.Incoming {...calling({ incoming })} />);
  assert.match(asked, /Ben wants to watch.*You do not see or hear Ben\./s);
});

Deno.test("[DR11] a name that is somebody else's is refused in the lobby, with a free one", () => {
  const room = "private";
  const text = roomHtml({ room, call: fakeCall({ name: "Ana", nameTaken: "Ana 2" }) });
  assert.match(text, /aria-invalid="true"/);
  assert.ok(buttonsIn(text).includes("Take Ana 2"));
  assert.doesNotMatch(roomHtml({ room, call: fakeCall({ name: "Ana" }) }), /aria-invalid/);
});

Deno.test("[DR11] a tile marks a name that is its own by its key, and no other", () => {
  const tiles = (nameHeld: boolean) => {
    const seat = asId<SeatId>("seat-ana");
    const others = [fakePerson("Ben", 0, { nameHeld })];
    return roomHtml({ room: "private", call: fakeCall({ phase: "live", seat, others }) });
  };
  assert.match(tiles(true), /Name of their own, by its key/);
  assert.doesNotMatch(tiles(false), /Name of their own/);
});
