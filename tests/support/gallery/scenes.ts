/** Every screen, as a call that stands there; for pictures and for tests of all screens. */
import type { TalkHere } from "../../../components/talk_place.ts";
import type { DeviceState } from "../../../lib/call/model.ts";
import { asId, type SeatId } from "../../../lib/protocol/ids.ts";
import { fakeCompany } from "../fake_company.ts";
import { type FakeCall, fakeCall, fakePerson } from "../fake_call.ts";
import { shareScenes } from "./share_scenes.ts";

/** Where pictures of people come from; null where there are none to be had. */
export type Portrait = (who: "ana" | "ben" | "carla" | "dario" | "plan") => MediaStream | null;

export interface Scene {
  readonly call: FakeCall;
  /** A room with a typed name, or one nobody can guess. */
  readonly room: "sunday-lunch" | "private";
  /** A call by name. */
  readonly talk?: TalkHere;
}

const noTalk = { hangUp: () => {}, again: () => {}, over: null } as const;
const withBen: TalkHere = { with: "Ben", kind: "talk", sends: true, ...noTalk };

const on = (label: string): DeviceState => ({ is: "on", deviceId: label, label });
const off = (label: string): DeviceState => ({ is: "off", deviceId: label, label });
const DEVICES = [
  { kind: "microphone", deviceId: "Built-in microphone", label: "Built-in microphone" },
  { kind: "camera", deviceId: "HD camera", label: "HD camera" },
  { kind: "speaker", deviceId: "", label: "Headphones" },
] as const;
const ana = { name: "Ana", colour: 6 };
const seat = asId<SeatId>("seat-ana");
const inside = { count: 2, capacity: 6, names: ["Ben", "Carla"] };
const MINUTE_MS = 60_000;

