/** Everything of one run: clock, dice, server, network, tabs; and what must hold after each step. */
import assert from "node:assert/strict";
import type { ClientSocket, SocketHandlers } from "../../lib/call/ports.ts";
import { step } from "../../lib/signaling/room.ts";
import type { RoomCommand } from "../../lib/signaling/room_commands.ts";
import { emptyRoom, endpointOf, type RoomState } from "../../lib/signaling/room_state.ts";
import { FakeClock } from "../support/clock.ts";
import { TabMemory } from "../support/page.ts";
import { type Seeded, seeded } from "../support/random.ts";
import { TOKEN_LIFE_MS } from "../../lib/protocol/limits.ts";
import { Cable, type Slowest } from "./cable.ts";
import { Counter, KINDS } from "./counter.ts";
import { Host } from "./host.ts";
import { Ledger } from "./ledger.ts";
import { Page } from "./page.ts";
import { PageClock, type ThawOrder } from "./page_clock.ts";
import { newStanding, PresenceJudge, type Standing } from "./presence.ts";

/** Turns of the microtask queue within which every promise of ours is through. */
const BREATHS = 40;

/** A tab of a browser: what it remembers, the page in it, the network under it. */
export interface Tab {
  readonly name: string;
  /** Whose tab it is: two devices of one person have one name. */
  readonly person: string;
  readonly memory: TabMemory;
  page: Page | null;
  cable: Cable | null;
  loads: number;
  /** How many names it has said. */
  said: number;
  /** Until then no socket opens, ms since 1970. */
  blockedUntil: number;
  /** Opens sockets behind which nobody is. */
  mute: boolean;
  slowestMs: number;
  /** Where the two ways differ; null: both as `slowestMs`. */
  lopsided: Slowest | null;
  /** The token of its next resume is past its time. */
  expired: boolean;
  readonly standing: Standing;
  /** The events that passed by its socket last, each way, for this seat of it. */
  readonly passed: Passed;
  /** Put into its joins: it is a further device of somebody. */
  ticket: string | null;
}

interface Passed {
  endpoint: string | null;
  readonly toServer: string[];
  readonly toClient: string[];
}

/** A page that thaws: in which order it does what waited, and what the browser tells it. */
export interface Thaw {
  readonly order: ThawOrder;
  readonly tells: "visible" | "network" | "nothing";
}

const EVENTS = ["signal", "chat", "arrived", "left"];

export class World {
  readonly clock = new FakeClock();
  readonly random: Seeded;
  readonly counts = new Counter(KINDS);
  readonly ledger = new Ledger();
  readonly judge = new PresenceJudge(this.clock, this.ledger);
  readonly host: Host;
  readonly tabs: Tab[] = [];
  readonly tickets: string[] = [];
  readonly #standings = new WeakMap<Cable, Standing>();
  #names = 0;

  constructor(seed: number) {
    this.random = seeded(seed);
    this.host = new Host(this.clock, this.random, {
      stepped: (before, after, command) => this.#stepped(before, after, command),
      started: () => this.#started(),
      died: () => this.judge.died(),
      heard: (cable) => {
        cable.heardAt = this.clock.now();
        const standing = this.#standings.get(cable);
        if (standing !== undefined) this.judge.heard(standing);
      },
      ended: (cable, reason) => {
        if (reason === "silent") this.judge.silent(cable.heardAt);
        cable.whole = false;
      },
    });
    this.host.start();
  }

  /**
   * Opens a tab.
   *
   * @param of the tab it is a duplicate of, or whose person it is a second device of
   */
  openTab(memory = new TabMemory(), of: Tab | null = null, ticket: string | null = null): Tab {
    const name = `${++this.#names}`;
    const tab: Tab = {
      name,
      person: of?.person ?? `Person ${name}`,
      memory,
      page: null,
      cable: null,
      loads: 0,
      said: 0,
      blockedUntil: 0,
      mute: false,
      slowestMs: this.random.oneIn(4) ? 1500 : 60,
      lopsided: null,
      expired: false,
      standing: newStanding(this.clock.now()),
      passed: { endpoint: null, toServer: [], toClient: [] },
      ticket,
    };
    this.tabs.push(tab);
    this.load(tab);
    return tab;
  }

