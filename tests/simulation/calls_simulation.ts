/**
 * People who call each other by name while tabs, networks and servers come and go. One seed, one
 * run, always the same. What must hold: every call comes to exactly one ending, the same for both,
 * nothing rings for ever, and nobody talks alone.
 */
import assert from "node:assert/strict";
import { CALL_ENDINGS, type CallEnding } from "../../lib/protocol/names_messages.ts";
import { Counter } from "./counter.ts";
import { Browser, type Page, type Tab, Town } from "./town.ts";

const PEOPLE = ["Ana", "Ben", "Cleo", "Dara"];
const MOST_TABS = 8;
const QUIET_EVERY_STEPS = 40;
/** Longer than anything rings, and than a room keeps the seat of somebody who is gone. */
const QUIET_MS = 150_000;

export const CALL_KINDS = [
  ...CALL_ENDINGS.map((why) => `ended: ${why}`),
  "calls placed",
  "calls to watch",
  "calls at once from both sides",
  "calls refused",
  "accepted",
  "accepted without camera",
  "declined",
  "cancelled",
  "hung up",
  "reloads",
  "reloads while ringing",
  "tabs closed",
  "tabs opened",
  "drops",
  "half-open sockets",
  "outages",
  "outages longer than a call rings",
  "kills",
  "kills while ringing",
  "drains",
  "senseless messages",
  "do not disturb",
  "talks alive after a quiet time",
] as const;

interface Play {
  readonly town: Town;
  readonly browsers: readonly Browser[];
  readonly counts: Counter;
}

/** Runs `steps` random steps and fails where something does not hold. */
export async function simulateCalls(seed: number, steps: number): Promise<Counter> {
  const town = new Town(seed);
  const counts = new Counter(CALL_KINDS);
  const browsers = PEOPLE.map((person) => new Browser(person));
  const play: Play = { town, browsers, counts };
  try {
    for (const browser of browsers) await town.named(browser.person, browser);
    for (let at = 1; at <= steps; at++) {
      await draw(town).run(play);
      await town.pass(town.random.oneIn(12) ? town.random.below(50_000) : town.random.below(900));
      assert.deepEqual(town.failures, []);
      if (at % QUIET_EVERY_STEPS === 0) await quiet(play);
    }
    await quiet(play);
    for (const why of town.endings.values()) counts.add(`ended: ${why}`);
  } finally {
    const left = town.end();
    assert.equal(left, 0, "a timer was left behind");
  }
  return counts;
}

// ---- what may happen ----------------------------------------------------------------------------------

interface Happening {
  readonly weight: number;
  run(play: Play): void | Promise<void>;
}

function draw({ random }: Town): Happening {
  const all = HAPPENINGS.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.below(all);
  return HAPPENINGS.find(({ weight }) => (left -= weight) < 0)!;
}

function pages({ town }: Play): Page[] {
  return town.tabs.flatMap(({ page }) => page ?? []);
}

/** One of those for whom it makes sense. */
function one(play: Play, fits: (page: Page) => boolean, happens: (page: Page) => void): void {
  const some = pages(play).filter(fits);
  if (some.length > 0) happens(play.town.random.pick(some));
}

const isRinging = ({ names }: Page) => {
  const stage = names.outgoing.value?.stage.is ?? "over";
  return names.incoming.value !== null || stage !== "over";
};

function place(play: Play): void {
  const { town: { random }, counts } = play;
  one(play, ({ names }) => names.outgoing.value === null, ({ names }) => {
    const kind = random.oneIn(6) ? "watch" : "talk";
    void names.call(random.pick(PEOPLE), kind);
    counts.add("calls placed");
    if (kind === "watch") counts.add("calls to watch");
  });
}

async function placeBoth(play: Play): Promise<void> {
  const { town, counts } = play;
  const [one, other] = [...PEOPLE].sort(() => town.random.next() - 0.5);
  for (const [from, to] of [[one, other], [other, one]]) {
    const tab = town.tabs.find(({ browser }) => browser.person === from);
    void tab?.page?.names.call(to);
    await town.pass(town.random.below(30));
  }
  counts.add("calls at once from both sides");
}

