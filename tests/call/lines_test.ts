/** Lines between two people: connections counted, watched, repaired and renewed. */
import { signal } from "@preact/signals-core";
import assert from "node:assert/strict";
import { Line, type LineContext } from "../../lib/call/line.ts";
import { budgetFor } from "../../lib/call/quality.ts";
import { asId, type EndpointId, type SeatId } from "../../lib/protocol/ids.ts";
import type { SeatView, SignalBody } from "../../lib/protocol/messages.ts";
import { FakeClock } from "../support/clock.ts";
import { settle } from "../support/fake_env.ts";
import { FakeNetwork } from "../support/fake_rtc.ts";
import { inWorld, type World } from "./people.ts";

async function twoInside(world: World) {
  const ana = await world.join("Ana");
  const ben = await world.join("Ben");
  await world.pass(200);
  const [tile] = ana.call.others.peek();
  assert.equal(tile.link.peek().is, "connected");
  return { ana, ben, tile };
}

const bodies = (world: World, test: (body: SignalBody) => unknown) =>
  world.room.passed.filter(({ body }) => test(body));

Deno.test("[NG2] the newcomer offers, once, and those inside answer", () =>
  inWorld(async (world) => {
    const { ana, ben } = await twoInside(world);
    const described = bodies(world, ({ desc }) => desc)
      .map(({ from, body }) => [from, body.desc!.type]);
    assert.deepEqual(described, [
      [ben.link.self!.endpoint, "offer"],
      [ana.link.self!.endpoint, "answer"],
    ]);
  }));

Deno.test("[NG2] who comes back offers to whom it did not know: a room that forgot may have let both wait", () =>
  inWorld(async (world) => {
    const { ana } = await twoInside(world);
    const stranger = world.room.connect();
    stranger.self = { seat: asId<SeatId>("s9"), endpoint: asId<EndpointId>("e900") };
    const seat: SeatView = {
      ...world.room.seats[1],
      seat: stranger.self.seat,
      main: stranger.self.endpoint,
      endpoints: [{ ...world.room.seats[1].endpoints[0], endpoint: stranger.self.endpoint }],
    };
    world.room.tell(ana.link, {
      type: "snapshot",
      self: ana.link.self!,
      fresh: false,
      seats: [...world.room.seats, seat],
      capacity: 6,
      locked: false,
      log: asId("log"),
      ice: [],
    });
    await world.pass(100);
    const offers = bodies(world, ({ desc }) => desc?.type === "offer")
      .filter(({ from }) => from === ana.link.self!.endpoint);
    assert.deepEqual(offers.map(({ to }) => to), [stranger.self.endpoint]);
  }));

Deno.test("[NG7] tracks are told by label; mute and camera need no negotiation", () =>
  inWorld(async (world) => {
    const { ana, ben, tile } = await twoInside(world);
    const labels = world.room.passed.find(({ body }) => body.desc)!.body.tracks;
    assert.deepEqual(labels?.map(({ kind }) => kind), ["microphone", "camera"]);
    assert.deepEqual(tile.stream.peek()?.getTracks().map(({ kind }) => kind), ["audio", "video"]);
    const before = world.room.passed.length;
    await ben.call.media.setMicrophone(false);
    await ben.call.media.setCamera(false);
    await settle();
    assert.deepEqual([tile.microphoneOn.peek(), tile.cameraOn.peek()], [false, false]);
    const senders = () =>
      world.connections(ben)[0].getTransceivers().map(({ sender }) => sender.track?.readyState);
    assert.deepEqual(senders(), ["live", undefined]);
    await ben.call.media.setCamera(true);
    await settle();
    assert.deepEqual(senders(), ["live", "live"]);
    assert.equal(world.room.passed.length, before);
    assert.equal(ana.call.others.peek().length, 1);
  }));

Deno.test("[MD6] a camera that is off is no part of what a tile plays, so that sound is heard", () =>
  inWorld(async (world) => {
    const { ben, tile } = await twoInside(world);
    const kinds = () => tile.stream.peek()?.getTracks().map(({ kind }) => kind);
    const both = tile.stream.peek();
    await ben.call.media.setMicrophone(false);
    await settle();
    assert.equal(tile.stream.peek(), both, "mute changes nothing of it");
    await ben.call.media.setCamera(false);
    await settle();
    assert.deepEqual(kinds(), ["audio"]);
    await ben.call.media.setCamera(true);
    await settle();
    assert.deepEqual(kinds(), ["audio", "video"]);
  }));

Deno.test("[NG7] tracks without a label are taken for nothing", () =>
  inWorld(async (world) => {
    world.room.loses = ({ body }) => {
      delete (body as { tracks?: unknown }).tracks;
      return false;
    };
    const ana = await world.join("Ana");
    await world.join("Ben");
    await world.pass(200);
    assert.equal(ana.call.others.peek()[0].stream.peek(), null);
  }));

