/** Signaling on a clock that stands still, with pages played by hand. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import type { EndpointId, LogId, RoomId, SeatId } from "../../lib/protocol/ids.ts";
import type { ClientMessage, Joined, ServerMessage, Welcome } from "../../lib/protocol/messages.ts";
import { parseServer } from "../../lib/protocol/from_server.ts";
import type { NamesServerMessage, NamesServerType } from "../../lib/protocol/names_messages.ts";
import { parseNames } from "../../lib/protocol/names_from_server.ts";
import { parseRoomName } from "../../lib/protocol/room_name.ts";
import { type CommandLog, MemoryLog } from "../../lib/signaling/log.ts";
import type { RoomCommand } from "../../lib/signaling/room_commands.ts";
import type { PeopleCommand } from "../../lib/signaling/people_commands.ts";
import type { Keep } from "../../lib/signaling/ports.ts";
import { createSignaling, type Signaling } from "../../lib/signaling/service.ts";
import type { Mac } from "../../lib/signaling/tokens.ts";
import type { SignalingConfig } from "../../lib/signaling/world.ts";
import { FakeClock } from "../support/clock.ts";
import { verifyFake } from "../support/fake_names.ts";
import { type Seeded, seeded } from "../support/random.ts";
import { SocketPair } from "../support/sockets.ts";

export const MEDIA = { microphone: true, camera: true, screen: false };
/** A name of the shape "New call" makes. */
export const GENERATED = roomId("aaaa-bbbb-cccc-dddd-eeee-ffff-gggg");

/** Of every page. */
export const ORIGIN = "https://example.org";

/** HMAC-SHA-256 at once: WebCrypto answers in its own time, which a deterministic run has not. */
export function macWith(key: string): Mac {
  return (text) => Promise.resolve(createHmac("sha256", key).update(text).digest());
}

export function roomId(name: string): RoomId {
  const parsed = parseRoomName(name);
  assert.ok(parsed.ok);
  return parsed.room;
}

type MessageOf<T extends ServerMessage["type"]> = Extract<ServerMessage, { type: T }>;
/** A message, or anything else a page may send. */
type Sent = ClientMessage | { type: unknown; [field: string]: unknown };

export interface StageOptions {
  readonly seed?: number;
  readonly config?: Partial<SignalingConfig>;
  readonly log?: CommandLog<RoomCommand>;
  readonly keptNames?: Keep;
}

export class Stage {
  readonly clock = new FakeClock();
  readonly random: Seeded;
  readonly pages: Page[] = [];
  readonly #readings = new Map<string, () => number>();
  /** Error lines of the server's log. */
  readonly errors: string[] = [];
  readonly config: SignalingConfig;
  log: CommandLog<RoomCommand>;
  signaling: Signaling;
  peopleLog = new MemoryLog<PeopleCommand>();
  keptNames: Keep | undefined;
  /** True: looking up ICE servers fails, as a fault of ours would. */
  failing = false;

  constructor({ seed = 1, config, log = new MemoryLog(), keptNames }: StageOptions = {}) {
    this.keptNames = keptNames;
    this.random = seeded(seed);
    this.log = log;
    this.config = {
      roomCapacity: 6,
      maxSockets: 1000,
      maxSocketsPerAddress: 1000,
      stunFor: () => {
        if (this.failing) throw new Error("a fault of ours");
        return [];
      },
      turn: null,
      ...config,
    };
    this.signaling = this.#start();
  }

  /** A new socket on which nothing was said yet. */
  connect(): Page {
    const page = new Page(this);
    this.pages.push(page);
    return page;
  }

  /** A page inside a room. */
  async enter(
    name: string,
    room: string = "lunch",
    more: Partial<ClientMessage> = {},
  ): Promise<Page> {
    const page = this.connect();
    await page.say({ type: "hello", v: 1 });
    await page.say(
      { type: "join", room: roomId(room), name, media: MEDIA, ...more } as ClientMessage,
    );
    return page;
  }

  /** A new socket for a page's session; `more` changes what the resume says. */
  async resume(page: Page, more: Record<string, unknown> = {}): Promise<Page> {
    const next = this.connect();
    await next.say({ ...page.resumption(), ...more });
    return next;
  }

  /** The process dies; all sockets break, and a new one is started with nothing but the key. */
  async restart(): Promise<void> {
    for (const page of this.pages) page.pair.cut();
    this.signaling.dispose();
    this.log = new MemoryLog();
    this.peopleLog = new MemoryLog();
    this.signaling = this.#start();
    await this.settle();
  }

  /** Lets everything under way arrive, and the answers to it. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet++) {
      for (let i = 0; i < 20; i++) await Promise.resolve();
      for (const page of this.pages) if (!page.stalled && page.pair.flush() > 0) quiet = 0;
    }
  }

  /** Lets time pass in steps of a second, so that pings are answered on the way. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 1000) {
      this.clock.advance(Math.min(left, 1000));
      await this.settle();
    }
  }

  /** How many are there by name. */
  get online(): number {
    return this.#readings.get("tertulia_names_online")!();
  }

  /** Ends everything; fails if anything went wrong inside or a timer is left. */
  end(): void {
    this.signaling.dispose();
    assert.deepEqual(this.errors, []);
    assert.equal(this.clock.waiting, 0);
    assert.equal(this.signaling.stats().sockets, 0);
  }

