/** Home with a name, and what rings, as they may stand. */
import type { NoCall, OutgoingCall, RecentCall } from "../../../lib/call/names_model.ts";
import { asId, type CallId } from "../../../lib/protocol/ids.ts";
import { type FakeNames, fakeNames } from "../fake_phone.ts";

const call = asId<CallId>("call");
const MINUTE_MS = 60_000;
const NAMES = ["Ben", "Carla", "Dario", "Elif", "Femi", "Greta"];
const MORE = ["Hugo", "Inés", "Jasper", "Katarzyna", "Lê Thị Mai", "Мария"];

const people = (names: readonly string[]) =>
  names.map((name, at) => ({ name, reach: (["free", "busy", "dnd", "free"] as const)[at % 4] }));

function placed(stage: OutgoingCall["stage"], kind: OutgoingCall["kind"] = "talk"): OutgoingCall {
  return { call, to: "Ben", kind, stage };
}

const over = (why: NoCall) => placed({ is: "over", why });

/** @param now ms since 1970 */
export function callingScenes(now: number): Readonly<Record<string, () => FakeNames>> {
  const before = (minutes: number, rest: Omit<RecentCall, "call" | "at">): RecentCall => ({
    call: asId<CallId>(`call-${minutes}`),
    at: now - minutes * MINUTE_MS,
    ...rest,
  });
  const talk = { kind: "talk", missed: false } as const;
  const recent = [
    before(30, { name: "Ben", incoming: true, end: "unanswered", kind: "talk", missed: true }),
    before(1500, { name: "Greta", incoming: false, end: "accepted", ...talk }),
    before(4500, { name: "Femi", incoming: false, end: "not-there", ...talk }),
    before(40_000, { name: "Ana Sofía de los Ángeles", incoming: true, end: "declined", ...talk }),
  ];
  const held = { me: { is: "held", name: "Ana" }, people: people(NAMES) } as const;
  return {
    "name-asking": () => fakeNames({ me: { is: "asking", name: "Ana" } }),
    "name-taken": () =>
      fakeNames({ me: { is: "refused", name: "Ana", why: "taken", suggestion: "Ana 2" } }),
    "name-too-long": () =>
      fakeNames({ me: { is: "refused", name: "x", why: "too-long", suggestion: null } }),
    people: () => fakeNames({ ...held, recent, missed: 1 }),
    "people-many": () => fakeNames({ ...held, people: people([...NAMES, ...MORE]), recent }),
    "people-nobody": () => fakeNames({ ...held, people: [] }),
    "people-looking": () => fakeNames({ ...held, people: null }),
    "in-talk": () =>
      fakeNames({ ...held, incoming: { call, from: "Ben", kind: "talk", answering: false } }),
    "in-watch": () =>
      fakeNames({ ...held, incoming: { call, from: "Ben", kind: "watch", answering: false } }),
    "in-answering": () =>
      fakeNames({ ...held, incoming: { call, from: "Ben", kind: "talk", answering: true } }),
    "out-asking": () => fakeNames({ ...held, outgoing: placed({ is: "asking" }) }),
    "out-ringing": () => fakeNames({ ...held, outgoing: placed({ is: "ringing" }) }),
    "out-watch": () => fakeNames({ ...held, outgoing: placed({ is: "ringing" }, "watch") }),
    "out-declined": () => fakeNames({ ...held, outgoing: over("declined") }),
    "out-busy": () => fakeNames({ ...held, outgoing: over("busy") }),
    "out-not-there": () => fakeNames({ ...held, outgoing: over("not-there") }),
    "out-too-many": () => fakeNames({ ...held, outgoing: over("too-many-calls") }),
  };
}
