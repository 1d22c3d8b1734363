/** Every fault there is, alone and by twos. */
import type { SeatId } from "../../lib/protocol/ids.ts";
import type { Presence } from "../../lib/protocol/messages.ts";
import { anyone, FIRST_PLAN, type Happening, someone } from "./faults.ts";
import type { Page } from "./page.ts";
import type { Tab, Thaw, World } from "./world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** What others see of a leaving or a hiding, they see within this. */
const SEEN_WITHIN_MS = 500;

/** What befalls a tab, or the server under it, in an instant. */
type Fault = (world: World, tab: Tab) => void;

const cut: Fault = ({ counts }, { cable }) => {
  const frames = cable?.cut("both");
  if (frames?.lost) counts.add("drops that lost frames");
  if (frames?.split) counts.add("drops in the midst of a batch");
  counts.add("drops");
};

const halfOpen: Fault = ({ counts }, { cable }) => {
  cable?.cut("nobody");
  counts.add("half-open sockets");
};

const cutOneSide: Fault = ({ counts, random }, { cable }) => {
  cable?.cut(random.oneIn(2) ? "client" : "server");
  counts.add("drops one side noticed");
};

const outage: Fault = ({ counts, random, clock }, tab) => {
  tab.blockedUntil = clock.now() + 500 + random.below(20_000);
  tab.cable?.cut(random.oneIn(2) ? "both" : "nobody");
  counts.add("outages");
};

/** The next socket opens, and nobody ever says a word on it. */
const silentServer: Fault = (_world, tab) => {
  tab.mute = true;
  tab.cable?.cut("client");
};

/** Frames go quickly one way and take up to five seconds the other. */
const lopsided: Fault = ({ counts, random }, tab) => {
  const up = random.oneIn(2);
  tab.lopsided = { toServer: up ? 5_000 : 60, toClient: up ? 60 : 5_000 };
  tab.cable?.cut("both");
  counts.add("delays up to 5 s one way");
};

const expire: Fault = (_world, tab) => {
  tab.expired = true;
  tab.cable?.cut("both");
};

const freeze: Fault = (world, tab) => {
  const { random, counts } = world;
  world.freeze(tab, 1_000 + random.below(40_000), thawOf(world));
  counts.add("pages frozen");
};

const setPageClock: Fault = ({ counts, random }, { page }) => {
  page!.clock.jump(random.pick([-HOUR_MS, -20_000, 20_000, HOUR_MS]));
  counts.add("page clocks set");
};

const setServerClock: Fault = ({ counts, random, host }) => {
  host.jump(random.pick([-HOUR_MS, -20_000, 20_000, HOUR_MS, 13 * HOUR_MS]));
  counts.add("server clocks set");
};

const changeNetwork: Fault = ({ counts, random }, { page }) => {
  page!.events.happen(random.pick(["network", "online", "visible"] as const));
  counts.add("networks changed");
};

/** What was sent on this socket for this seat is sent again, as by a page gone astray. */
const resend: Fault = ({ counts }, { cable, page, passed }) => {
  if (!cable?.whole || passed.endpoint !== page!.tenure!.endpoint || passed.toServer.length === 0) {
    return;
  }
  for (const frame of passed.toServer) cable.inject(frame);
  counts.add("events resent");
};

const tellTwice: Fault = ({ counts }, { cable, page, passed }) => {
  if (!cable?.whole || passed.endpoint !== page!.tenure!.endpoint || passed.toClient.length === 0) {
    return;
  }
  for (const frame of passed.toClient) cable.injectToClient(frame);
  counts.add("events told twice");
};

const kill: Fault = (world) => world.kill(world.random.below(4_000));

const FAULTS: readonly Fault[] = [
  cut,
  halfOpen,
  cutOneSide,
  outage,
  silentServer,
  lopsided,
  expire,
  freeze,
  setPageClock,
  setServerClock,
  changeNetwork,
  resend,
  tellTwice,
  kill,
];

/** Two different ones befall one tab, or two. */
async function twoAtOnce(world: World): Promise<void> {
  const { random, counts, seated } = world;
  if (seated.length === 0) return;
  const tab = random.pick(seated);
  const other = random.oneIn(2) ? tab : random.pick(seated);
  const first = random.below(FAULTS.length);
  const second = (first + 1 + random.below(FAULTS.length - 1)) % FAULTS.length;
  if (random.oneIn(2)) tab.page!.chat();
  FAULTS[first](world, tab);
  if (other.page !== null && !other.page.clock.frozen) FAULTS[second](world, other);
  counts.add("two faults at once");
  await world.pass(random.below(3_000));
}

/** While a page is frozen the others talk, and its socket may die. */
async function freezeForMinutes(world: World): Promise<void> {
  const { random, counts } = world;
  const tab = anyone(world);
  if (tab === null) return;
  const ms = MINUTE_MS + random.below(3 * MINUTE_MS);
  world.freeze(tab, ms, thawOf(world));
  counts.add("pages frozen for minutes");
  if (random.oneIn(3)) tab.cable?.cut(random.pick(["both", "client", "nobody"] as const));
  for (let left = ms; left > 0; left -= 30_000) {
    await world.pass(Math.min(left, 30_000));
    someone(world, ({ page }) => random.oneIn(2) ? page!.chat() : page!.signal());
  }
}