function accept(play: Play): void {
  const { town: { random }, counts } = play;
  one(play, ({ names }) => names.incoming.value !== null, ({ names }) => {
    const camera = !random.oneIn(4);
    void names.accept(camera);
    counts.add("accepted");
    if (!camera) counts.add("accepted without camera");
  });
}

function decline(play: Play): void {
  one(play, ({ names }) => names.incoming.value !== null, ({ names }) => {
    names.decline();
    play.counts.add("declined");
  });
}

function cancel(play: Play): void {
  one(play, ({ names }) => names.outgoing.value !== null, ({ names }) => {
    if (names.outgoing.value?.stage.is === "over") return names.dismiss();
    names.cancel();
    play.counts.add("cancelled");
  });
}

function hangUp(play: Play): void {
  one(play, ({ names }) => names.talk.value !== null, ({ names }) => {
    if (!names.talk.value!.over) play.counts.add("hung up");
    names.hangUp();
  });
}

function reload({ town, counts }: Play): void {
  // In a talk the page has another address: its room brings it back, which others try.
  const some = town.tabs.filter(({ page }) => page!.room === null);
  if (some.length === 0) return;
  const tab = town.random.pick(some);
  counts.add("reloads");
  if (isRinging(tab.page!)) counts.add("reloads while ringing");
  town.reload(tab);
}

function close({ town, counts }: Play): void {
  if (town.tabs.length === 0) return;
  const tab = town.random.pick(town.tabs);
  const others = town.tabs.filter(({ browser }) => browser === tab.browser);
  if (others.length === 1 && !town.random.oneIn(3)) return;
  if (town.random.oneIn(3)) tab.cable?.cut("nobody");
  town.close(tab);
  counts.add("tabs closed");
}

/** Who calls goes, or who is called, with all their tabs. */
function closeRinging({ town, counts }: Play): void {
  const ringing = town.tabs.filter(({ page }) => isRinging(page!));
  if (ringing.length === 0) return;
  const tab = town.random.pick(ringing);
  const calls = tab.page!.names.outgoing.value !== null;
  const going = town.tabs.filter((each) =>
    each === tab || (!calls && each.browser === tab.browser)
  );
  for (const each of going) town.close(each);
  counts.add("tabs closed", going.length);
}

function open({ town, browsers, counts }: Play): void {
  if (town.tabs.length >= MOST_TABS) return;
  const absent = browsers.filter((each) => town.tabs.every(({ browser }) => browser !== each));
  town.open(town.random.pick(absent.length > 0 ? absent : browsers));
  counts.add("tabs opened");
}

function cut(kind: "drops" | "half-open sockets", heard: "both" | "nobody") {
  return ({ town, counts }: Play) => {
    if (town.tabs.length === 0) return;
    town.random.pick(town.tabs).cable?.cut(heard);
    counts.add(kind);
  };
}

function outage({ town, counts }: Play): void {
  if (town.tabs.length === 0) return;
  const tab = town.random.pick(town.tabs);
  const long = town.random.oneIn(6);
  tab.blockedUntil = town.clock.now() + (long ? 70_000 : 500 + town.random.below(20_000));
  tab.cable?.cut(town.random.oneIn(2) ? "both" : "nobody");
  counts.add(long ? "outages longer than a call rings" : "outages");
}

function slow({ town }: Play): void {
  if (town.tabs.length > 0) town.random.pick(town.tabs).slowestMs = town.random.pick([5, 60, 1500]);
}

async function kill(play: Play): Promise<void> {
  const { town, counts } = play;
  counts.add("kills");
  if (pages(play).some(isRinging)) counts.add("kills while ringing");
  town.kill();
  await town.pass(town.random.below(4_000));
  town.start();
}

async function drain(play: Play): Promise<void> {
  void play.town.server!.drain();
  play.counts.add("drains");
  await play.town.pass(play.town.random.below(800));
  await kill(play);
}

