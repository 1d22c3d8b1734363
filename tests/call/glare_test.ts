/** Two peers on fakes that renegotiate at once, again and again, seeded. */
import assert from "node:assert/strict";
import { Peer } from "../../lib/call/peer.ts";
import { budgetFor } from "../../lib/call/quality.ts";
import type { Tracks } from "../../lib/call/senders.ts";
import type { SignalBody, TrackKind } from "../../lib/protocol/messages.ts";
import { settle } from "../support/fake_env.ts";
import { FakeTrack } from "../support/fake_media.ts";
import { FakeNetwork, type FakePeerConnection } from "../support/fake_rtc.ts";

const ROUNDS = 250;
const KINDS: readonly TrackKind[] = ["microphone", "camera", "screen", "screen-sound"];

/** Mulberry32: a seed gives the same run everywhere. */
function seeded(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), seed | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TWO_WAY: readonly TrackKind[] = ["microphone", "camera"];

class Side {
  readonly inbox: SignalBody[] = [];
  readonly connection: FakePeerConnection;
  readonly peer: Peer;
  sent = new Map<TrackKind, FakeTrack>();
  received: Tracks = new Map();
  collisions = 0;
  readonly #offersSeen = new Set<string>();

  constructor(network: FakeNetwork, polite: boolean, other: () => Side, offers = polite) {
    const connection = network.newConnection({});
    this.connection = connection as unknown as FakePeerConnection;
    this.peer = new Peer({
      connection,
      conn: 1,
      polite,
      offers,
      tracks: new Map(),
      budget: budgetFor(2),
      mintId: () => network.name("desc"),
    }, {
      send: (body) => other().inbox.push(structuredClone(body)),
      tracks: (tracks) => this.received = tracks,
      connectionState() {},
      heard() {},
      fast() {},
      broken: (error) => assert.fail(`broken: ${error}`),
      log() {},
    });
  }

  /** Hands the oldest signal over, if there is one. */
  deliver(): void {
    const body = this.inbox.shift();
    if (!body) return;
    const { desc } = body;
    const isNew = desc?.type === "offer" && !this.#offersSeen.has(desc.id);
    if (isNew && this.connection.signalingState === "have-local-offer") this.collisions++;
    if (desc) this.#offersSeen.add(desc.id);
    this.peer.handle(body);
  }

  send(network: FakeNetwork, kind: TrackKind, on: boolean): void {
    this.sent = new Map(this.sent);
    const media = kind === "camera" || kind === "screen" ? "video" : "audio";
    if (on) this.sent.set(kind, new FakeTrack(media, network.name(kind)));
    else this.sent.delete(kind);
    this.peer.setTracks(this.sent as unknown as Tracks);
  }
}

/** Runs both until nothing is on its way. */
async function quiesce(sides: Side[]): Promise<void> {
  do {
    for (const side of sides) side.deliver();
    await settle();
  } while (sides.some(({ inbox }) => inbox.length > 0));
}

for (const seed of [1, 20_260_101, 77]) {
  Deno.test(`[NG1] offers that cross end stable with equal tracks, seed ${seed}`, async () => {
    const random = seeded(seed);
    const network = new FakeNetwork();
    network.pause = async () => {
      for (let turns = Math.floor(random() * 6); turns >= 0; turns--) await Promise.resolve();
    };
    const sides: Side[] = [];
    sides.push(new Side(network, true, () => sides[1]), new Side(network, false, () => sides[0]));
    await quiesce(sides);
    for (let round = 0; round < ROUNDS; round++) {
      for (const side of sides) {
        const choice = random();
        if (choice < 0.5) side.peer.restart();
        else if (choice < 0.6) side.peer.resend();
        else side.send(network, KINDS[Math.floor(random() * 4)], random() < 0.7);
      }
      // Delivered a few at a time, so that rounds run into each other.
      for (let steps = Math.floor(random() * 16); steps > 0; steps--) {
        sides[random() < 0.5 ? 0 : 1].deliver();
        for (let turns = Math.floor(random() * 20); turns > 0; turns--) await Promise.resolve();
      }
      if (random() < 0.4) await quiesce(sides);
    }
    await quiesce(sides);
    const collisions = sides[0].collisions + sides[1].collisions;
    console.log(
      `seed ${seed}: ${ROUNDS} rounds, ${collisions} collisions, ` +
        `${network.rollbacks} rollbacks`,
    );
    assert.ok(collisions >= 50, `only ${collisions} collisions`);
    assert.ok(network.rollbacks >= 50, `only ${network.rollbacks} rollbacks`);
    for (const [at, side] of sides.entries()) {
      const other = sides[1 - at];
      assert.equal(side.connection.signalingState, "stable");
      assert.equal(side.connection.connectionState, "connected");
      assertCarried(side, other);
      side.peer.close();
    }
  });
}

Deno.test("[NG1] first offers that cross leave one transceiver for each kind, and come to rest", async () => {
  const network = new FakeNetwork();
  const sides: Side[] = [];
  sides.push(
    new Side(network, true, () => sides[1], true),
    new Side(network, false, () => sides[0], true),
  );
  for (const side of sides) for (const kind of TWO_WAY) side.send(network, kind, true);
  await quiesce(sides);
  assert.equal(sides[0].collisions, 1, "they crossed");
  for (const [at, side] of sides.entries()) {
    assert.equal(side.connection.signalingState, "stable");
    const used = side.connection.getTransceivers().filter(({ stopped }) => !stopped);
    assert.deepEqual(used.map(({ kind }) => kind), ["audio", "video"]);
    assertCarried(side, sides[1 - at]);
    side.peer.close();
  }
});

/** What one sends is what the other got under that label, over the same mid. */
function assertCarried(from: Side, to: Side): void {
  for (const [kind, track] of from.sent) {
    const sending = from.connection.getTransceivers().filter(({ sender }) =>
      sender.track === track
    );
    assert.equal(sending.length, 1, `${kind} is sent once`);
    const receiving = to.connection.getTransceivers().find(({ mid }) => mid === sending[0].mid);
    assert.ok(receiving, `${kind} arrives`);
    assert.equal(to.received.get(kind), receiving.receiver.track as unknown, kind);
  }
}