  #start(): Signaling {
    return createSignaling({
      clock: this.clock,
      random: this.random.bytes,
      key: macWith("the server's key"),
      log: this.log,
      peopleLog: this.peopleLog,
      keptNames: this.keptNames,
      verify: verifyFake,
      config: this.config,
      logger: {
        debug: () => {},
        info: () => {},
        error: (event, fields) => void this.errors.push(`${event} ${JSON.stringify(fields)}`),
      },
      metrics: {
        counter: () => ({ add: () => {} }),
        reading: (name, _help, read) => void this.#readings.set(name, read),
      },
    });
  }
}

/** One socket as a page sees it; answers pings, and nothing else by itself. */
export class Page {
  readonly pair = new SocketPair();
  /** Every message had, each checked to be one the protocol knows. */
  readonly got: ServerMessage[] = [];
  /** Those of names and calls by name. */
  readonly gotNames: NamesServerMessage[] = [];
  closed: string | null = null;
  /** True: nothing is read, as by a tab that was suspended. */
  stalled = false;
  /** False: acknowledges nothing. */
  acks = true;
  #marked = 0;
  readonly #stage: Stage;

  constructor(stage: Stage, address = "192.0.2.1") {
    this.#stage = stage;
    const { pair } = this;
    const incoming = stage.signaling.connect(pair.server, {
      address,
      hostname: "example.org",
      origin: ORIGIN,
    });
    pair.listenServer({
      message: (data) => incoming.receive(data),
      close: () => incoming.closed(),
    });
    pair.listenClient({
      message: (data) => this.#hear(data),
      close: (code, reason) => this.closed = `${code} ${reason}`,
    });
  }

  /** Sends a message and lets everything settle. */
  async say(message: Sent): Promise<void> {
    this.post(JSON.stringify(message));
    await this.#stage.settle();
  }

  /** Sends a frame, and waits for nothing. */
  post(frame: string): void {
    this.pair.client.send(frame);
  }

  /** Messages of one type, all there were. */
  all<T extends ServerMessage["type"]>(type: T): MessageOf<T>[] {
    return this.got.filter((each): each is MessageOf<T> => each.type === type);
  }

  /** The last message of a type, which there must be. */
  last<T extends ServerMessage["type"]>(type: T): MessageOf<T> {
    const last = this.all(type).at(-1);
    assert.ok(last, `no ${type} in ${this.got.map((each) => each.type)}`);
    return last;
  }

  /** The last message of names of a type, which there must be. */
  lastNamed<T extends NamesServerType>(type: T): Extract<NamesServerMessage, { type: T }> {
    const last = this.gotNames.findLast((each) => each.type === type);
    assert.ok(last, `no ${type} in ${this.gotNames.map((each) => each.type)}`);
    return last as Extract<NamesServerMessage, { type: T }>;
  }

  /** Types of what came of names since the last call, codes and reasons with them. */
  namesNews(): string[] {
    return this.gotNames.splice(0).map((message) => {
      if ("why" in message) return `${message.type} ${message.why}`;
      return "code" in message ? `${message.type} ${message.code}` : message.type;
    });
  }

  /** Types of what came since the last call, without cards, pings and acknowledgements. */
  news(): string[] {
    const news = this.got.slice(this.#marked).map((each) => each.type as string);
    this.#marked = this.got.length;
    return news.filter((type) => !["card", "ping", "ack"].includes(type));
  }

  get joined(): Joined {
    return this.last("joined");
  }

  get welcome(): Welcome {
    return this.last("welcome");
  }

  get endpoint(): EndpointId {
    return this.joined.endpoint;
  }

  get seat(): SeatId {
    return this.joined.seat;
  }

  /** How far the log was had. */
  get cursor(): { log: LogId; p: number } {
    const positions = this.got.map((each) => "p" in each ? each.p : 0);
    const log = this.got.find((each) => each.type === "joined" || each.type === "synced");
    assert.ok(log && "log" in log);
    return { log: log.log, p: Math.max(...positions) };
  }

  /** The highest number of its own events it was told is settled. */
  get settled(): number {
    return Math.max(0, ...this.got.map((each) => each.settled ?? 0));
  }

  /** What this page would say on its next socket. */
  resumption(): ClientMessage {
    const sits = this.all("joined").length + this.all("synced").length > 0;
    const card = this.all("card").at(-1)?.card;
    return {
      type: "resume",
      v: 1,
      token: this.welcome.token,
      cursors: sits ? [this.cursor] : [],
      ...(card === undefined ? {} : { card }),
      reloaded: false,
    };
  }

  #hear(data: unknown): void {
    const named = parseNames(data);
    if (named.ok) return void this.gotNames.push(named.message);
    const parsed = parseServer(data);
    assert.ok(parsed.ok, `${JSON.stringify(parsed)} ${data}`);
    const { message } = parsed;
    this.got.push(message);
    const ack = this.acks && "p" in message ? { ack: message.p } : {};
    if (message.type === "ping") this.post(JSON.stringify({ type: "pong" }));
    else if ("ack" in ack) this.post(JSON.stringify({ type: "ack", ...ack }));
  }
}

/** A test on a stage of its own, which ends clean. */
export function staged(
  name: string,
  play: (stage: Stage) => Promise<void>,
  options: StageOptions = {},
): void {
  Deno.test(name, async () => {
    const stage = new Stage(options);
    await play(stage);
    stage.end();
  });
}
