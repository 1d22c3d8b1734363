/**
 * The path between two breaks: everything one has is cut, only the way between the two, or the
 * address changes. In network namespaces; each person in a browser on a cable of their own.
 */
import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { LiveServer } from "../../e2e/support/live_server.ts";
import { canMakeNetworks } from "../../e2e/support/netns.ts";
import { type Cable, Network } from "../../e2e/support/network.ts";
import type { Person } from "../../e2e/support/person.ts";
import { cameraArguments, withWorld, type World } from "../../e2e/support/world.ts";
import { type Figures, type Goal, type Pace, type Scene, SMALL } from "../scene.ts";

const FRAMES_PER_SECOND = 8;
const BACK: Goal = { p50: 3_000, p95: 8_000 };
/** Nothing new for so long is a broken path, whatever the machine is busy with. */
const FLAT_MS = 1_500;
/** What a receiver may still hold back when nothing comes any more. */
const PLAYED_OUT_MS = 400;
const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 60_000;
/** And then it is to be seen. */
const SAYS_WHY_AFTER_S = 30;

interface Pair {
  readonly ana: Person;
  readonly ben: Person;
  /** Ben's. */
  readonly cable: Cable;
  readonly network: Network;
}

/** What is told of scenes that are skipped. */
export const NEEDED = "network namespaces need Linux, root and iproute2";

/** Plays rounds of one fault in a call of two. */
type Round = (pair: Pair, figures: Figures, round: number) => Promise<void>;

function scene(name: string, round: Round): Scene {
  return {
    name,
    cannot: async () => await canMakeNetworks() ? null : NEEDED,
    play: ({ rounds }: Pace, figures: Figures) =>
      onNetworks(async (pair) => {
        for (let each = 0; each < rounds; each++) await round(pair, figures, each);
      }),
  };
}

async function onNetworks(play: (pair: Pair) => Promise<void>): Promise<void> {
  const network = await Network.make();
  try {
    const server = await LiveServer.start({ hostname: network.host });
    const [more, less] = cameraArguments(FRAMES_PER_SECOND);
    const secure = `--unsafely-treat-insecure-origin-as-secure=${server.base}`;
    await withWorld(async (world) => {
      const cables = [await network.plug(), await network.plug()];
      const browsers = await Promise.all(
        cables.map((cable) => network.launch(cable, [...more, secure], less)),
      );
      try {
        const [ana, ben] = await seat(world, browsers);
        await play({ ana, ben, cable: cables[1], network });
      } finally {
        for (const browser of browsers) await browser.close();
      }
    }, { server, expected: /WebSocket connection|ERR_/ });
  } finally {
    await network.remove();
  }
}

async function seat(
  world: World,
  browsers: readonly Browser[],
): Promise<[Person, Person]> {
  const ana = await world.person("Ana", { browser: browsers[0], ...SMALL });
  const ben = await world.person("Ben", { browser: browsers[1], ...SMALL });
  for (const one of [ana, ben]) {
    await one.enter("/r/paths");
    await one.phase("waiting", "live");
  }
  await Promise.all([ana.seesAndHears("Ben"), ben.seesAndHears("Ana")]);
  return [ana, ben];
}

/** When a page last got anything of the two kinds; kept by the page itself, in ms since 1970. */
interface Arrivals {
  readonly audio: number[];
  readonly video: number[];
}

declare global {
  var arrivals: Arrivals | undefined;
}

/** Notes in the page when sound came and pictures were decoded, as looked at every few ms. */
function noteArrivals(everyMs: number): void {
  if (globalThis.arrivals) return;
  const arrivals = { audio: [] as number[], video: [] as number[] };
  globalThis.arrivals = arrivals;
  let before = { audio: 0, video: 0 };
  const look = async () => {
    const now = { audio: 0, video: 0 };
    for (const peer of globalThis.probe.peers) {
      if (peer.connectionState === "closed") continue;
      for (const report of (await peer.getStats()).values()) {
        if (report.type !== "inbound-rtp") continue;
        if (report.kind === "audio") now.audio += report.packetsReceived ?? 0;
        else now.video += report.framesDecoded ?? 0;
      }
    }
    for (const kind of ["audio", "video"] as const) {
      if (now[kind] > before[kind]) arrivals[kind].push(Date.now());
    }
    before = now;
    setTimeout(look, everyMs);
  };
  look();
}

