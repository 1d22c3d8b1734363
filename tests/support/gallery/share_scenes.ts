/** Calls in which a screen is shared and pointed at. */
import type { Participant } from "../../../lib/call/model.ts";
import { type FakeCall, fakeCall, fakePerson } from "../fake_call.ts";
import {
  fakePointer,
  fakeScreen,
  fakeTogether,
  seatNamed,
  type TogetherNow,
} from "../fake_together.ts";
import type { Portrait, Scene } from "./scenes.ts";

/** What a call's fake is made of. */
type Values = Parameters<typeof fakeCall>;

/** Ben's plan, and one's own, frozen. */
export function shareScenes(
  portrait: Portrait,
  live: Values[0],
  media: Values[1],
  people: readonly (() => Participant)[],
): Readonly<Record<string, () => Scene>> {
  const call = (now: TogetherNow): FakeCall => {
    const others = [...people.map((make) => make()), fakePerson("Elif", 3, { cameraOn: false })]
      .map((person) => {
        const shared = now.screens?.find(({ seat, isOwn }) => seat === person.seat && !isOwn);
        return shared ? { ...person, screen: shared.stream } : person;
      });
    return fakeCall({ ...live, others }, media, fakeTogether(now));
  };
  const scene = (now: TogetherNow): Scene => ({ room: "sunday-lunch", call: call(now) });
  const screen = (name: string) => ({ seat: seatNamed(name), kind: "screen" }) as const;
  return {
    share: () =>
      scene({
        screens: [fakeScreen("Ben", portrait("plan"))],
        staged: { picture: screen("Ben"), view: "speaker" },
        pointers: [fakePointer("Carla", "Ben", 0.34, 0.3), fakePointer("Ben", "Ben", 0.65, 0.62)],
      }),
    "share-side": () =>
      scene({
        screens: [fakeScreen("Ben", portrait("plan"))],
        staged: { picture: screen("Ben"), view: "side" },
        view: "side",
      }),
    "share-own": () =>
      scene({
        isSharing: true,
        frozen: true,
        screens: [fakeScreen("Ben", portrait("plan")), fakeScreen("Ana", portrait("plan"), true)],
        staged: { picture: screen("Ana"), view: "speaker" },
        pointers: [fakePointer("Carla", "Ana", 0.5, 0.5), fakePointer("Ben", "Ana", 0.97, 0.95)],
      }),
  };
}
