/**
 * What may happen in a step, each with its weight. All draw from the run's own dice. Kept as they
 * are: the seeds pinned in `simulation_test.ts` mean what they meant. New ones go into
 * `more_faults.ts`.
 */
import type { RoomId } from "../../lib/protocol/ids.ts";
import { asId } from "../../lib/protocol/ids.ts";
import type { Tab, World } from "./world.ts";

const ROOMS = [asId<RoomId>("sunday lunch"), asId<RoomId>("just two")];
const MOST_TABS = 8;

/** Something that happens; it does nothing when nobody is there for it to happen to. */
export interface Happening {
  readonly weight: number;
  run(world: World): void | Promise<void>;
}

/** Somebody opens a link, or joins from the page they have. */
export function arrive(world: World): void {
  const { random, counts, tabs } = world;
  const idle = tabs.filter(({ page }) => page !== null && page.room === null && !page.isReplaced);
  const tab = idle.length > 0 && !random.oneIn(3)
    ? random.pick(idle)
    : tabs.length < MOST_TABS
    ? world.openTab()
    : null;
  const page = tab?.page;
  if (!page || page.room !== null || page.isReplaced) return;
  const room = random.oneIn(4) ? ROOMS[1] : ROOMS[0];
  page.join(room, room === ROOMS[1] ? 2 : undefined);
  counts.add("joins");
}

function leave(world: World): void {
  someone(world, ({ page }) => {
    page!.leave();
    world.counts.add("leaves");
  });
}

/** Down or not, with the word of a page that goes or without, back in time or too late. */
export async function reload(world: World): Promise<void> {
  const { random, counts } = world;
  const tab = anyone(world);
  if (tab === null) return;
  if (!random.oneIn(3)) tab.page!.events.happen("hide");
  tab.page!.unload();
  tab.page = null;
  counts.add("reloads");
  await world.pass(random.oneIn(6) ? 5_000 + random.below(3_000) : random.below(2_000));
  const page = world.load(tab);
  if (page.client.returning !== null) page.join(page.client.returning);
}

/** The tab is closed; its last words may be lost. */
function close(world: World): void {
  const { random, counts } = world;
  const tab = anyone(world);
  if (tab === null) return;
  if (random.oneIn(2)) {
    tab.page!.events.happen("hide");
    counts.add("tabs closed");
  } else {
    tab.cable?.cut(random.oneIn(2) ? "server" : "nobody");
    counts.add("crashes");
  }
  world.closeTab(tab);
}

/** Often in the midst of talking. */
async function drop(world: World): Promise<void> {
  const { random, seated } = world;
  if (random.oneIn(2)) {
    for (const { page } of seated) page!.chat();
    await world.pass(random.below(40));
  }
  someone(world, (tab) => {
    const cut = tab.cable?.cut("both");
    if (cut?.lost) world.counts.add("drops that lost frames");
    if (cut?.split) world.counts.add("drops in the midst of a batch");
    world.counts.add("drops");
  });
}

export function halfOpen(world: World): void {
  someone(world, (tab) => {
    tab.cable?.cut("nobody");
    world.counts.add("half-open sockets");
  });
}

/** One side hears of the end, the other one does not. */
export function dropOneSide(world: World): void {
  someone(world, (tab) => {
    tab.cable?.cut(world.random.oneIn(2) ? "client" : "server");
    world.counts.add("drops one side noticed");
  });
}

/** The next socket opens, and nobody ever says a word on it. */
export function muteServer(world: World): void {
  someone(world, (tab) => {
    tab.mute = true;
    tab.cable?.cut("client");
  });
}

/** No network for a while; now and then for longer than a seat is kept. */
export function outage(world: World): void {
  const { random, clock, counts } = world;
  someone(world, (tab) => {
    const long = random.oneIn(12);
    tab.blockedUntil = clock.now() + (long ? 125_000 : 500 + random.below(20_000));
    tab.cable?.cut(random.oneIn(2) ? "both" : "nobody");
    counts.add(long ? "outages longer than a seat is kept" : "outages");
  });
}

/** From the next socket on, frames of this tab take up to five seconds. */
export function slowNetwork(world: World): void {
  someone(world, (tab) => {
    tab.slowestMs = world.random.pick([5, 60, 1_500, 5_000]);
    if (tab.slowestMs === 5_000) world.counts.add("delays up to 5 s");
  });
}

function talk(world: World): void {
  const { random } = world;
  someone(world, ({ page }) => {
    for (let i = random.below(6); i >= 0; i--) {
      if (random.oneIn(2)) page!.chat();
      else page!.signal();
    }
  });
}

function say(world: World): void {
  const { random, counts } = world;
  someone(world, ({ page }) => {
    const [microphone, camera] = [random.oneIn(2), random.oneIn(2)];
    page!.setState({ hand: random.oneIn(2), media: { microphone, camera, screen: false } });
    counts.add("states said");
  });
}

