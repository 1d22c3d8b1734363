/** The measurements, each of one server that runs already; nothing here knows which one. */
import type { Caller, Connect } from "./caller.ts";
import { type Pair, seatPair, talk, wholeCall } from "./pairs.ts";
import type { ServerProcess } from "./server_process.ts";
import { pause, within } from "./within.ts";

/** A server and how it is called. */
export interface Target {
  readonly server: ServerProcess;
  readonly connect: Connect;
}

/** How much is done in one round; smaller ones warm a server up. */
export interface Amounts {
  readonly pairs: number;
  readonly bursts: number;
  readonly joins: number;
  readonly lanes: number;
  readonly callsPerLane: number;
}

/** What one round found. */
export interface Round {
  readonly cpuUsPerMessage: number;
  readonly joinsPerSecond: number;
  readonly cpuUsPerJoin: number;
  readonly callsPerSecond: number;
  readonly cpuUsPerCall: number;
}

const LIMIT_MS = 120_000;
/** Sockets that open at a time. */
const OPENING = 50;
/** Time for what is owed after the last message: acknowledgements wait up to 250 ms at each end. */
const OWED_MS = 700;

/** Measures relaying, joining and whole calls, one after the other. */
export async function measureRound(target: Target, amounts: Amounts): Promise<Round> {
  return {
    ...await within(LIMIT_MS, "relayed messages", measureRelaying(target, amounts)),
    ...await within(LIMIT_MS, "joins", measureJoining(target, amounts)),
    ...await within(LIMIT_MS, "whole calls", measureCalls(target, amounts)),
  };
}

/** What relaying costs the server, with all that belongs to it: acknowledgements, pings. */
async function measureRelaying(
  target: Target,
  { pairs, bursts }: Amounts,
): Promise<Pick<Round, "cpuUsPerMessage">> {
  const callers = await openAll(target, 2 * pairs);
  const seated = pairsOf(callers);
  await Promise.all(seated.map(seatPair));
  await pause(OWED_MS);
  const before = await target.server.facts();
  const counts = await Promise.all(seated.map((pair, i) => talk(pair, bursts, i / pairs)));
  await pause(OWED_MS);
  const after = await target.server.facts();
  await goAll(callers);
  const messages = counts.reduce((sum, count) => sum + count, 0);
  return { cpuUsPerMessage: 1000 * (after.cpuMs - before.cpuMs) / messages };
}

/** Joins by sockets that open for it: from nothing to "inside", two to a room. */
async function measureJoining(
  target: Target,
  { joins }: Amounts,
): Promise<Pick<Round, "joinsPerSecond" | "cpuUsPerJoin">> {
  const before = await target.server.facts();
  const from = performance.now();
  const callers = await joinAll(target, joins);
  const tookMs = performance.now() - from;
  const after = await target.server.facts();
  await goAll(callers);
  return {
    joinsPerSecond: 1000 * joins / tookMs,
    cpuUsPerJoin: 1000 * (after.cpuMs - before.cpuMs) / joins,
  };
}

/** Whole calls on open sockets, `lanes` at a time: from the first join to the last leave. */
async function measureCalls(
  target: Target,
  { lanes, callsPerLane }: Amounts,
): Promise<Pick<Round, "callsPerSecond" | "cpuUsPerCall">> {
  const callers = await openAll(target, 2 * lanes);
  const before = await target.server.facts();
  const from = performance.now();
  await Promise.all(
    pairsOf(callers).map(async (pair) => {
      for (let call = 0; call < callsPerLane; call++) await wholeCall(pair);
    }),
  );
  const tookMs = performance.now() - from;
  const after = await target.server.facts();
  await Promise.all(callers.map((caller) => caller.close()));
  const calls = lanes * callsPerLane;
  return {
    callsPerSecond: 1000 * calls / tookMs,
    cpuUsPerCall: 1000 * (after.cpuMs - before.cpuMs) / calls,
  };
}

/** Idle long enough that garbage is gone and a first ping was answered. */
const SETTLED_MS = 6_000;

/**
 * What a member who says nothing costs, two to a room, on a server that was just started.
 *
 * @returns bytes of resident memory for each
 */
export async function measureIdle(target: Target, members: number): Promise<number> {
  // What is made once, at the first of everything, belongs to no member.
  await goAll(await within(LIMIT_MS, "first joins", joinAll(target, 100)));
  await pause(OWED_MS);
  const before = await target.server.collected();
  const callers = await within(LIMIT_MS, "joins", joinAll(target, members));
  await pause(SETTLED_MS);
  const after = await target.server.collected();
  await Promise.all(callers.map((caller) => caller.close()));
  return (after.rssBytes - before.rssBytes) / members;
}

let rooms = 0;

async function joinAll(target: Target, count: number): Promise<Caller[]> {
  const life = ++rooms;
  return await inTurns(count, async (i) => {
    const caller = await target.connect(target.server.port);
    await caller.join(`idle ${life} ${i >> 1}`);
    return caller;
  });
}

function openAll({ server, connect }: Target, count: number): Promise<Caller[]> {
  return inTurns(count, () => connect(server.port));
}

/** Leaves in good order, so that a round leaves nobody behind for the next. */
async function goAll(callers: readonly Caller[]): Promise<void> {
  await inTurns(callers.length, async (i) => {
    await callers[i].leave();
    await callers[i].close();
  });
}

/** Does something `count` times, a bounded number at a time. */
async function inTurns<T>(count: number, task: (i: number) => Promise<T>): Promise<T[]> {
  const results = new Array<T>(count);
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(OPENING, count) }, async () => {
    while (next < count) {
      const i = next++;
      results[i] = await task(i);
    }
  }));
  return results;
}

function pairsOf(callers: readonly Caller[]): Pair[] {
  return Array.from(
    { length: callers.length >> 1 },
    (_, i) => [callers[2 * i], callers[2 * i + 1]],
  );
}