  load(tab: Tab): Page {
    const { clock, random, ledger, counts } = this;
    const own = new PageClock(clock);
    return tab.page = new Page(`${tab.name}.${++tab.loads}`, tab.person, {
      clock: own,
      random,
      ledger,
      counts,
      judge: this.judge,
      standing: tab.standing,
      memory: tab.memory,
      openSocket: (_url, handlers) => this.#connect(tab, own, handlers),
    });
  }

  closeTab(tab: Tab): void {
    tab.page?.unload();
    tab.page = null;
    this.tabs.splice(this.tabs.indexOf(tab), 1);
  }

  /** Pages that are not replaced. */
  get pages(): Page[] {
    return this.tabs.flatMap(({ page }) => page === null || page.isReplaced ? [] : [page]);
  }

  get seated(): Tab[] {
    return this.tabs.filter(({ page }) =>
      page !== null && !page.isReplaced && page.isSeated && !page.clock.frozen
    );
  }

  /** The page's timers and events stand still for so long. */
  freeze({ page }: Tab, ms: number, thaw: Thaw): void {
    if (page === null || page.clock.frozen) return;
    page.clock.freeze();
    page.cancelThaw = this.clock.after(ms, () => this.thaw(page, thaw));
  }

  thaw(page: Page, { order, tells }: Thaw): void {
    page.cancelThaw();
    this.host.stir();
    page.clock.thaw(order);
    if (tells !== "nothing") page.events.happen(tells);
  }

  /** The process dies, and is started again after so long. */
  kill(downMs: number): void {
    const { host, ledger, counts } = this;
    if (!host.isUp) return;
    if (ledger.underWay > 0) counts.add("kills between acceptance and delivery");
    host.kill();
    ledger.life++;
    counts.add("kills");
    this.clock.after(downMs, () => host.start());
  }

