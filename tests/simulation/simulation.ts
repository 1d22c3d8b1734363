/**
 * The real client against the real server, on a clock that is moved by hand and a network that
 * loses what it likes. One seed, one run, always the same.
 */
import assert from "node:assert/strict";
import type { SeatView } from "../../lib/protocol/messages.ts";
import { viewSeats } from "../../lib/signaling/room_state.ts";
import type { Counter } from "./counter.ts";
import { FIRST_PLAN, type Happening } from "./faults.ts";
import { FULL_PLAN } from "./more_faults.ts";
import type { Page } from "./page.ts";
import { World } from "./world.ts";

/** A quiet moment after each so many steps: everything is healed, and looked over. */
const QUIET_EVERY_STEPS = 100;
/** Longer than the slowest way back: half-open at both ends, five seconds a frame. */
const QUIET_MS = 60_000;
/** Longer than an absent seat is kept. */
const LONG_QUIET_MS = 150_000;

/** What may happen, and how often all is looked over. */
export type Plan = "first" | "full";

const PLANS: Record<Plan, { readonly happenings: readonly Happening[]; readonly quietMs: number }> =
  {
    first: { happenings: FIRST_PLAN, quietMs: QUIET_MS },
    full: { happenings: FULL_PLAN, quietMs: LONG_QUIET_MS },
  };

export interface Report {
  readonly seed: number;
  readonly counts: Counter;
  readonly lost: number;
  readonly doubled: number;
  readonly reordered: number;
  /** Seats somebody sees behind which nobody is. */
  readonly ghosts: number;
  /** Who wants to be inside and is not, or has not settled what it sent. */
  readonly leftBehind: number;
  /** Times somebody was seen to go, lost a seat or was shown otherwise, without a cause. */
  readonly presence: number;
  readonly problems: readonly string[];
}

/** Runs `steps` random steps. Throws when something that must always hold does not. */
export async function simulate(seed: number, steps: number, plan: Plan): Promise<Report> {
  const { happenings, quietMs } = PLANS[plan];
  const world = new World(seed);
  const end = { ghosts: 0, leftBehind: 0 };
  try {
    for (let at = 1; at <= steps; at++) {
      await draw(world, happenings).run(world);
      await world.pass(world.random.below(1_200));
      if (at % QUIET_EVERY_STEPS !== 0) continue;
      await quiet(world, quietMs);
      if (quietMs === LONG_QUIET_MS) lookOver(world, end);
    }
    await quiet(world, LONG_QUIET_MS);
    lookOver(world, end);
    world.checkFolds();
  } finally {
    for (const tab of [...world.tabs]) world.closeTab(tab);
    world.host.kill();
    world.clock.advance(10_000); // what was on the wire
  }
  assert.equal(world.clock.waiting, 0, "a timer was left behind");
  const { lost, doubled, reordered, strayed, delivered, problems } = world.ledger;
  world.counts.add("events delivered", delivered);
  assert.equal(strayed, 0, problems.join("\n"));
  const presence = world.judge.wrongs;
  return { seed, counts: world.counts, lost, doubled, reordered, ...end, presence, problems };
}

function draw({ random }: World, happenings: readonly Happening[]): Happening {
  const all = happenings.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.below(all);
  for (const happening of happenings) {
    left -= happening.weight;
    if (left < 0) return happening;
  }
  throw new RangeError("the weights do not add up");
}

/** Heals everything and waits until all that can come has come. */
async function quiet(world: World, ms: number): Promise<void> {
  for (const tab of world.tabs) {
    tab.blockedUntil = 0;
    tab.mute = false;
    tab.slowestMs = 60;
    tab.lopsided = null;
    if (tab.page?.clock.frozen) world.thaw(tab.page, { order: "as it came", tells: "visible" });
  }
  await world.pass(ms);
  world.ledger.settle();
}

/** At the very end everybody sees the same people, and these are the ones who are there. */
function lookOver(world: World, end: { ghosts: number; leftBehind: number }): void {
  const { host, pages, ledger } = world;
  const wrong = (kind: "ghosts" | "leftBehind", why: string) => {
    end[kind]++;
    ledger.problems.push(`${kind}: ${why}`);
  };
  const there = new Map(host.rooms.map((room) => [room.room, viewSeats(room)]));
  for (const [room, seats] of there) {
    for (const { endpoint } of seats.flatMap((seat) => seat.endpoints)) {
      const isLive = pages.some((page) => page.room === room && isOf(page, endpoint));
      if (!isLive) wrong("ghosts", `${endpoint} sits in ${room}, and nobody is there`);
    }
  }
  for (const page of pages) {
    if (page.room === null) continue;
    const seats = there.get(page.room) ?? [];
    if (
      !page.isSeated || !seats.some((seat) => seat.endpoints.some((e) => isOf(page, e.endpoint)))
    ) {
      wrong("leftBehind", `${page.name} is not in ${page.room}`);
      continue;
    }
    if (page.client.unsettled > 0) {
      wrong("leftBehind", `${page.name} has ${page.client.unsettled} unsettled`);
    }
    compare(page, seats, (why) => wrong("ghosts", why));
  }
}

function isOf(page: Page, endpoint: string): boolean {
  return page.tenure?.endpoint === endpoint;
}

/** What a page sees is what is there, to the last switch. */
function compare(page: Page, seats: readonly SeatView[], wrong: (why: string) => void): void {
  for (
    const [what, one, other] of [
      ["does not see", seats, page.view],
      ["still sees", page.view, seats],
    ] as const
  ) {
    const known = new Set(lines(other, page));
    for (const line of lines(one, page)) {
      if (!known.has(line)) wrong(`${page.name} ${what} ${line}`);
    }
  }
  const own = seats.find((seat) => seat.seat === page.seat)!;
  const { media, presence } = own.endpoints.find(({ endpoint }) => isOf(page, endpoint))!;
  if (presence !== "present") wrong(`${page.name} is ${presence}`);
  // Two devices, or two tabs, say the name and the hand of one seat.
  const isAlone = !page.standing.hasDevices && !page.standing.shared;
  const said = { media: page.state.media, ...(isAlone ? { name: page.state.name } : {}) };
  const shown = { media, ...(isAlone ? { name: own.name } : {}) };
  if (!equal(said, shown)) {
    wrong(`${page.name} says ${JSON.stringify(said)}, others have ${JSON.stringify(shown)}`);
  }
}

function equal(one: unknown, other: unknown): boolean {
  try {
    assert.deepEqual(one, other);
    return true;
  } catch {
    return false;
  }
}

/** A line for each endpoint, with all there is to see of it; nobody is told of what is its own. */
function lines(seats: readonly SeatView[], self: Page): string[] {
  return seats.flatMap(({ endpoints, hand, name, ...seat }) => {
    const head = seat.seat === self.seat ? seat : { ...seat, hand, name };
    return endpoints.map((each) =>
      JSON.stringify([head, isOf(self, each.endpoint) ? each.endpoint : each])
    );
  });
}