/** Ids that are others' or nobody's, answers nobody asked for. */
function nonsense(play: Play): void {
  const { town: { random }, counts } = play;
  const ids = pages(play).flatMap(({ names }) => {
    return [names.incoming.value?.call, names.talk.value?.call].filter((id) => !!id);
  });
  const call = (random.oneIn(3) || ids.length === 0 ? "forged" : random.pick(ids)!) as never;
  one(play, ({ names }) => {
    const { outgoing, incoming, talk } = names;
    return ![outgoing, incoming, talk].some((each) => each.value?.call === call);
  }, ({ client, names }) => {
    const me = names.me.value;
    const involved = "name" in me && pages(play).some((page) => {
      const own = page.names.me.value;
      const { outgoing, incoming, talk } = page.names;
      const has = [outgoing, incoming, talk].some((each) => each.value?.call === call);
      return has && "name" in own && own.name === me.name;
    });
    if (involved) return; // a tab of one of the two may say such things
    const key = "-".repeat(87);
    const type = random.pick(["cancel", "decline", "hangup"] as const);
    if (random.oneIn(2)) client.say({ type, call });
    else client.say({ type: "accept", call, key, camera: true });
    counts.add("senseless messages");
  });
}

function disturb(play: Play): void {
  one(play, () => true, ({ names }) => {
    names.setDnd(!names.dnd.value);
    play.counts.add("do not disturb");
  });
}

const HAPPENINGS: readonly Happening[] = [
  { weight: 22, run: place },
  { weight: 4, run: placeBoth },
  { weight: 12, run: accept },
  { weight: 6, run: decline },
  { weight: 7, run: cancel },
  { weight: 8, run: hangUp },
  { weight: 5, run: reload },
  { weight: 3, run: close },
  { weight: 3, run: closeRinging },
  { weight: 6, run: open },
  { weight: 5, run: cut("drops", "both") },
  { weight: 3, run: cut("half-open sockets", "nobody") },
  { weight: 4, run: outage },
  { weight: 3, run: slow },
  { weight: 4, run: kill },
  { weight: 1, run: drain },
  { weight: 5, run: nonsense },
  { weight: 2, run: disturb },
];

// ---- what must hold -----------------------------------------------------------------------------------

/** Heals everything, waits until all that can come has come, and looks it over. */
async function quiet(play: Play): Promise<void> {
  const { town } = play;
  for (const tab of town.tabs) {
    tab.blockedUntil = 0;
    tab.slowestMs = 20;
    if (tab.page?.names.dnd.value) tab.page.names.setDnd(false);
  }
  await town.pass(QUIET_MS);
  const problems = [
    ...town.tabs.flatMap((tab) => lookAt(play, tab)),
    ...compareEndings(play),
    ...town.failures,
  ];
  assert.deepEqual(problems, []);
}

function lookAt({ town, counts }: Play, { browser, page }: Tab): string[] {
  const { person } = browser;
  const { me, outgoing, incoming, talk } = page!.names;
  const problems: string[] = [];
  if (me.value.is !== "held") problems.push(`${person} is ${me.value.is}`);
  if (incoming.value !== null) problems.push(`it still rings at ${person}'s`);
  const stage = outgoing.value?.stage;
  if (stage !== undefined && stage.is !== "over") problems.push(`${person} still calls`);
  if (stage?.is === "over") counts.once(outgoing.value!.call, "calls refused");
  if (talk.value === null || talk.value.over) return problems;
  counts.add("talks alive after a quiet time");
  const { call, address } = talk.value;
  const others = town.tabs.filter((tab) => {
    const theirs = tab.page!.names.talk.value;
    return tab.page !== page && theirs?.call === call && !theirs.over;
  });
  if (others.length !== 1) problems.push(`${person} talks with ${others.length} others`);
  else if (others[0].page!.names.talk.value!.address !== address) problems.push("two addresses");
  return problems;
}

/** What the two noted of a call is the same. */
function compareEndings({ browsers }: Play): string[] {
  const noted = new Map<string, { readonly end: CallEnding | "not-there"; readonly by: string }>();
  const problems: string[] = [];
  for (const { memory, person } of browsers) {
    for (const { call, end } of JSON.parse(memory.get("tertulia.calls") ?? "[]")) {
      const other = noted.get(call);
      if (other !== undefined && other.end !== end) {
        problems.push(`${call} ended as ${other.end} for ${other.by}, as ${end} for ${person}`);
      }
      noted.set(call, { end, by: person });
    }
  }
  return problems;
}
