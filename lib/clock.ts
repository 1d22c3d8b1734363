/** The system's time and timers, as a port: tests put a clock that stands still in its place. */
export interface Clock {
  /** Ms since 1970; goes on steadily, whoever sets the computer's clock. */
  now(): number;
  /** Ms since 1970 by the computer's clock, for what others compare with theirs; may jump. */
  date(): number;
  /** Runs `task` once, `delayMs` from now; gives back what calls it off. */
  after(delayMs: number, task: () => void): () => void;
  /** Runs `task` every `periodMs`, first after one period, until called off. */
  every(periodMs: number, task: () => void): () => void;
}

/** Two readings of one time. */
export interface Readings {
  /** Ms since 1970 by the computer's clock, which may be set. */
  wall(): number;
  /** Ms since any moment, by a clock nobody sets. */
  elapsed(): number;
}

/** A step of the computer's clock beyond this is not taken for time that passed. */
const DOUBTFUL_STEP_MS = 1_500;

/**
 * Makes a `now` of the two: the computer's time at the start, counted on steadily. A clock that is
 * set, or a machine that slept, makes nobody silent, late or expired. The second reading costs three
 * times the first, so it is only asked where the first has stepped; it is never asked for what a
 * once-a-second sweep keeps in step.
 */
export function steadyNow(readings: Readings): () => number {
  const start = readings.wall() - readings.elapsed();
  let last = readings.wall();
  let offset = 0;
  let told = last;
  return () => {
    const now = readings.wall();
    if (now < last || now - last > DOUBTFUL_STEP_MS) offset = start + readings.elapsed() - now;
    last = now;
    return told = Math.max(told, now + offset);
  };
}

export const systemClock: Clock = {
  now: steadyNow({ wall: () => Date.now(), elapsed: () => performance.now() }),
  date: () => Date.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
  every(periodMs, task) {
    const timer = setInterval(task, periodMs);
    return () => clearInterval(timer);
  },
};
