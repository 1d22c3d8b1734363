/** The server is killed under a call of four and comes back while somebody joins. */
import assert from "node:assert/strict";
import { LiveServer } from "../../e2e/support/live_server.ts";
import { everybodyAdvances } from "../../e2e/support/everybody.ts";
import type { Person } from "../../e2e/support/person.ts";
import { phaseAtMs, type Seen, watch, worstGapMs } from "../../e2e/support/watch.ts";
import { withWorld } from "../../e2e/support/world.ts";
import { type Figures, type Pace, type Scene, SMALL } from "../scene.ts";

const NAMES = ["Ana", "Ben", "Carla", "Dora"] as const;
/** Two cores encode and decode for five here. */
const FRAMES_PER_SECOND = 8;
/** Sound comes in packets of 20 ms. */
const CALM_PACKETS = 150;
/** What a browser says of a socket or file that finds no server, or one that dies meanwhile. */
export const NO_SERVER =
  /WebSocket connection to .[^ ]+ failed|ERR_CONNECTION_(REFUSED|RESET|CLOSED)|ERR_EMPTY_RESPONSE/;

export const serverKilled: Scene = {
  name: "server-killed",
  async play({ rounds }: Pace, figures: Figures) {
    const server = await LiveServer.start();
    await withWorld(async (world) => {
      const people = await Promise.all(NAMES.map((name) => world.person(name, SMALL)));
      for (const one of people) {
        await one.enter("/r/survives");
        await one.phase("waiting", "live");
      }
      await everybodyAdvances(people);
      const [, ben] = people;
      await ben.button("Mute microphone").click();
      await showsMuted(people, ben, true);
      figures.note("a track's longest standstill, server up", await calm(people));
      for (let round = 0; round < rounds; round++) {
        const newcomer = await world.person("Eva", SMALL);
        await newcomer.open("/r/survives");
        await killOnce(server, people, newcomer, round, figures);
        await newcomer.button("Leave call").click();
        await Promise.all(people.map((one) => one.tile("Eva").waitFor({ state: "detached" })));
        await newcomer.page.close();
      }
    }, { server, framesPerSecond: FRAMES_PER_SECOND, expected: NO_SERVER });
  },
};

async function killOnce(
  server: LiveServer,
  people: readonly Person[],
  newcomer: Person,
  round: number,
  figures: Figures,
): Promise<void> {
  const [, ben, carla] = people;
  const ends = await Promise.all(people.map((one) => watch(one.page)));
  const killedMs = Date.now();
  await server.kill();
  await Promise.all(people.map((one) => one.phase("resuming")));
  const mutes = round % 2 === 0;
  await carla.button(mutes ? "Mute microphone" : "Unmute microphone").click();
  const backMs = await server.open();
  const joined = newcomer.join();
  await Promise.all(people.map((one) => one.phase("live")));
  const seen = await Promise.all(ends.map((end) => end()));
  figures.note("the server away", backMs - killedMs);
  figures.note("a track's longest standstill", worstGapMs(seen), { max: 200 });
  for (const each of seen) {
    figures.note("everything as before", Math.max(0, phaseAtMs(each, "live") - backMs), {
      p95: 4_000,
    });
    assert.deepEqual(each.went, [], "nobody was seen to leave");
    assert.deepEqual(each.came.filter((name) => name !== "Eva"), [], "nor to come");
    assert.deepEqual(each.said.filter((text) => /left|gone/.test(text)), []);
  }
  await silentFor(people, ben, seen);
  await joined;
  const everybody = [...people, newcomer];
  await everybodyAdvances(everybody);
  await showsMuted(everybody, carla, mutes);
  await showsMuted(everybody, ben, true);
}

/** How long a track stands still when nothing happens, for as long as a fault takes. */
async function calm(people: readonly Person[]): Promise<number> {
  const ends = await Promise.all(people.map((one) => watch(one.page)));
  const start = await people[0].media();
  const packets = start.audioPackets + CALM_PACKETS * start.inboundAudio;
  await people[0].mediaUntil("packets", (now) => now.audioPackets >= packets);
  return worstGapMs(await Promise.all(ends.map((end) => end())));
}

async function showsMuted(
  people: readonly Person[],
  who: Person,
  muted: boolean,
): Promise<void> {
  await Promise.all(
    people.filter((one) => one !== who).map((one) =>
      one.tile(who.name).getByText("Muted").waitFor({ state: muted ? "attached" : "detached" })
    ),
  );
}

/** Nobody got any sound of one who is muted. */
async function silentFor(
  people: readonly Person[],
  muted: Person,
  seen: readonly Seen[],
): Promise<void> {
  for (const [index, one] of people.entries()) {
    if (one === muted) continue;
    const seat = await one.seatOf(muted.name);
    const track = seen[index].tracks.find((each) => each.kind === "audio" && each.seat === seat);
    assert.ok(track, `${one.name} has ${muted.name}'s sound`);
    assert.ok(track.energy < 1e-6, `${one.name} heard ${track.energy} of ${muted.name}`);
  }
}
