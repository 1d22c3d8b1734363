/** A page sleeps for minutes: frozen by its browser, or with its whole machine. */
import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { launchChromium } from "../../e2e/support/chromium.ts";
import { everybodyAdvances } from "../../e2e/support/everybody.ts";
import type { Person } from "../../e2e/support/person.ts";
import { phaseAtMs, type Seen, watch } from "../../e2e/support/watch.ts";
import { cameraArguments, withWorld } from "../../e2e/support/world.ts";
import { ABSENT_KEPT_MS } from "../../../lib/protocol/limits.ts";
import { type Figures, type Pace, type Scene, SMALL } from "../scene.ts";

const FRAMES_PER_SECOND = 8;
/** Of 20 ms each. */
const QUIET_PACKETS = 50;
const FULL_MS = 100_000;
/** Beyond the two minutes for which a seat is kept. */
const LONG_MS = 180_000;
/** Long enough for the server to give the socket up (15 s), and the seat to be absent. */
const SHORT_MS = 18_000;

/** Puts to sleep; what is returned wakes. */
type Sleep = (person: Person, browser: Browser) => Promise<() => Promise<void>>;

/** @param long whether the seat is lost meanwhile */
function scene(name: string, sleep: Sleep, long = false): Scene {
  return {
    name,
    play: ({ rounds, full }: Pace, figures: Figures) =>
      withWorld(async (world) => {
        const [more, less] = cameraArguments(FRAMES_PER_SECOND);
        const browser = await launchChromium(more, less);
        const ana = await world.person("Ana", SMALL);
        const ben = await world.person("Ben", { browser, ...SMALL });
        try {
          for (const one of [ana, ben]) {
            await one.enter("/r/asleep");
            await one.phase("waiting", "live");
          }
          await everybodyAdvances([ana, ben]);
          await ben.button("Mute microphone").click();
          await ana.tile("Ben").getByText("Muted").waitFor({ state: "attached" });
          await isSilent(ana);
          for (let round = 0; round < rounds; round++) {
            const lastsMs = long ? LONG_MS : full ? FULL_MS : SHORT_MS;
            await once(ana, ben, () => sleep(ben, browser), lastsMs, figures);
          }
        } finally {
          await browser.close();
        }
      }, { framesPerSecond: FRAMES_PER_SECOND, expected: /WebSocket connection/ }),
  };
}

/** What was said before the mute has been played out. */
async function isSilent(listener: Person): Promise<void> {
  let last = await listener.media();
  await listener.mediaUntil("silence", (now) => {
    if (now.audioPackets < last.audioPackets + QUIET_PACKETS) return false;
    const rise = now.audioEnergy - last.audioEnergy;
    last = now;
    return rise < 1e-9;
  });
}

async function once(
  ana: Person,
  ben: Person,
  sleep: () => Promise<() => Promise<void>>,
  lastsMs: number,
  figures: Figures,
): Promise<void> {
  const seats = [await ana.seatOf("Ben"), await ben.seatOf("Ana")];
  const [endAna, endBen] = [await watch(ana.page), await watch(ben.page)];
  const wake = await sleep();
  await new Promise((done) => setTimeout(done, lastsMs));
  const wokenMs = Date.now();
  await wake();
  await ben.page.locator('[data-phase="live"]').waitFor({ state: "attached" });
  await everybodyAdvances([ana, ben]);
  figures.note("moving pictures on both sides after waking", Date.now() - wokenMs);
  const [seenAna, seenBen] = [await endAna(), await endBen()];
  figures.note("in the room again after waking", Math.max(0, liveAgainMs(seenBen, wokenMs)));
  assert.equal(await ben.seatOf("Ana"), seats[1], "who slept finds the same seats");
  const kept = lastsMs < ABSENT_KEPT_MS;
  assert.equal(await ana.seatOf("Ben") === seats[0], kept, "and has its own if that was kept");
  for (const { came, went, said } of kept ? [seenAna, seenBen] : [seenBen]) {
    assert.deepEqual([came, went], [[], []], "the same tiles");
    assert.deepEqual(said.filter((text) => /left|gone|joined/.test(text)), []);
  }
  await ben.button("Unmute microphone").waitFor();
  const heard = seenAna.tracks.filter(({ kind }) => kind === "audio").map(({ energy }) => energy);
  assert.ok(heard.every((energy) => energy < 1e-6), `mute was kept throughout: ${heard}`);
}

function liveAgainMs(seen: Seen, wokenMs: number): number {
  return phaseAtMs(seen, "live") - wokenMs;
}

/**
 * No script and no timer of the page runs, while sound and picture go on. By the debugger: asked to
 * freeze a page that is in a call, headless Chromium says yes and lets it run.
 */
const freeze: Sleep = async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  await session.send("Debugger.enable");
  await session.send("Debugger.pause");
  return async () => {
    await session.send("Debugger.resume");
    await session.detach();
  };
};

/** As a laptop whose lid is closed: all of the browser's processes stand still, its media too. */
const stop: Sleep = async (_person, browser) => {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const ids = processInfo.map(({ id }) => id);
  for (const id of ids) Deno.kill(id, "SIGSTOP");
  return async () => {
    for (const id of ids) Deno.kill(id, "SIGCONT");
    await session.detach();
  };
};

export const pageFrozen = scene("page-frozen", freeze);
export const pageFrozenLong = scene("page-frozen-3-min", freeze, true);
export const machineSlept = scene("machine-slept", stop);
