/**
 * People with names who call each other: the real client on the real server, on a clock moved by
 * hand and cables that lose what they like. Two browsers share nothing, two tabs of one its memory.
 */
import type { SocketHandlers } from "../../lib/call/ports.ts";
import { Names } from "../../lib/call/names.ts";
import { SignalingClient } from "../../lib/call/signaling.ts";
import type { CallId } from "../../lib/protocol/ids.ts";
import type { CallEnding } from "../../lib/protocol/names_messages.ts";
import { parseNames } from "../../lib/protocol/names_from_server.ts";
import { MemoryLog } from "../../lib/signaling/log.ts";
import { createSignaling, type Signaling } from "../../lib/signaling/service.ts";
import type { Keep } from "../../lib/signaling/ports.ts";
import { FakeClock } from "../support/clock.ts";
import { FakeKeys, type FakeNamesEnv, fakeNamesEnv, verifyFake } from "../support/fake_names.ts";
import { FakePage, TabMemory } from "../support/page.ts";
import { type Seeded, seeded } from "../support/random.ts";
import { Cable } from "./cable.ts";

const ORIGIN = "https://town.example";
/** Turns of the microtask queue within which every promise of ours is through. */
const BREATHS = 60;
const STEP_MS = 20;

/** One browser profile: its tabs share memory and key. */
export class Browser {
  readonly memory = new TabMemory();
  readonly keys: FakeKeys;

  constructor(readonly person: string) {
    this.keys = new FakeKeys(person);
  }
}

export class Tab {
  readonly memory = new TabMemory();
  page: Page | null = null;
  cable: Cable | null = null;
  /** Until then no socket opens, ms since 1970. */
  blockedUntil = 0;
  slowestMs = 20;

  constructor(readonly browser: Browser) {}
}

/** One load of a page, and somebody who shows the room when a call was accepted. */
export class Page {
  readonly client: SignalingClient;
  readonly events = new FakePage();
  readonly env: FakeNamesEnv;
  readonly names: Names;
  /** How often devices were asked for, and whether a camera was among them. */
  readonly prepared: boolean[] = [];
  readonly #unfollow: () => void;
  #room: string | null = null;

  constructor(town: Town, tab: Tab) {
    const { clock, random } = town;
    const env = {
      clock,
      random: random.bytes,
      tab: tab.memory,
      browser: tab.browser.memory,
      page: this.events,
      log: () => {},
    };
    this.env = fakeNamesEnv(tab.browser.keys, random.bytes, ORIGIN);
    this.client = new SignalingClient({
      ...env,
      signalUrl: "ws://town/api/signal",
      openSocket: (_url, handlers) => town.connect(tab, handlers),
    });
    this.names = new Names({
      env,
      names: this.env,
      link: this.client,
      prepare: (camera) => Promise.resolve(void this.prepared.push(camera)),
      texts: { title: (from) => `${from} calls`, notification: (from) => `${from} calls you` },
    });
    this.#unfollow = this.names.talk.subscribe((talk) => this.#show(talk?.over ? null : talk));
  }

  /** The room it means to be in. */
  get room(): string | null {
    return this.#room;
  }

  unload(): void {
    this.#unfollow();
    this.names.dispose();
    this.client.dispose();
  }

  #show(talk: Names["talk"]["value"]): void {
    if ((talk?.room ?? null) === this.#room) return;
    if (this.#room !== null) this.client.leave();
    this.#room = talk?.room ?? null;
    if (talk === null) return;
    const media = { microphone: talk.sends, camera: talk.camera, screen: false };
    this.client.join({ room: talk.room, name: "somebody", media });
  }
}

export class Town {
  readonly clock = new FakeClock();
  readonly random: Seeded;
  readonly tabs: Tab[] = [];
  readonly failures: string[] = [];
  /** How calls ended as servers told, by their lives: never in two ways. */
  readonly endings = new Map<string, CallEnding>();
  /** Where names outlive the server; null: nowhere. */
  keep: Keep | null = null;
  /** Told of all that pages say to servers. */
  overhear: (frame: string) => void = () => {};
  server: Signaling | null = null;
  lives = 0;
  readonly #cables = new Set<Cable>();

