import assert from "node:assert/strict";

/** How long a state may take to come before the test gives up; never a wait that is always paid. */
export const PATIENCE_MS = 15_000;

/**
 * Reads again and again until what is read satisfies `wanted`.
 *
 * @param what in words, for the failure
 * @param pause between two looks; a frame of the page
 * @param patienceMs longer than usual where the state is known to take its time
 */
export async function until<T>(
  what: string,
  read: () => Promise<T>,
  wanted: (now: T) => boolean,
  pause: () => Promise<unknown>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const now = await read();
    if (wanted(now)) return now;
    if (Date.now() > deadline) assert.fail(`never ${what}: ${JSON.stringify(now)}`);
    await pause();
  }
}

/** Runs in the page, serialised: waits for its next frame. */
export function nextFrame(): Promise<unknown> {
  return new Promise((frame) => requestAnimationFrame(frame));
}
