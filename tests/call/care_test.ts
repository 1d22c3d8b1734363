/** What looks after a running call: silence, speech while muted, the screen, connections. */
import assert from "node:assert/strict";
import { Call } from "../../lib/call/call.ts";
import type { StatsRecord } from "../../lib/call/stats.ts";
import { CARE_AFTER_MS } from "../../lib/call/tending.ts";
import { fakeEnv, pass, settle } from "../support/fake_env.ts";
import type { FakeTrack } from "../support/fake_media.ts";
import { FakeRoom } from "../support/fake_link.ts";
import { inWorld, type Person, ROOM, type World } from "./people.ts";

/** Past the moment care begins. */
const BEGUN_MS = CARE_AFTER_MS + 100;

/** What the meter of the track in use, or of a muted one's copy, says ten times a second. */
async function sound(world: World, { env }: Person, level: number, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 100) {
    for (const [, heard] of env.media.metered) heard(level);
    await world.pass(100);
  }
}

const key = ({ call }: Person) => call.notice.peek()?.key;

Deno.test("[MD13] a live microphone that stays silent is spoken of until it is heard", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    await world.pass(BEGUN_MS);
    await sound(world, ana, 0, 7_000);
    await sound(world, ana, 0.001, 100);
    await sound(world, ana, 0, 7_900);
    assert.equal(key(ana), undefined, "the quietest sound is sound");
    await sound(world, ana, 0, 1_000);
    assert.equal(key(ana), "notice.silentMicrophone");
    assert.deepEqual(
      [ana.call.notice.peek()!.tone, ana.call.notice.peek()!.stays],
      ["trouble", true],
    );
    await sound(world, ana, 0, 20_000);
    assert.equal(key(ana), "notice.silentMicrophone");
    await sound(world, ana, 0.03, 600);
    assert.equal(key(ana), undefined);
  }));

Deno.test("[MD13] muting ends it; nobody is accused of what is not measured", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    await world.pass(20_000);
    assert.equal(key(ana), undefined, "the browser has not let the meter work yet");
    await sound(world, ana, 0, 9_000);
    assert.equal(key(ana), "notice.silentMicrophone");
    await ana.call.media.setMicrophone(false);
    await sound(world, ana, 0, 600);
    assert.equal(key(ana), undefined);
    await ana.call.media.setMicrophone(true);
    ana.env.page.visible = false;
    await sound(world, ana, 0, 20_000);
    assert.equal(key(ana), undefined);
  }));

Deno.test("[MD14] who speaks while muted is told, once a minute", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    await world.pass(BEGUN_MS);
    await ana.call.media.setMicrophone(false);
    const [copy] = ana.env.media.metered.keys();
    assert.equal(copy.enabled, true);
    const sent = world.connections(ana).flatMap((each) => each.getTransceivers())
      .map(({ sender }) => sender.track);
    assert.equal(sent.includes(copy), false);
    await sound(world, ana, 0.2, 300);
    await sound(world, ana, 0, 2_000);
    assert.equal(key(ana), undefined, "a bang is no speech");
    await sound(world, ana, 0.05, 600);
    assert.equal(key(ana), "notice.mutedSpeaking");
    await world.pass(7_000);
    await sound(world, ana, 0.05, 30_000);
    assert.equal(key(ana), undefined);
    await sound(world, ana, 0.05, 25_000);
    assert.equal(key(ana), "notice.mutedSpeaking");
    await ana.call.media.setMicrophone(true);
    assert.equal(copy.readyState, "ended");
  }));

Deno.test("[MD15] a muted microphone is open while held, and muted again after", () =>
  inWorld(async (world) => {
    const ana = await world.open("Ana");
    ana.call.media.setMicrophone(false);
    ana.call.pushToTalk(true);
    ana.call.join();
    await settle();
    const ben = await world.join("Ben");
    await world.pass(200);
    const [tile] = ben.call.others.peek();
    const track = ana.call.media.outgoing.peek().get("microphone") as unknown as FakeTrack;
    assert.deepEqual([track.enabled, tile.microphoneOn.peek()], [false, false], "not before");
    ana.call.pushToTalk(true);
    await world.pass(100);
    assert.deepEqual([track.enabled, tile.microphoneOn.peek()], [true, true]);
    assert.equal(ana.call.media.microphone.peek().is, "off", "the person's will stays");
    ana.call.pushToTalk(false);
    await world.pass(100);
    assert.deepEqual([track.enabled, tile.microphoneOn.peek()], [false, false]);
    ana.call.pushToTalk(true);
    ana.call.leave();
    ana.call.rejoin();
    await world.pass(200);
    const anew = () => ana.call.media.outgoing.peek().get("microphone");
    assert.equal(anew(), undefined, "leaving lets go of it, and joining muted asks for nothing");
    assert.equal(ben.call.others.peek()[0].microphoneOn.peek(), false);
    ana.call.pushToTalk(true);
    await settle();
    assert.equal(anew()?.enabled, true);
    ana.call.pushToTalk(false);
    assert.equal(anew()?.enabled, false);
  }));

Deno.test("[MD15] it changes nothing for who is not muted", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    ana.call.pushToTalk(true);
    ana.call.pushToTalk(false);
    assert.equal(ana.call.media.outgoing.peek().get("microphone")?.enabled, true);
  }));