  constructor(seed = 1) {
    this.random = seeded(seed);
    this.start();
  }

  // ---- the server -----------------------------------------------------------------------------------

  start(): void {
    this.lives++;
    this.server = createSignaling({
      clock: this.clock,
      random: this.random.bytes,
      key: (text) => verifyFakeMac(text),
      log: new MemoryLog(),
      ...this.keep === null ? {} : { keptNames: this.keep },
      verify: verifyFake,
      config: {
        roomCapacity: 6,
        maxSockets: 1000,
        maxSocketsPerAddress: 1000,
        stunFor: () => [],
        turn: null,
      },
      logger: {
        debug: () => {},
        info: () => {},
        error: (event, fields) => void this.failures.push(`${event} ${JSON.stringify(fields)}`),
      },
      metrics: { counter: () => ({ add: () => {} }), reading: () => {} },
    });
  }

  kill(): void {
    for (const cable of this.#cables) cable.cut(this.random.oneIn(4) ? "nobody" : "client");
    this.#cables.clear();
    this.server?.dispose();
    this.server = null;
  }

  // ---- tabs -----------------------------------------------------------------------------------------

  open(browser: Browser): Tab {
    const tab = new Tab(browser);
    this.tabs.push(tab);
    tab.page = new Page(this, tab);
    return tab;
  }

  /** A tab in which a name was taken, and is held. */
  async named(name: string, browser = new Browser(name)): Promise<Tab> {
    const tab = this.open(browser);
    await tab.page!.names.take(name);
    await this.pass(500);
    return tab;
  }

  reload(tab: Tab): Page {
    tab.page?.events.happen("hide");
    tab.page?.unload();
    return tab.page = new Page(this, tab);
  }

  /** With the word of a page that goes. */
  close(tab: Tab): void {
    tab.page?.events.happen("hide");
    tab.page?.unload();
    tab.page = null;
    this.tabs.splice(this.tabs.indexOf(tab), 1);
  }

  connect(tab: Tab, handlers: SocketHandlers): ReturnType<SignalingClientSocket> {
    const { clock, random } = this;
    const cable = new Cable(clock, random, tab.slowestMs, {
      delayed: () => {},
      toServer: (frame) => {
        this.overhear(frame);
        return frame;
      },
      toClient: (frame) => this.#witness(frame),
    });
    clock.after(1, () => {
      if (clock.now() < tab.blockedUntil || this.server === null) return handlers.close(1006, "");
      const peer = { address: "a", hostname: "town.example", origin: ORIGIN };
      const incoming = this.server.connect(cable.server, peer);
      this.#cables.add(cable);
      cable.connect(handlers, {
        message: (data) => incoming.receive(data),
        close: () => {
          this.#cables.delete(cable);
          incoming.closed();
        },
      });
    });
    tab.cable = cable;
    return cable.client;
  }

  // ---- time -----------------------------------------------------------------------------------------

  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= STEP_MS) {
      this.clock.advance(Math.min(left, STEP_MS));
      for (let turn = 0; turn < BREATHS; turn++) await Promise.resolve();
    }
  }

  /** Ends everything. Returns how many timers are left: none, unless something leaks. */
  end(): number {
    for (const tab of [...this.tabs]) this.close(tab);
    this.kill();
    this.clock.advance(10_000); // what was on the wire
    return this.clock.waiting;
  }

  #witness(frame: string): void {
    const parsed = parseNames(frame);
    if (!parsed.ok) return;
    const { message } = parsed;
    if (message.type === "ended") this.#note(message.call, message.why);
    if (message.type === "accepted") {
      this.#note(message.as, "accepted");
      this.#note(message.call, "accepted");
    }
  }

  #note(call: CallId, why: CallEnding): void {
    const known = this.endings.get(`${this.lives} ${call}`) ?? why;
    if (known !== why) this.failures.push(`${call} ended as ${known}, then as ${why}`);
    this.endings.set(`${this.lives} ${call}`, why);
  }
}

type SignalingClientSocket = (url: string) => Cable["client"];

/** Nothing here is to be kept from anybody. */
function verifyFakeMac(text: string): Promise<Uint8Array> {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return Promise.resolve(new Uint8Array(new Uint32Array(8).fill(hash).buffer));
}