/** The page goes into the back-forward cache and comes back. */
async function hideAndShow(world: World): Promise<void> {
  const tab = anyone(world);
  if (tab === null) return;
  const { page } = tab;
  page!.events.happen("hide");
  await world.pass(world.random.below(8_000));
  if (tab.page !== page) return;
  page!.events.happen("show");
  world.counts.add("away and back");
}

/** A tab is duplicated: both have one session. */
function duplicate(world: World): void {
  const { tabs, random, counts } = world;
  if (tabs.length >= MOST_TABS) return;
  const tab = anyone(world);
  if (tab === null) return;
  const twinTab = world.openTab(tab.memory.copy(), tab, tab.ticket);
  const twin = twinTab.page!;
  tab.standing.shared = twinTab.standing.shared = true;
  if (twin.client.returning !== null) twin.join(twin.client.returning);
  counts.add("tabs duplicated");
  if (random.oneIn(2)) tab.cable?.cut("both");
}

/** "In another tab: use here?" is answered with yes, or the tab is closed. */
function answerReplaced(world: World): void {
  const tab = world.tabs.find(({ page }) => page?.isReplaced);
  if (tab === undefined) return;
  if (world.random.oneIn(2)) {
    tab.page!.client.start();
    world.counts.add("sessions taken back");
  } else world.closeTab(tab);
}

/** A second device joins with a ticket of the first. */
async function bringDevice(world: World): Promise<void> {
  const { tabs, counts } = world;
  const tab = anyone(world);
  if (tab === null || tabs.length >= MOST_TABS || tab.page!.room === null) return;
  const { room } = tab.page!;
  world.tickets.length = 0;
  tab.cable?.inject(JSON.stringify({ type: "ticket?" }));
  await world.pass(3_000);
  const ticket = world.tickets.pop();
  if (ticket === undefined) return;
  const device = world.openTab(undefined, tab, ticket);
  tab.standing.hasDevices = device.standing.hasDevices = true;
  device.page!.join(room!);
  counts.add("second devices");
}

/** The server dies at any moment and is back within four seconds. */
async function restart(world: World): Promise<void> {
  await killAndStart(world, world.random.below(4_000));
}

/** The server dies right after it took an event, before anybody had it. */
async function killBetween(world: World): Promise<void> {
  const { random, ledger, seated } = world;
  const sender = seated.find(({ page }) => page!.view.length > 1 && !random.oneIn(3))?.page;
  const id = sender && (random.oneIn(2) ? sender.chat() : sender.signal());
  if (!id) return;
  for (let i = 0; i < 300 && !ledger.isAccepted(id); i++) await world.pass(5);
  await killAndStart(world, random.below(2_000));
}

/** The server says that it goes, and goes. */
async function drain(world: World): Promise<void> {
  world.host.drain();
  world.counts.add("drains");
  await world.pass(world.random.below(1_500));
  await killAndStart(world, world.random.below(500));
}

/** After a restart some come back late, and somebody new comes in between. */
async function restartAmongNewcomers(world: World): Promise<void> {
  const { random, clock, seated } = world;
  for (const tab of seated) {
    if (random.oneIn(2)) tab.blockedUntil = clock.now() + 6_000 + random.below(6_000);
  }
  await killAndStart(world, 100);
  await world.pass(2_000 + random.below(3_000));
  arrive(world);
  await world.pass(1_000);
}

async function killAndStart(world: World, downMs: number): Promise<void> {
  const { host, ledger, counts } = world;
  if (ledger.underWay > 0) counts.add("kills between acceptance and delivery");
  host.kill();
  ledger.life++;
  counts.add("kills");
  await world.pass(downMs);
  host.start();
}

/** Somebody inside, or null. */
export function anyone({ random, seated }: World): Tab | null {
  return seated.length === 0 ? null : random.pick(seated);
}

export function someone(world: World, happens: (tab: Tab) => void): void {
  const tab = anyone(world);
  if (tab !== null) happens(tab);
}

/** The plan of the first seeds. */
export const FIRST_PLAN: readonly Happening[] = [
  { weight: 14, run: arrive },
  { weight: 3, run: leave },
  { weight: 5, run: reload },
  { weight: 2, run: close },
  { weight: 5, run: drop },
  { weight: 3, run: halfOpen },
  { weight: 3, run: dropOneSide },
  { weight: 2, run: muteServer },
  { weight: 4, run: outage },
  { weight: 3, run: slowNetwork },
  { weight: 30, run: talk },
  { weight: 4, run: say },
  { weight: 2, run: hideAndShow },
  { weight: 2, run: duplicate },
  { weight: 3, run: answerReplaced },
  { weight: 2, run: bringDevice },
  { weight: 2, run: restart },
  { weight: 6, run: killBetween },
  { weight: 1, run: drain },
  { weight: 2, run: restartAmongNewcomers },
];