function thawOf({ random }: World): Thaw {
  return {
    order: random.pick(["as it came", "timers first", "frames first"]),
    tells: random.pick(["visible", "network", "nothing"]),
  };
}

/** For longer than a seat is kept: the server's absence is nobody's. */
async function longWithoutServer(world: World): Promise<void> {
  const { random, counts } = world;
  const downMs = 2 * MINUTE_MS + random.below(2 * MINUTE_MS);
  world.kill(downMs);
  counts.add("servers gone for minutes");
  await world.pass(downMs);
}

/** The data folder is lost with the process: nobody is known, all come in anew. */
async function loseKey(world: World): Promise<void> {
  const { host, tabs, counts, random } = world;
  host.loseKey();
  for (const { standing } of tabs) standing.excused = true;
  world.kill(random.below(2_000));
  counts.add("keys lost");
  await world.pass(10_000);
}

/** Says something new of all it may, with a name that tells how new. */
function sayAll(world: World): void {
  const { random, counts } = world;
  someone(world, (tab) => {
    const [microphone, camera, screen] = [random.oneIn(2), random.oneIn(2), random.oneIn(4)];
    const media = { microphone, camera, screen };
    // Two devices of one person say the name of one seat, each in its own time.
    const isAlone = !tab.standing.shared && !tab.standing.hasDevices;
    const name = isAlone ? { name: `${tab.person} #${++tab.said}` } : {};
    tab.page!.setState({ hand: random.oneIn(2), media, ...name });
    counts.add("states said");
  });
}

/** Others see a leaving within half a second. */
async function leaveInSight(world: World): Promise<void> {
  await inSight(world, (page) => page.leave(), null, "leaves");
}

/** Others see that a page goes away within half a second; it may come back. */
async function hideInSight(world: World): Promise<void> {
  const tab = await inSight(world, (page) => page.events.happen("hide"), "away", "hidings");
  if (tab === null) return;
  const { page } = tab;
  await world.pass(world.random.below(7_000));
  if (tab.page === page) page!.events.happen("show");
  world.counts.add("away and back");
}

/**
 * Somebody does something; whoever has a quick socket, all the while, sees it in time.
 *
 * @param presence what the others are to see of them; null: nothing
 */
async function inSight(
  world: World,
  act: (page: Page) => void,
  presence: Presence | null,
  what: "leaves" | "hidings",
): Promise<Tab | null> {
  const { random, counts, judge, host } = world;
  const able = world.seated.filter((each) => isSteady(each) && host.shows(each.page!.tenure!));
  // Who shares a session may be replaced any moment.
  const actors = able.filter(({ standing }) => !standing.shared);
  if (actors.length === 0 || !host.isUp) return null;
  const tab = random.pick(actors);
  const { room, tenure } = tab.page!;
  const { endpoint } = tenure!;
  const viewers = able.filter(({ page }) => page !== tab.page && page!.room === room);
  const before = viewers.map(({ cable, page }) => ({ cable, endpoint: page!.tenure!.endpoint }));
  act(tab.page!);
  if (what === "leaves") counts.add("leaves");
  await world.pass(SEEN_WITHIN_MS);
  viewers.forEach((viewer, at) => {
    const { cable, page } = viewer;
    const same = cable === before[at].cable && page?.tenure?.endpoint === before[at].endpoint;
    if (!same || !isSteady(viewer)) return;
    const seen = page.view.flatMap(({ endpoints }) => endpoints)
      .find((each) => each.endpoint === endpoint)?.presence ?? null;
    if (seen !== presence) {
      judge.wrong(`${page.name} sees ${seen} of ${tab.name}, not ${presence}, after 500 ms`);
    }
    counts.add(`${what} seen in time`);
  });
  return tab;
}

/** Seated and heard, over a socket that is open at both ends and quick. */
function isSteady({ page, cable }: Tab): boolean {
  if (page === null || !cable?.quick || page.clock.frozen) return false;
  return page.isSeated && page.client.status.value.is === "open";
}

/** A reload that is back in time has the seat it had. */
async function reloadInTime(world: World): Promise<void> {
  const { random, counts, clock } = world;
  const tab = anyone(world);
  if (tab === null || tab.standing.shared) return;
  const seat: SeatId | null = tab.page!.seat;
  const { room } = tab.page!;
  const isQuick = tab.blockedUntil <= clock.now() && tab.slowestMs <= 60 && !tab.lopsided;
  if (!random.oneIn(3)) tab.page!.events.happen("hide");
  tab.page!.unload();
  tab.page = null;
  counts.add("reloads");
  await world.pass(random.below(3_000));
  const page = world.load(tab);
  if (page.client.returning === null) return;
  if (isQuick && page.client.returning === room && !tab.mute) {
    page.awaitsSeat = seat;
    counts.add("seats had again by a reload");
  }
  page.join(page.client.returning);
  await world.pass(1_000);
}

export const FULL_PLAN: readonly Happening[] = [
  ...FIRST_PLAN,
  { weight: 24, run: twoAtOnce },
  { weight: 1, run: freezeForMinutes },
  { weight: 1, run: longWithoutServer },
  { weight: 1, run: loseKey },
  { weight: 6, run: sayAll },
  { weight: 3, run: leaveInSight },
  { weight: 3, run: hideInSight },
  { weight: 3, run: reloadInTime },
];