  /** Lets time pass, one instant after the other, promises kept in between. */
  async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    for (;;) {
      if (this.host.takeStirred()) { for (let i = 0; i < BREATHS; i++) await null; }
      const next = this.clock.nextAt;
      if (next === null || next > end) break;
      this.clock.advance(Math.max(0, next - this.clock.now()));
    }
    this.clock.advance(end - this.clock.now());
    for (const { page } of this.tabs) {
      if (page !== null && page.isReplaced && page.isSeated) {
        this.counts.add("pages replaced");
        page.endTenure();
      }
    }
    this.check();
  }

  /** What holds at every moment. */
  check(): void {
    assert.deepEqual(this.host.failures, []);
    for (const room of this.host.rooms) {
      unique(room.seats.map(({ seat }) => seat), "a seat is there twice");
      unique(room.endpoints.map(({ endpoint }) => endpoint), "an endpoint is there twice");
      unique(room.endpoints.map(({ session }) => session), "a session is seated twice");
      for (const { seat } of room.seats) {
        const endpoints = room.endpoints.filter((each) => each.seat === seat).length;
        assert.ok(endpoints > 0, "a seat is nobody's");
        if (endpoints > 1) this.counts.once(`${seat}`, "seats with two endpoints");
      }
    }
    this.judge.check();
    for (const page of this.pages) {
      const endpoints = page.view.flatMap((seat) => seat.endpoints);
      unique(endpoints.map(({ endpoint }) => endpoint), `${page.name} sees an endpoint twice`);
    }
  }

  /** A room's log folded again, on another shell, gives the room. */
  checkFolds(): void {
    for (const { entries, state } of this.host.logs) {
      let again = emptyRoom(state.room);
      for (const entry of structuredClone(entries)) again = step(again, entry).state;
      assert.deepEqual(again, state);
      this.counts.add("logs folded twice");
    }
  }

  #connect(tab: Tab, own: PageClock, handlers: SocketHandlers): ClientSocket {
    const { clock, random, host } = this;
    const { slowestMs: slow, lopsided, standing } = tab;
    const gated: SocketHandlers = {
      open: () => own.arrived(() => handlers.open()),
      message: (frame) => own.arrived(() => handlers.message(frame)),
      close: (code, reason) => own.arrived(() => handlers.close(code, reason)),
    };
    const cable = new Cable(clock, random, lopsided ?? slow, {
      delayed: (ms) => ms >= 1000 && this.counts.add("delays of a second and more"),
      toServer: (frame) => this.#said(tab, frame),
      toClient: (frame) => this.#heard(tab, frame),
    });
    this.#standings.set(cable, standing);
    clock.after(1 + random.below(slow), () => {
      if (clock.now() < tab.blockedUntil || !host.isUp) return gated.close(1006, "");
      if (tab.mute) this.counts.add("servers that say nothing");
      cable.connect(gated, tab.mute ? null : host.ears(cable));
      if (tab.mute) cable.whole = false;
      tab.mute = false;
    });
    tab.cable = cable;
    tab.passed.endpoint = null;
    return cable.client;
  }

  #said(tab: Tab, frame: string): string {
    const message = JSON.parse(frame);
    this.#remember(tab, "toServer", message.type, frame);
    if (message.ack !== undefined) tab.page!.cursor.said(message.ack);
    if (message.type === "resume" && message.reloaded === false) this.counts.add("resumes");
    if (message.type === "resume" && tab.expired) {
      tab.expired = false;
      tab.standing.excused = true;
      this.counts.add("tokens expired");
      return JSON.stringify({ ...message, token: expiredToken(message.token, this.host) });
    }
    if (message.type !== "join" || tab.ticket === null) return frame;
    return JSON.stringify({ ...message, ticket: tab.ticket });
  }

  #heard(tab: Tab, frame: string): void {
    const message = JSON.parse(frame);
    this.#remember(tab, "toClient", message.type, frame);
    if (message.type === "ticket") this.tickets.push(message.ticket);
    if (message.type === "welcome") tab.standing.tokenAheadMs = this.host.startedAheadMs;
    tab.page?.cursor.heard(message);
    const id = message.type === "chat" ? message.body.text : message.proof;
    if (id !== undefined && tab.page !== null && this.ledger.hasHad(tab.page, id)) {
      this.counts.add("events that came again");
    }
  }

  /** Keeps the last events of a socket, as long as they are of the endpoint that sits there now. */
  #remember(
    { page, passed }: Tab,
    way: "toServer" | "toClient",
    type: string,
    frame: string,
  ): void {
    const endpoint = page?.tenure?.endpoint ?? null;
    if (passed.endpoint !== endpoint) {
      passed.endpoint = endpoint;
      passed.toServer.length = passed.toClient.length = 0;
    }
    if (!EVENTS.includes(type) || endpoint === null) return;
    passed[way].push(frame);
    if (passed[way].length > 4) passed[way].shift();
  }

  #started(): void {
    this.judge.started();
    for (const { standing } of this.tabs) {
      // What was signed under a clock so far behind is past its time by the new one.
      const aheadMs = this.host.startedAheadMs - standing.tokenAheadMs;
      if (aheadMs > TOKEN_LIFE_MS - 60 * 60 * 1000) standing.excused = true;
    }
  }

  #stepped(before: RoomState, after: RoomState, command: RoomCommand): void {
    this.judge.stepped(before, after, command);
    if (command.do === "chat" && command.body.kind === "plain") this.#accepted(command.body.text);
    if (command.do === "signal") this.#accepted(JSON.parse(`{${command.body}}`).proof);
    if (command.do !== "join") return;
    if (endpointOf(before, command.session) || !endpointOf(after, command.session)) return;
    if (command.intoSeat !== undefined || before.endpoints.length === 0) return;
    const isNew = command.epoch === 1 || command.at >= before.recoveringUntil;
    if (isNew) assert.ok(before.seats.length < before.settings.capacity, "a seat too many");
    const [back, away] = [true, false].map((seen) =>
      before.endpoints.some((each) => each.card !== null && each.seen === seen)
    );
    if (back && away) this.counts.add("newcomers between two resumes");
  }

  #accepted(id: string): void {
    if (this.ledger.isAccepted(id)) this.counts.add("events said again");
    this.ledger.accepted(id);
  }
}

function unique(ids: readonly string[], otherwise: string): void {
  assert.equal(new Set(ids).size, ids.length, otherwise);
}

/** The same token, made so long ago that its time is over. */
function expiredToken(token: string, host: Host): string {
  const url = { alphabet: "base64url", omitPadding: true } as const;
  const [body] = token.split(".");
  const payload = JSON.parse(new TextDecoder().decode(Uint8Array.fromBase64(body, url)));
  const again = new TextEncoder().encode(JSON.stringify({ ...payload, until: 1 })).toBase64(url);
  return `${again}.${host.sign(`tertulia session ${again}`).toBase64(url)}`;
}