Deno.test("[CA17] the screen is kept on inside, asked for at each return, let go at the end", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    assert.equal(ana.env.awake, 0);
    await world.pass(BEGUN_MS);
    assert.equal(ana.env.awake, 1);
    ana.env.page.happen("visible");
    await settle();
    assert.equal(ana.env.awake, 1, "the browser's own end of the old one included");
    ana.call.leave();
    assert.equal(ana.env.awake, 0);
    ana.call.rejoin();
    ana.env.page.visible = false;
    await world.pass(BEGUN_MS);
    assert.equal(ana.env.awake, 0, "nobody looks");
    ana.env.page.visible = true;
    ana.env.page.happen("visible");
    await settle();
    assert.equal(ana.env.awake, 1);
  }));

Deno.test("[CA18] the call goes on where care cannot be fetched, and starts none after its end", async () => {
  const env = fakeEnv();
  const room = new FakeRoom({ capacity: 6 });
  const lines: string[] = [];
  const call = new Call({
    room: ROOM,
    env: { ...env, log: (level, text) => void lines.push(`${level} ${text}`) },
    link: room.connect(null),
    loadCare: () => Promise.reject(new Error("offline")),
  });
  call.setName("Ana");
  await settle();
  call.join();
  await settle();
  await pass(env.clock, BEGUN_MS);
  assert.equal(call.phase.peek(), "waiting");
  assert.deepEqual(lines.filter((line) => line.startsWith("warn")), [
    "warn the call goes on without care: Error: offline",
  ]);
  call.leave();
  call.rejoin();
  await settle();
  call.dispose();
  assert.equal(env.clock.waiting, 0);
});

Deno.test("[NG15] the lobby makes the browser ready for connections, a reload goes straight in", () =>
  inWorld(async (world) => {
    const ana = await world.open("Ana");
    assert.equal(ana.env.warmUps, 1);
    ana.call.join();
    await settle();
    ana.call.leave();
    assert.equal(ana.env.warmUps, 1);
    const ben = await world.join("Ben");
    const { seat } = ben.link.self!;
    ben.call.dispose();
    const again = await world.open("Ben", { returning: seat });
    assert.equal(again.env.warmUps, 0);
  }));

/** The records of a connection: what the other tells of our packets, what we have of theirs. */
function records(at: Partial<Record<"limited" | "relay" | "lossy", boolean>>, second: number) {
  const lost = at.lossy ? 10 * second : 0;
  const made: StatsRecord[] = [
    { id: "T", type: "transport", selectedCandidatePairId: "P" },
    { id: "P", type: "candidate-pair", localCandidateId: "L", remoteCandidateId: "R" },
    { id: "L", type: "local-candidate", candidateType: at.relay ? "relay" : "host" },
    { id: "I", type: "inbound-rtp", packetsReceived: 50 * second, packetsLost: lost },
    {
      id: "O",
      type: "outbound-rtp",
      kind: "video",
      framesSent: second,
      qualityLimitationReason: at.limited ? "bandwidth" : "none",
    },
  ];
  return made;
}

async function seconds(
  world: World,
  person: Person,
  count: number,
  at: Parameters<typeof records>[0],
): Promise<void> {
  for (let second = 0; second < count; second++) {
    const total = world.clock.now() / 1000 | 0;
    for (const each of world.connections(person)) each.records = records(at, total);
    await world.pass(1_000);
  }
}

Deno.test("[NG13] a connection in trouble sends less, and all of its budget again in calm", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    await world.join("Ben");
    await world.pass(200);
    const sent = () =>
      world.connections(ana)[0].getTransceivers()[1].sender.getParameters().encodings[0];
    await seconds(world, ana, 10, {});
    await seconds(world, ana, 5, { limited: true });
    assert.equal(sent().maxBitrate, 1_700_000);
    await seconds(world, ana, 2, { limited: true });
    assert.equal(sent().maxBitrate, 1_020_000);
    assert.equal(sent().scaleResolutionDownBy, 720 / 540);
    const [microphone] = world.connections(ana)[0].getTransceivers();
    assert.equal(microphone.sender.getParameters().encodings[0].maxBitrate, undefined, "sound");
    const cem = await world.join("Cem");
    await seconds(world, ana, 1, {});
    assert.equal(sent().maxBitrate, 480_000, "the table still counts");
    cem.call.leave();
    await seconds(world, ana, 20, {});
    assert.equal(sent().maxBitrate, 1_700_000);
  }));

Deno.test("[NG13] the first seconds of a connection count for nothing", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    await world.join("Ben");
    await seconds(world, ana, 12, { limited: true });
    const [, camera] = world.connections(ana)[0].getTransceivers();
    assert.equal(camera.sender.getParameters().encodings[0].maxBitrate, 1_700_000);
  }));

Deno.test("[NG14] a tile tells a weak connection and a relayed one", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    await world.join("Ben");
    await world.pass(2_000);
    const [tile] = ana.call.others.peek();
    const says = () => [tile.weak.peek(), tile.relayed.peek()];
    await seconds(world, ana, 3, {});
    assert.deepEqual(says(), [false, false]);
    await seconds(world, ana, 8, { lossy: true, relay: true });
    assert.deepEqual(says(), [true, true]);
    await seconds(world, ana, 8, {});
    assert.deepEqual(says(), [false, false]);
  }));
