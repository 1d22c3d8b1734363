/** When it rings, and how (pure); and what does as this says. */
import { effect, type ReadonlySignal } from "@preact/signals-core";
import type { IncomingCall, OutgoingCall } from "./names_model.ts";
import type { Alerts, Tone } from "./names_ports.ts";
import type { Undo } from "./ports.ts";

export interface RingFacts {
  readonly incoming: IncomingCall | null;
  readonly outgoing: OutgoingCall | null;
  readonly canPlay: boolean;
  readonly canNotify: boolean;
  /** Whether somebody looks at the page. */
  readonly visible: boolean;
}

export interface Ringing {
  readonly tone: Tone | null;
  /** Whose call is in the title, and in a notification. */
  readonly title: string | null;
  readonly notification: string | null;
}

/**
 * A call rings in every tab until it is being answered: with sound where that may be played, in the
 * title always, by notification where nobody looks. One's own call is heard ringing at the other's.
 */
export function ringingOf(facts: RingFacts): Ringing {
  const { incoming, outgoing, canPlay, canNotify, visible } = facts;
  if (incoming !== null && !incoming.answering) {
    const { from } = incoming;
    const tone = canPlay ? "ring" : null;
    return { tone, title: from, notification: canNotify && !visible ? from : null };
  }
  const rings = outgoing?.stage.is === "ringing";
  return { tone: rings && canPlay ? "ringback" : null, title: null, notification: null };
}

/** Texts in the page's language, by who calls. */
export interface RingTexts {
  title(from: string): string;
  notification(from: string): string;
}

/** Rings as `ringingOf` says, until undone. */
export function ring(
  alerts: Alerts,
  texts: RingTexts,
  isVisible: () => boolean,
  incoming: ReadonlySignal<IncomingCall | null>,
  outgoing: ReadonlySignal<OutgoingCall | null>,
): Undo {
  const tone = following((tone: Tone) => alerts.play(tone));
  const title = following((from: string) => alerts.flashTitle(texts.title(from)));
  const notification = following((from: string) => alerts.notify(texts.notification(from)));
  const stop = effect(() => {
    const { canPlay, canNotify } = alerts;
    const facts = { incoming: incoming.value, outgoing: outgoing.value, canPlay, canNotify };
    const ringing = ringingOf({ ...facts, visible: isVisible() });
    tone(ringing.tone);
    title(ringing.title);
    notification(ringing.notification);
  });
  return () => {
    stop();
    for (const each of [tone, title, notification]) each(null);
  };
}

/** Begins what is wanted and ends what was, whenever that changes; null: nothing is. */
function following<T>(begin: (wanted: T) => Undo): (wanted: T | null) => void {
  let now: T | null = null;
  let undo: Undo = () => {};
  return (wanted) => {
    if (wanted === now) return;
    undo();
    now = wanted;
    undo = wanted === null ? () => {} : begin(wanted);
  };
}