/** The first arrival of both kinds after a moment; null while there is none. */
function bothSince(fromMs: number): number | null {
  const { audio, video } = globalThis.arrivals!;
  const first = [audio, video].map((times) => times.find((time) => time > fromMs));
  return first[0] === undefined || first[1] === undefined ? null : Math.max(first[0], first[1]);
}

/** How long after `fromMs` sound and picture came again, on both pages; the later one. */
async function backAfterMs(pair: Pair, fromMs: number): Promise<number> {
  const times = await Promise.all([pair.ana, pair.ben].map(async ({ page }) => {
    const found = await page.waitForFunction(bothSince, fromMs, { timeout: PATIENCE_MS });
    return await found.jsonValue() as number;
  }));
  return Math.max(...times) - fromMs;
}

async function noteAt(pair: Pair): Promise<void> {
  for (const { page } of [pair.ana, pair.ben]) await page.evaluate(noteArrivals, LOOK_EVERY_MS);
}

/** Waits until nothing has come to either page for a while. */
async function flat(pair: Pair): Promise<void> {
  await Promise.all([pair.ana, pair.ben].map(({ page }) =>
    page.waitForFunction((flatMs) => {
      const { audio, video } = globalThis.arrivals!;
      return Date.now() - Math.max(audio.at(-1) ?? 0, video.at(-1) ?? 0) > flatMs;
    }, FLAT_MS)
  ));
}

function lasts(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/** All that one of them has is cut for a while. */
function networkLost(seconds: number): Round {
  return async (pair, figures) => {
    await noteAt(pair);
    await pair.cable.cut();
    const healed = lasts(seconds * 1000);
    await flat(pair);
    await pair.ana.tile("Ben").getByText("Ben is reconnecting").waitFor();
    await pair.ben.tile("Ana").getByText("Ana is reconnecting").waitFor();
    if (seconds > SAYS_WHY_AFTER_S) {
      await says(pair.ana, "Ben", "Their network is down");
      await says(pair.ben, "Ana", "Your network is down");
    }
    await healed;
    await pair.cable.heal();
    const healedMs = Date.now();
    figures.note("sound and picture back after the heal", await backAfterMs(pair, healedMs), BACK);
    await settled(pair);
  };
}

/** Each reaches the server, neither the other. */
function wayLost(seconds: number): Round {
  return async (pair, figures) => {
    await noteAt(pair);
    await pair.network.part(true);
    const healed = lasts(seconds * 1000);
    await flat(pair);
    await pair.ana.tile("Ben").getByText("Ben is reconnecting").waitFor();
    if (seconds > SAYS_WHY_AFTER_S) {
      await says(pair.ana, "Ben", "Your networks do not let you reach each other.");
    }
    await healed;
    await pair.network.part(false);
    const healedMs = Date.now();
    figures.note("sound and picture back after the heal", await backAfterMs(pair, healedMs), BACK);
    await settled(pair);
  };
}

const changeOfAddress: Round = async (pair, figures) => {
  await noteAt(pair);
  const fromMs = Date.now();
  await pair.cable.changeAddress();
  // What was on its way is played out; nothing that was sent to the old address comes any more.
  const backMs = await backAfterMs(pair, fromMs + PLAYED_OUT_MS);
  figures.note("sound and picture back after the change", PLAYED_OUT_MS + backMs, BACK);
  await settled(pair);
};

async function says(one: Person, other: string, words: string): Promise<void> {
  await one.tile(other).getByText(words).waitFor({ timeout: PATIENCE_MS });
}

/** Both in the call, each with the other's one tile, and no words over it. */
async function settled(pair: Pair): Promise<void> {
  for (const [one, other] of [[pair.ana, pair.ben], [pair.ben, pair.ana]] as const) {
    await one.page.locator('[data-phase="live"]').waitFor({
      timeout: PATIENCE_MS,
      state: "attached",
    });
    await one.tile(other.name).locator(".link-words").waitFor({ state: "detached" });
    await one.tileAdvances(other.name);
    assert.equal(await one.others().count(), 1);
  }
}

export const networkLost10 = scene("network-lost-10", networkLost(10));
export const networkLost40 = scene("network-lost-40", networkLost(40));
export const wayLost10 = scene("way-lost-10", wayLost(10));
export const wayLost40 = scene("way-lost-40", wayLost(40));
export const addressChanged = scene("address-changed", changeOfAddress);
