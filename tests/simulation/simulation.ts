/**
 * The real client against the real server, on a clock that is moved by hand and a network that
 * loses what it likes. One seed, one run, always the same.
 */
import assert from "node:assert/strict";
import type { SeatView } from "../../lib/protocol/messages.ts";
import { viewSeats } from "../../lib/signaling/room_state.ts";
import type { Counter } from "./counter.ts";
import { HAPPENINGS } from "./faults.ts";
import type { Page } from "./page.ts";
import { World } from "./world.ts";

/** A quiet moment after each so many steps: everything is healed, and looked over. */
const QUIET_EVERY_STEPS = 100;
/** Longer than the slowest way back: half-open at both ends, five seconds a frame. */
const QUIET_MS = 60_000;
/** Longer than an absent seat is kept. */
const LONG_QUIET_MS = 150_000;

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
  readonly problems: readonly string[];
}

/** Runs `steps` random steps. Throws when something that must always hold does not. */
export async function simulate(seed: number, steps: number): Promise<Report> {
  const world = new World(seed);
  const end = { ghosts: 0, leftBehind: 0 };
  try {
    for (let at = 1; at <= steps; at++) {
      await draw(world).run(world);
      await world.pass(world.random.below(1_200));
      if (at % QUIET_EVERY_STEPS === 0) await quiet(world, QUIET_MS);
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
  return { seed, counts: world.counts, lost, doubled, reordered, ...end, problems };
}

function draw({ random }: World): typeof HAPPENINGS[number] {
  const all = HAPPENINGS.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.below(all);
  for (const happening of HAPPENINGS) {
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
      ["does not see", seats, [...page.view.values()]],
      ["still sees", [...page.view.values()], seats],
    ] as const
  ) {
    const known = new Set(lines(other, page));
    for (const line of lines(one, page)) {
      if (!known.has(line)) wrong(`${page.name} ${what} ${line}`);
    }
  }
  const own = seats.find((seat) => seat.seat === page.seat)!;
  const media = own.endpoints.find(({ endpoint }) => isOf(page, endpoint))!.media;
  try {
    assert.deepEqual(media, page.state.media);
  } catch {
    wrong(
      `${page.name} says ${JSON.stringify(page.state.media)}, others hear ${JSON.stringify(media)}`,
    );
  }
}

/** A line for each endpoint, with all there is to see of it; nobody is told of what is its own. */
function lines(seats: readonly SeatView[], self: Page): string[] {
  return seats.flatMap(({ endpoints, hand, ...seat }) => {
    const head = seat.seat === self.seat ? seat : { ...seat, hand };
    return endpoints.map((each) =>
      JSON.stringify([head, isOf(self, each.endpoint) ? each.endpoint : each])
    );
  });
}