Deno.test("[NG8] beats or RTP keep a path from being flat; silence of both does not", () =>
  inWorld(async (world) => {
    const { tile } = await twoInside(world);
    await world.pass(10_000);
    assert.equal(tile.link.peek().is, "connected");
    world.network.cut = true;
    for (let seconds = 0; seconds < 10; seconds++) {
      for (const each of world.connections()) each.rtpBytes += 1000;
      await world.pass(500);
    }
    assert.equal(tile.link.peek().is, "connected");
    await world.pass(3_000);
    assert.deepEqual(tile.link.peek(), { is: "reconnecting", why: "path" });
  }));

Deno.test("[NG9] a cut is repaired by the impolite side's ICE restart, the tile untouched", () =>
  inWorld(async (world) => {
    const { ana, ben, tile } = await twoInside(world);
    const stream = tile.stream.peek();
    const [anas] = world.connections(ana);
    const [bens] = world.connections(ben);
    world.network.cut = true;
    await world.pass(5_000);
    assert.equal(tile.link.peek().is, "reconnecting");
    assert.ok(bens.restarts >= 1, "Ben, whose id is higher, restarts");
    assert.equal(anas.restarts, 0);
    assert.ok(bodies(world, ({ restart }) => restart).length >= 1, "Ana asks");
    assert.ok(ana.link.iceAsked > 0, "for fresh ICE servers too");
    world.network.cut = false;
    await world.pass(3_000);
    assert.equal(tile.link.peek().is, "connected");
    assert.equal(ana.call.others.peek()[0], tile);
    assert.equal(tile.stream.peek(), stream);
  }));

Deno.test("[NG16] a late path has the server asked once, before it counts as flat", () =>
  inWorld(async (world) => {
    const { ana, tile } = await twoInside(world);
    await world.pass(5_000);
    assert.equal(ana.link.iceAsked, 0, "beats are in time");
    for (let silence = 1; silence <= 2; silence++) {
      world.network.cut = true;
      while (ana.link.iceAsked < silence) await world.pass(50);
      assert.equal(tile.link.peek().is, "connected");
      world.network.cut = false;
      await world.pass(3_000);
      assert.equal(ana.link.iceAsked, silence);
    }
  }));

Deno.test("[NG9] a restart asked for while one has just begun is that one", () =>
  inWorld(async (world) => {
    const { ana, ben } = await twoInside(world);
    const [bens] = world.connections(ben);
    const ask = async () => {
      ana.link.sendSignal(ben.link.self!.endpoint, { conn: 1, restart: true });
      await settle();
    };
    world.network.cut = true;
    await ask();
    assert.equal(bens.restarts, 1);
    await world.pass(500);
    await ask();
    assert.equal(bens.restarts, 1);
    await world.pass(500);
    await ask();
    assert.equal(bens.restarts, 2, "but one that was in vain is followed by another");
  }));

Deno.test("[NG5] after 15 s a new connection takes the place of the old one, tracks and all", () =>
  inWorld(async (world) => {
    const { ana, ben, tile } = await twoInside(world);
    await ben.call.media.setMicrophone(false);
    const old = world.connections();
    world.network.cut = true;
    await world.pass(18_000);
    assert.ok(old.every(({ closed }) => closed), "both old ones are closed");
    world.network.cut = false;
    await world.pass(12_000);
    assert.equal(tile.link.peek().is, "connected");
    const conns = new Set(world.room.passed.map(({ body }) => body.conn));
    assert.ok(conns.has(2));
    const [bens] = world.connections(ben);
    const [microphone, camera] = bens.getTransceivers().map(({ sender }) => sender.track);
    assert.deepEqual([microphone?.enabled, camera?.enabled], [false, true]);
    const tracks = tile.stream.peek()!.getTracks() as unknown[];
    assert.deepEqual(
      tracks,
      world.connections(ana)[0].getReceivers().map(({ track }) => track),
    );
  }));

Deno.test("[NG5] a connection its browser has closed gives way to a new one on both sides", () =>
  inWorld(async (world) => {
    const { ana, tile } = await twoInside(world);
    const [anas] = world.connections(ana);
    anas.close();
    world.room.tell(ana.link, { type: "ice", servers: [] }); // in its browser, they are refused
    await world.pass(1_000);
    assert.equal(tile.link.peek().is, "connected");
    const conns = new Set(world.room.passed.map(({ body }) => body.conn));
    assert.deepEqual([...conns], [1, 2]);
  }));

Deno.test("[NG5] what is said of an older connection is dropped", () =>
  inWorld(async (world) => {
    const { ana, ben } = await twoInside(world);
    const first = world.room.passed.find(({ body }) => body.desc)!;
    world.network.cut = true;
    await world.pass(18_000);
    world.network.cut = false;
    await world.pass(12_000);
    const before = world.room.passed.length;
    ben.link.sendSignal(ana.link.self!.endpoint, first.body);
    await settle();
    assert.equal(world.room.passed.length, before + 1, "no answer");
  }));

