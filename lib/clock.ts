/** The system's time and timers, as a port: tests put a clock that stands still in its place. */
export interface Clock {
  /** Ms since 1970; may jump. */
  now(): number;
  /** Runs `task` once, `delayMs` from now; gives back what calls it off. */
  after(delayMs: number, task: () => void): () => void;
  /** Runs `task` every `periodMs`, first after one period, until called off. */
  every(periodMs: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
  every(periodMs, task) {
    const timer = setInterval(task, periodMs);
    return () => clearInterval(timer);
  },
};
