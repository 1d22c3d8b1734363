/** The sounds of ringing, made of two soft notes: nothing to be loaded. */
import type { Tone } from "../names_ports.ts";
import type { Undo } from "../ports.ts";

interface Pattern {
  /** In Hz, one after the other. */
  readonly notes: readonly number[];
  readonly noteMs: number;
  readonly everyMs: number;
  /** 0 to 1. */
  readonly loudness: number;
}

const PATTERNS: Readonly<Record<Tone, Pattern>> = {
  ring: { notes: [587, 880, 587, 880], noteMs: 260, everyMs: 3_000, loudness: 0.25 },
  // As European exchanges do it: 425 Hz, one second in five.
  ringback: { notes: [425], noteMs: 1_000, everyMs: 5_000, loudness: 0.06 },
};

/** Long enough that no note begins or ends with a click. */
const FADE_S = 0.03;

/** Plays a tone again and again, until undone. */
export function playTone(tone: Tone): Undo {
  const { everyMs } = PATTERNS[tone];
  const context = new AudioContext();
  const play = () => playOnce(context, PATTERNS[tone]);
  play();
  const timer = setInterval(play, everyMs);
  return () => {
    clearInterval(timer);
    void context.close().catch(() => {});
  };
}

function playOnce(context: AudioContext, { notes, noteMs, loudness }: Pattern): void {
  notes.forEach((frequency, at) => {
    const from = context.currentTime + at * noteMs / 1000;
    const to = from + noteMs / 1000;
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(loudness, from + FADE_S);
    gain.gain.setValueAtTime(loudness, to - FADE_S);
    gain.gain.linearRampToValueAtTime(0, to);
    gain.connect(context.destination);
    const note = new OscillatorNode(context, { frequency });
    note.connect(gain);
    note.start(from);
    note.stop(to);
  });
}