Deno.test("[NG6] an offer lost with the signaling is sent again after a lossy resume", () =>
  inWorld(async (world) => {
    const ana = await world.join("Ana");
    world.room.loses = () => true;
    const ben = await world.join("Ben");
    await world.pass(300);
    assert.equal(ana.call.others.peek()[0].link.peek().is, "connecting");
    world.room.loses = () => false;
    const before = world.network.made.length;
    world.room.snapshot(ben.link, false);
    await world.pass(300);
    assert.equal(ana.call.others.peek()[0].link.peek().is, "connected");
    assert.equal(world.network.made.length, before, "without a new connection");
  }));

Deno.test("[NG10] a lost socket closes no connection; two away get one attempt until they return", () =>
  inWorld(async (world) => {
    const { ana, ben, tile } = await twoInside(world);
    world.room.presence(ben.link, "absent");
    ana.link.become({ is: "connecting", sinceMs: world.clock.now() });
    await world.pass(10_000);
    assert.equal(tile.link.peek().is, "connected", "media that flows counts");
    assert.equal(world.connections().length, 2);
    ana.link.become({ is: "open" });
    world.network.cut = true;
    await world.pass(15_000);
    const asks = () => bodies(world, ({ restart }) => restart).length;
    assert.equal(asks(), 1);
    world.network.cut = false;
    world.room.presence(ben.link, "present");
    await world.pass(1_000);
    assert.equal(asks(), 2);
    assert.equal(tile.link.peek().is, "connected");
  }));

Deno.test("[NG12] one certificate serves all connections of an endpoint", () =>
  inWorld(async (world) => {
    const { ana } = await twoInside(world);
    await world.join("Cem");
    await world.pass(200);
    const used = world.connections(ana).map((each) => each.getConfiguration().certificates![0]);
    assert.deepEqual(used, [ana.env.certificates[0], ana.env.certificates[0]]);
    assert.equal(world.connections().length, 6);
  }));

Deno.test("[NG11] the budget follows the number of people", () =>
  inWorld(async (world) => {
    const { ana, ben } = await twoInside(world);
    const sent = () =>
      world.connections(ana)[0].getTransceivers()[1].sender.getParameters().encodings[0];
    await world.pass(2_000);
    assert.equal(sent().maxBitrate, 1_700_000);
    assert.equal(sent().scaleResolutionDownBy, 1);
    const cem = await world.join("Cem");
    await world.pass(200);
    assert.equal(sent().maxBitrate, 800_000);
    assert.equal(sent().scaleResolutionDownBy, 720 / 540);
    cem.call.leave();
    await world.pass(200);
    assert.equal(sent().maxBitrate, 1_700_000);
    assert.equal(ben.call.others.peek().length, 1);
  }));

Deno.test("[NG11] each connection begins with a picture that needs no scaling down", () =>
  inWorld(async (world) => {
    const { ana } = await twoInside(world);
    const sent = () => {
      const { encodings, degradationPreference } = world.connections(ana)[0].getTransceivers()[1]
        .sender.getParameters();
      return [encodings[0].scaleResolutionDownBy, degradationPreference];
    };
    assert.deepEqual(sent(), [2, "maintain-resolution"]);
    await world.pass(2_000);
    assert.deepEqual(sent(), [1, "maintain-framerate"]);
    world.network.cut = true;
    await world.pass(20_000);
    world.network.cut = false;
    await world.pass(12_000);
    assert.deepEqual(sent(), [1, "maintain-framerate"], "the new connection has warmed up too");
  }));

Deno.test("[NG17] who gives way with a first offer does it by another connection, not by a rollback", async () => {
  const clock = new FakeClock();
  const network = new FakeNetwork();
  const lines: Line[] = [];
  const mail: { readonly to: number; readonly body: SignalBody }[] = [];
  const ids = [asId<EndpointId>("a"), asId<EndpointId>("b")];
  for (const [at, self] of ids.entries()) {
    const context: LineContext = {
      clock,
      self,
      newConnection: () => network.newConnection({}),
      mintId: () => network.name("desc"),
      send: (_, body) => mail.push({ to: 1 - at, body: structuredClone(body) }),
      askIce() {},
      fast() {},
      outgoing: signal(new Map()),
      budget: signal(budgetFor(2)),
      connected: signal(true),
      relay: signal(false),
      log() {},
    };
    lines.push(new Line(context, ids[1 - at], true));
  }
  await settle();
  const offers = mail.filter(({ body }) => body.desc?.type === "offer");
  assert.deepEqual(offers.map(({ to }) => to), [1, 0], "they crossed");
  while (mail.length > 0) {
    const { to, body } = mail.shift()!;
    lines[to].handle(body);
    await settle();
  }
  assert.equal(network.rollbacks, 0);
  const open = network.made.filter(({ closed }) => !closed);
  assert.deepEqual(open.map(({ connectionState }) => connectionState), ["connected", "connected"]);
  assert.equal(network.made.length, 3, "the polite one built another");
  for (const line of lines) line.dispose();
});
