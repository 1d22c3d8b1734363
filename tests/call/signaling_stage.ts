/** A signaling client on a server played by hand. */
import assert from "node:assert/strict";
import type { LinkEvent } from "../../lib/call/link.ts";
import { SignalingClient } from "../../lib/call/signaling.ts";
import { asId, type EndpointId, type LogId, type RoomId } from "../../lib/protocol/ids.ts";
import type { ClientMessage, SeatView, ServerMessage } from "../../lib/protocol/messages.ts";
import { write } from "../../lib/protocol/frame.ts";
import { parseClient } from "../../lib/protocol/from_client.ts";
import { FakeClock } from "../support/clock.ts";
import { FakePage, TabMemory } from "../support/page.ts";
import { seeded } from "../support/random.ts";
import { type Ears, type HalfSocket, SocketPair } from "../support/sockets.ts";

export const room = asId<RoomId>("sunday lunch");
export const log = asId<LogId>("log-1");
export const mine = asId<EndpointId>("endpoint-1");
export const other = asId<EndpointId>("endpoint-2");
export const media = { microphone: true, camera: true, screen: false };
export const request = { room, name: "Ana", media };

/** A seat with one endpoint. */
export function seatOf(endpoint: EndpointId, name = "Ana"): SeatView {
  const endpoints = [{ endpoint, presence: "present" as const, media }];
  return {
    seat: asId(`seat-of-${endpoint}`),
    name,
    role: "guest",
    hand: false,
    main: endpoint,
    endpoints,
  };
}

interface Talk {
  readonly pair: SocketPair;
  readonly heard: ClientMessage[];
  closed: string | null;
}

/** The client, what it told its listeners, and the server's end of each socket it opened. */
export class Stage {
  readonly clock = new FakeClock();
  readonly page = new FakePage();
  readonly told: LinkEvent[] = [];
  readonly logged: string[] = [];
  readonly talks: Talk[] = [];
  readonly client: SignalingClient;
  /** Sockets fail to open. */
  unreachable = false;
  /** Sockets neither open nor fail. */
  swallows = false;
  /** How many did neither. */
  swallowed = 0;

  constructor(readonly tab = new TabMemory()) {
    this.client = new SignalingClient({
      clock: this.clock,
      page: this.page,
      tab,
      random: seeded(1).bytes,
      signalUrl: "ws://test/api/signal",
      log: (_level, text) => this.logged.push(text),
      openSocket: (_url, handlers) => this.#open(handlers),
    });
    this.client.on((event) => this.told.push(event));
  }

  #open(handlers: Ears): HalfSocket {
    const pair = new SocketPair();
    if (this.unreachable) {
      this.clock.after(0, () => handlers.close(1006, ""));
      return pair.client;
    }
    if (this.swallows) {
      this.swallowed++;
      return pair.client;
    }
    const talk: Talk = { pair, heard: [], closed: null };
    this.talks.push(talk);
    pair.listenServer({
      message: (data) => {
        const parsed = parseClient(data);
        assert.ok(parsed.ok, `the client sent a bad frame: ${JSON.stringify(parsed)}`);
        talk.heard.push(parsed.message);
      },
      close: (code) => talk.closed = String(code),
    });
    this.clock.after(0, () => pair.listenClient(handlers));
    return pair.client;
  }

  /** The server's end of the latest socket. */
  get talk(): Talk {
    return this.talks.at(-1)!;
  }

  /** What the client said on the latest socket since this was asked last. */
  heard(): ClientMessage[] {
    this.clock.advance(0);
    this.talk.pair.toServer();
    return this.talk.heard.splice(0);
  }

  /** The server says something on the latest socket. */
  say(...messages: ServerMessage[]): void {
    this.clock.advance(0);
    for (const message of messages) this.talk.pair.server.send(write(message));
    this.talk.pair.toClient();
  }

  welcome(seated = false, resumed = false, where = room): void {
    this.say({
      type: "welcome",
      v: 1,
      boot: asId("boot-1"),
      session: asId("session-1"),
      epoch: this.talks.length,
      token: `token-${this.talks.length}`,
      resumed,
      room: seated ? where : null,
    });
  }

  joined(endpoint = mine, p = 1, seats = [seatOf(endpoint)]): void {
    this.say({
      type: "joined",
      log,
      p,
      room,
      seat: asId(`seat-of-${endpoint}`),
      endpoint,
      seats,
      settings: { capacity: 6, locked: false },
      generation: 0,
      ice: [],
    });
  }

  chat(p: number, n: number, text = `text ${n}`): void {
    const seat = seatOf(other).seat;
    const body = { kind: "plain" as const, text };
    this.say({ type: "chat", p, from: other, seat, name: "Other", n, at: 0, body });
  }

  /** Starts, joins, and takes everything said so far as heard. */
  seat(): this {
    this.client.start();
    this.clock.advance(0);
    this.welcome();
    this.client.join(request);
    this.joined();
    this.heard();
    this.told.length = 0;
    return this;
  }

  /** Cuts the socket and waits until the next one is open. */
  cut(): void {
    const before = this.talks.length;
    this.talk.pair.cut();
    while (this.talks.length === before) this.clock.advance(100);
    this.clock.advance(0);
  }

  /** The types of messages, for short assertions. */
  static types(messages: readonly { readonly type: string }[]): string[] {
    return messages.map((each) => each.type);
  }

  end(): void {
    this.client.dispose();
    assert.equal(this.clock.waiting, 0, "a timer was left behind");
    assert.equal(this.page.listening, 0, "a listener was left behind");
  }
}

/** The body of a chat. */
export const text = (text: string) => ({ kind: "plain" as const, text });

/** The messages of one type. */
export function only<T extends ClientMessage["type"]>(messages: ClientMessage[], type: T) {
  return messages.filter((each) => each.type === type) as Extract<ClientMessage, { type: T }>[];
}