/** All scenes; each is made anew when it is asked for. */
export function scenes(portrait: Portrait, now: number): Readonly<Record<string, () => Scene>> {
  const media = {
    microphone: on("Built-in microphone"),
    camera: on("HD camera"),
    devices: DEVICES,
    get preview() {
      return portrait("ana");
    },
    level: 0.53,
  };
  const live = { ...ana, phase: "live", seat, joinedAt: now - 4.52 * MINUTE_MS } as const;
  const ben = () => fakePerson("Ben", 0, { speaking: true, stream: portrait("ben") });
  const carla = () =>
    fakePerson("Carla", 1, { hand: true, microphoneOn: false, stream: portrait("carla") });
  const dario = () =>
    fakePerson("Dario", 2, {
      stream: portrait("dario"),
      link: { is: "reconnecting", why: "their-network" },
    });
  const serverLost = {
    key: "notice.serverLost",
    values: {},
    tone: "trouble",
    stays: true,
  } as const;
  const denied = { is: "failed", why: "denied" } as const;
  return {
    lobby: () => ({
      room: "private",
      call: fakeCall({ ...ana, inside }, { ...media, canFlip: true }),
    }),
    "lobby-named": () => ({ room: "sunday-lunch", call: fakeCall(ana, media) }),
    "lobby-idle": () => ({ room: "sunday-lunch", call: fakeCall() }),
    "lobby-no-device": () => ({
      room: "private",
      call: fakeCall({ ...ana, inside: { count: 0, capacity: 2, names: [] } }, {
        microphone: off("Built-in microphone"),
        camera: { is: "failed", why: "absent" },
      }),
    }),
    joining: () => ({
      room: "private",
      call: fakeCall({ ...ana, inside, phase: "joining" }, media),
    }),
    denied: () => ({
      room: "sunday-lunch",
      call: fakeCall({ ...ana, phase: "denied" }, { ...media, camera: denied, preview: null }),
    }),
    waiting: () => ({
      room: "private",
      call: fakeCall({ ...live, phase: "waiting", joinedAt: now - 12_000 }, media),
    }),
    live: () => ({ room: "private", call: fakeCall({ ...live, others: [ben()] }, media) }),
    "live-off": () => ({
      room: "private",
      call: fakeCall({
        ...live,
        others: [fakePerson("Ben", 0, { cameraOn: false, microphoneOn: false })],
        hand: true,
      }, { ...media, microphone: off(""), camera: off(""), preview: null }),
    }),
    "live-three": () => ({
      room: "sunday-lunch",
      call: fakeCall({ ...live, others: [ben(), carla()] }, media),
    }),
    "live-weak": () => ({
      room: "private",
      call: fakeCall({
        ...live,
        others: [
          fakePerson("Ben", 0, { weak: true, relayed: true, hand: true, stream: portrait("ben") }),
        ],
        notice: { key: "notice.silentMicrophone", values: {}, tone: "trouble", stays: true },
      }, media),
    }),
    "live-six": () => ({
      room: "sunday-lunch",
      call: fakeCall({
        ...live,
        others: [
          ben(),
          carla(),
          dario(),
          fakePerson("Elif", 3, { cameraOn: false, weak: true }),
          fakePerson("Femi", 4, { relayed: true, stream: portrait("carla") }),
        ],
      }, media),
    }),
    "live-five": () => ({
      room: "sunday-lunch",
      call: fakeCall({
        ...live,
        others: [ben(), carla(), dario(), fakePerson("Elif", 3, { cameraOn: false })],
      }, media),
    }),
    company: () => ({
      room: "private",
      call: fakeCall({
        ...live,
        others: [ben(), carla(), dario()],
        hand: true,
        company: fakeCompany({
          said: [
            { name: "Ben", colour: 1, text: "Is this the page you mean?", atMs: now - 500_000 },
            {
              name: "Ben",
              colour: 1,
              text: "https://tertulia.example/a/rather/long/address?that=wraps&in=the-panel",
              atMs: now - 480_000,
            },
            { isMine: true, name: "Ana", text: "Yes, the second paragraph.", atMs: now - 300_000 },
            {
              name: "Carla",
              colour: 3,
              text: "I cannot hear you well, I write instead 👍\nGo on without me for a moment.",
              atMs: now - 60_000,
            },
            { name: "Carla", colour: 3, text: "Shall I?", to: "Ana", atMs: now - 40_000 },
            { isMine: true, name: "Ana", to: "Carla", text: "Do", atMs: now, state: "waiting" },
          ],
          hands: ["Carla", "Ana"],
          owners: ["Ana"],
          role: "owner",
          locked: true,
          knocks: ["Greta"],
          unread: 2,
          reactions: [{ name: "Ben", is: "👏" }, { name: "Carla", is: "🎉" }],
        }),
      }, media),
    }),
    asked: () => ({
      room: "private",
      call: fakeCall(
        { ...live, others: [ben()], company: fakeCompany({ question: "Ben" }) },
        media,
      ),
    }),
    locked: () => ({
      room: "private",
      call: fakeCall({ ...ana, phase: "full", door: "locked" }, media),
    }),
    knocking: () => ({
      room: "private",
      call: fakeCall({ ...ana, phase: "joining", door: "knocking" }, media),
    }),
    removed: () => ({
      room: "private",
      call: fakeCall({ ...ana, phase: "failed", failure: "removed" }),
    }),
    resuming: () => ({
      room: "sunday-lunch",
      call: fakeCall({
        ...live,
        phase: "resuming",
        others: [ben(), carla(), dario()],
        notice: serverLost,
        announcement: serverLost,
      }, media),
    }),
    ...shareScenes(portrait, live, media, [ben, carla]),
    full: () => ({
      room: "sunday-lunch",
      call: fakeCall({
        ...ana,
        phase: "full",
        inside: {
          count: 6,
          capacity: 6,
          names: ["Greta", "Ben", "Carla", "Dario", "Elif", "Femi"],
        },
        retryAt: now + 7000,
      }, media),
    }),
    replaced: () => ({ room: "private", call: fakeCall({ ...ana, phase: "replaced" }) }),
    ended: () => ({
      room: "private",
      call: fakeCall({
        ...ana,
        phase: "ended",
        lastedMs: 42 * MINUTE_MS,
        inside: { count: 3, capacity: 6, names: ["Ben", "Carla", "Dario"] },
      }),
    }),
    "ended-taken": () => ({
      room: "private",
      call: fakeCall({
        ...ana,
        phase: "ended",
        lastedMs: 42 * MINUTE_MS,
        inside: { count: 2, capacity: 2, names: ["Ben", "Carla"] },
      }),
    }),
    "talk-connecting": () => ({
      room: "private",
      talk: withBen,
      call: fakeCall({ ...live, phase: "joining" }, media),
    }),
    "talk-live": () => ({
      room: "private",
      talk: withBen,
      call: fakeCall({ ...live, others: [ben()] }, media),
    }),
    "talk-watching": () => ({
      room: "private",
      talk: { ...withBen, kind: "watch", sends: false },
      call: { ...fakeCall({ ...live, others: [ben()] }), sends: false },
    }),
    "talk-watched": () => ({
      room: "private",
      talk: { ...withBen, kind: "watch" },
      call: fakeCall({
        ...live,
        others: [fakePerson("Ben", 0, { cameraOn: false, microphoneOn: false })],
      }, media),
    }),
    "talk-hung-up": () => ({
      room: "private",
      talk: { ...withBen, over: "mine" },
      call: fakeCall({ ...ana, phase: "ended", lastedMs: 42 * MINUTE_MS }),
    }),
    "talk-they-hung-up": () => ({
      room: "private",
      talk: { ...withBen, over: "theirs" },
      call: fakeCall({ ...ana, phase: "ended", lastedMs: 42 * MINUTE_MS }),
    }),
    failed: () => ({
      room: "sunday-lunch",
      call: fakeCall({
        ...ana,
        phase: "failed",
        failure: "unreachable",
        unreachableSince: now - 24_000,
      }, media),
    }),
    "bad-room": () => ({
      room: "sunday-lunch",
      call: fakeCall({ phase: "failed", failure: "bad-room" }),
    }),
    unsupported: () => ({
      room: "sunday-lunch",
      call: fakeCall({ phase: "failed", failure: "unsupported" }),
    }),
  };
}
