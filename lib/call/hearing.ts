/** What a person should be told of the own microphone: that it is silent, or that it is muted. */
import { effect } from "@preact/signals-core";
import type { Media } from "./media.ts";
import type { Notices } from "./notices.ts";
import type { Env, Undo } from "./ports.ts";
import { listen, SILENT } from "./speaking.ts";

const LOOK_EVERY_MS = 500;
/** A pause is shorter. */
export const SILENT_AFTER_MS = 8_000;
/** -100 dB: the quietest room with noise suppression gives more, a dead or switched-off one 0. */
const NOTHING = 1e-5;
/** Of the meter's ten a second: half a second of speech, which no cough or bang lasts. */
const LOUD_MEASURES = 5;
export const MUTED_TOLD_EVERY_MS = 60_000;

/** Says that nothing is heard from a live microphone, and takes it back. */
export function watchSilence(env: Env, media: Media, notices: Notices): Undo {
  let silentSinceMs: number | null = null;
  let told = false;
  const stopHearing = effect(() => {
    const loudness = media.loudness.value; // null: muted, and so not measured
    if (loudness !== null && loudness <= NOTHING) return;
    silentSinceMs = null;
    told = false;
    notices.solve("notice.silentMicrophone");
  });
  const stopLooking = env.clock.every(LOOK_EVERY_MS, () => {
    const loudness = media.loudness.peek();
    if (told || loudness === null || loudness > NOTHING) return;
    // A hidden page does not measure: what was heard last says nothing.
    silentSinceMs = env.page.visible ? silentSinceMs ?? env.clock.now() : null;
    if (silentSinceMs === null || env.clock.now() - silentSinceMs < SILENT_AFTER_MS) return;
    told = true;
    notices.say("notice.silentMicrophone", {}, true);
  });
  return () => {
    stopHearing();
    stopLooking();
    notices.solve("notice.silentMicrophone");
  };
}

/**
 * Says that a person speaks while muted, at most once a minute. A muted track gives silence, so a
 * copy of it is measured, which nobody gets to hear; the meter rests while the page is hidden.
 */
export function watchMuted(env: Env, media: Media, notices: Notices): Undo {
  let toldMs = -Infinity;
  return effect(() => {
    const track = media.muted.value;
    if (!track) return;
    const copy = track.clone();
    copy.enabled = true;
    let speaking = SILENT;
    let loudMeasures = 0;
    const stop = env.media.meter(copy, (level) => {
      const nowMs = env.clock.now();
      speaking = listen(speaking, level, nowMs);
      loudMeasures = speaking.on ? loudMeasures + Number(speaking.loudMs === nowMs) : 0;
      if (loudMeasures < LOUD_MEASURES || nowMs - toldMs < MUTED_TOLD_EVERY_MS) return;
      toldMs = nowMs;
      notices.say("notice.mutedSpeaking");
    });
    return () => {
      stop();
      copy.stop();
    };
  });
}
