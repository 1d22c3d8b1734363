/** Two callers and what they do with each other. */
import type { Caller, Said } from "./caller.ts";
import { pause, within } from "./within.ts";

export type Pair = readonly [Caller, Caller];

/** Candidates come in bursts, as a browser gathers them. */
const BURST = 10;
/** Each says a burst this often: below what our server lets a session say for long, 60 a second. */
const BURST_EVERY_MS = 400;
const HEARD_WITHIN_MS = 30_000;

let rooms = 0;

/** Puts both into a room of their own; resolves when each has heard the other. */
export async function seatPair(pair: Pair): Promise<void> {
  const bothHeard = Promise.all(pair.map((caller) => hears(caller, 1)));
  for (const caller of pair) {
    const note = caller.onHeard;
    let greeted = false;
    const greet = () => {
      if (!greeted) caller.say("candidate");
      greeted = true;
    };
    caller.onTurn = greet;
    caller.onHeard = (what) => {
      greet();
      note(what);
    };
  }
  await enter(pair);
  await within(HEARD_WITHIN_MS, "greeting", bothHeard);
}

/**
 * Both say bursts of candidates, the next one when both have heard the last.
 *
 * @param phase from 0 to 1, where in the period this pair begins, so that pairs take turns
 * @returns how many messages were relayed
 */
export async function talk(pair: Pair, bursts: number, phase: number): Promise<number> {
  await pause(phase * BURST_EVERY_MS);
  for (let burst = 0; burst < bursts; burst++) {
    const rest = pause(BURST_EVERY_MS);
    const bothHeard = Promise.all(pair.map((caller) => hears(caller, BURST)));
    for (const caller of pair) sayBurst(caller);
    await within(HEARD_WITHIN_MS, "burst", bothHeard);
    await rest;
  }
  return 2 * BURST * bursts;
}

/** Join, join, offer, answer, ten candidates each way, leave, leave. */
export async function wholeCall(pair: Pair): Promise<void> {
  const bothHeard = Promise.all(pair.map((caller) => hears(caller, 1 + BURST)));
  for (const caller of pair) {
    const note = caller.onHeard;
    caller.onTurn = () => {
      caller.say("offer");
      sayBurst(caller);
    };
    caller.onHeard = (what) => {
      if (what === "offer") {
        caller.say("answer");
        sayBurst(caller);
      }
      note(what);
    };
  }
  await enter(pair);
  await within(HEARD_WITHIN_MS, "call", bothHeard);
  await Promise.all(pair.map((caller) => caller.leave()));
}

async function enter(pair: Pair): Promise<void> {
  const room = `pair ${++rooms}`;
  for (const caller of pair) await caller.join(room);
}

function sayBurst(caller: Caller): void {
  for (let i = 0; i < BURST; i++) caller.say("candidate");
}

/** Resolves when a caller has heard so many messages. */
function hears(caller: Caller, count: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    caller.onHeard = (_: Said) => {
      if (--left === 0) resolve();
    };
  });
}
