/** The signaling socket dies alone, or only looks alive; the call of two does not notice. */
import assert from "node:assert/strict";
import { everybodyAdvances } from "../../e2e/support/everybody.ts";
import { LiveServer } from "../../e2e/support/live_server.ts";
import { Proxy } from "../../e2e/support/proxy.ts";
import type { Person } from "../../e2e/support/person.ts";
import { againIn, phaseAtMs, watch, worstGapMs } from "../../e2e/support/watch.ts";
import { withWorld } from "../../e2e/support/world.ts";
import { type Figures, type Pace, type Scene, SMALL } from "../scene.ts";

const FRAMES_PER_SECOND = 10;
/** Silence of 15 s is what the client waits for, and then some. */
const PATIENCE_MS = 30_000;

interface Pair {
  readonly ana: Person;
  /** Behind the proxy. */
  readonly ben: Person;
  readonly proxy: Proxy;
}

/** Breaks Ben's socket; what is returned is done once the page knows. */
type Break = (pair: Pair) => Promise<void> | void;

function scene(name: string, what: string, breakIt: Break): Scene {
  return {
    name,
    async play({ rounds }: Pace, figures: Figures) {
      const server = await LiveServer.start();
      const proxy = new Proxy(server.port);
      await withWorld(async (world) => {
        const ana = await world.person("Ana", SMALL);
        const ben = await world.person("Ben", { base: proxy.base, ...SMALL });
        for (const one of [ana, ben]) {
          await one.enter("/r/socket");
          await one.phase("waiting", "live");
        }
        await everybodyAdvances([ana, ben]);
        for (let round = 0; round < rounds; round++) {
          await once({ ana, ben, proxy }, what, breakIt, round, figures);
        }
        await proxy.stop();
      }, { server, framesPerSecond: FRAMES_PER_SECOND, expected: /WebSocket connection|ERR_/ });
    },
  };
}

async function once(
  pair: Pair,
  what: string,
  breakIt: Break,
  round: number,
  figures: Figures,
): Promise<void> {
  const { ana, ben } = pair;
  const ends = await Promise.all([ana, ben].map((one) => watch(one.page)));
  const fromMs = Date.now();
  await breakIt(pair);
  // Said on a socket that hears nothing any more, or on none.
  const mutes = round % 2 === 0;
  await ben.button(mutes ? "Mute microphone" : "Unmute microphone").click();
  await againIn(ben.page, "live", PATIENCE_MS);
  await ana.tile("Ben").getByText("Muted").waitFor({ state: mutes ? "attached" : "detached" });
  await everybodyAdvances([ana, ben]);
  const seen = await Promise.all(ends.map((end) => end()));
  figures.note(`${what}, until another serves`, phaseAtMs(seen[1], "live") - fromMs);
  figures.note("a track's longest standstill", worstGapMs(seen), { max: 200 });
  for (const each of seen) assert.deepEqual([each.came, each.went], [[], []], "nobody moved");
}

/** The browser says that it is online again, as after a change of network. */
async function tellOnline({ ben }: Pair): Promise<void> {
  await ben.page.evaluate(() => void dispatchEvent(new Event("online")));
}

export const halfOpen = scene(
  "half-open",
  "the socket half-open",
  ({ proxy }) => proxy.hush(false),
);
export const halfOpenOnline = scene(
  "half-open-online",
  "the socket half-open, the network another",
  async (pair) => {
    pair.proxy.hush(false);
    await tellOnline(pair);
  },
);
export const socketCut = scene("socket-cut", "the socket cut", ({ proxy }) => proxy.cut());
