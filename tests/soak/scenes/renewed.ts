/** A page is loaded again, or loses its connection on one side only; the call of two goes on. */
import assert from "node:assert/strict";
import { everybodyAdvances } from "../../e2e/support/everybody.ts";
import type { Person } from "../../e2e/support/person.ts";
import { watch } from "../../e2e/support/watch.ts";
import { withWorld } from "../../e2e/support/world.ts";
import type { Figures, Pace, Scene } from "../scene.ts";

const FRAMES_PER_SECOND = 10;

type Break = (ben: Person) => Promise<unknown>;

function scene(name: string, what: string, breakIt: Break): Scene {
  return {
    name,
    play: ({ rounds }: Pace, figures: Figures) =>
      withWorld(async (world) => {
        const [ana, ben] = await world.pair("/r/renewed");
        await ben.button("Mute microphone").click();
        for (let round = 0; round < rounds; round++) {
          await once(ana, ben, what, breakIt, figures);
        }
      }, { framesPerSecond: FRAMES_PER_SECOND }),
  };
}

async function once(
  ana: Person,
  ben: Person,
  what: string,
  breakIt: Break,
  figures: Figures,
): Promise<void> {
  const seats = [await ana.seatOf("Ben"), await ben.seatOf("Ana")];
  const before = (await ana.media()).framesDecoded;
  const end = await watch(ana.page);
  const fromMs = Date.now();
  await breakIt(ben);
  await ana.mediaUntil(
    "the picture on a new connection",
    (now) => now.inboundVideo === 1 && now.framesDecoded > 0 && now.framesDecoded < before,
  );
  await everybodyAdvances([ana, ben]);
  figures.note(what, Date.now() - fromMs, { p50: 3_000, p95: 8_000 });
  const { came, went, said } = await end();
  assert.deepEqual([came, went], [[], []], "the same tiles");
  assert.deepEqual(said.filter((text) => /left|gone|joined/.test(text)), []);
  assert.deepEqual([await ana.seatOf("Ben"), await ben.seatOf("Ana")], seats, "the same seats");
  await ben.button("Unmute microphone").waitFor();
  await ana.tile("Ben").getByText("Muted").waitFor({ state: "attached" });
  for (const one of [ana, ben]) assert.deepEqual(await one.page.evaluate(statesInPage), ["stable"]);
}

/** Signaling states of the connections there are; runs in the page, serialised. */
function statesInPage(): string[] {
  return globalThis.probe.peers.filter(({ connectionState }) => connectionState === "connected")
    .map(({ signalingState }) => signalingState);
}

/** The browser takes one side's connection away; nothing tells the page, nor the other side. */
const closeConnection: Break = ({ page }) =>
  page.evaluate(() =>
    globalThis.probe.peers.find(({ connectionState }) => connectionState === "connected")!.close()
  );

export const reloaded = scene(
  "reload",
  "pictures both ways after a reload",
  ({ page }) => page.reload(),
);
export const closedOnOneSide = scene(
  "one-sided",
  "pictures both ways after one side's connection closed",
  closeConnection,
);
