/** A call that does nothing: what the server renders, and a page shows until its own one stands. */
import { signal } from "@preact/signals-core";
import type { CallModel, DeviceState, Failure, MediaModel, Phase } from "./model.ts";
import { USUAL_RESOLUTION, USUAL_SOUND } from "./media_settings.ts";

const DEFAULT_CAPACITY = 6;

/**
 * Makes a call at rest.
 *
 * @param failure why there will be no other one; null: the lobby, waiting for the real call
 */
export function callAtRest(failure: Failure | null = null): CallModel {
  const phase: Phase = failure === null ? "lobby" : "failed";
  const nothing = () => {};
  const never = () => Promise.resolve();
  return {
    media: mediaAtRest(),
    sends: true,
    phase: signal(phase),
    failure: signal(failure),
    seat: signal(null),
    name: signal(""),
    nameTaken: signal(null),
    colour: signal(0),
    hand: signal(false),
    speaking: signal(false),
    others: signal([]),
    capacity: signal(DEFAULT_CAPACITY),
    inside: signal(null),
    notice: signal(null),
    announcement: signal(null),
    joinedAt: signal(null),
    lastedMs: signal(0),
    retryAt: signal(null),
    unreachableSince: signal(null),
    elsewhere: signal(false),
    company: signal(null),
    door: signal(null),
    knock: nothing,
    setName: nothing,
    join: never,
    leave: nothing,
    rejoin: never,
    retry: nothing,
    useHere: never,
    setHand: nothing,
    together: { canShare: false, model: signal(null), bring: () => Promise.resolve(null) },
    pushToTalk: nothing,
    dispose: nothing,
  };
}

function mediaAtRest(): MediaModel {
  const never = () => Promise.resolve();
  return {
    microphone: signal<DeviceState>({ is: "idle" }),
    camera: signal<DeviceState>({ is: "idle" }),
    devices: signal([]),
    speakerId: signal(""),
    preview: signal(null),
    level: signal(0),
    ask: never,
    setMicrophone: never,
    setCamera: never,
    choose: never,
    sound: signal(USUAL_SOUND),
    setSound: never,
    resolution: signal(USUAL_RESOLUTION),
    setResolution: never,
    canFlip: signal(false),
    flip: never,
    mirrored: signal(true),
    setMirrored: () => {},
    dispose: () => {},
  };
}
