/** Everything of one run: clock, dice, server, network, tabs; and what must hold after each step. */
import assert from "node:assert/strict";
import type { ClientSocket, SocketHandlers } from "../../lib/call/ports.ts";
import { step } from "../../lib/signaling/room.ts";
import type { RoomCommand } from "../../lib/signaling/room_commands.ts";
import { emptyRoom, endpointOf, type RoomState } from "../../lib/signaling/room_state.ts";
import { FakeClock } from "../support/clock.ts";
import { TabMemory } from "../support/page.ts";
import { type Seeded, seeded } from "../support/random.ts";
import { Cable } from "./cable.ts";
import { Counter, KINDS } from "./counter.ts";
import { Host } from "./host.ts";
import { Ledger } from "./ledger.ts";
import { Page } from "./page.ts";

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
  /** Until then no socket opens, ms since 1970. */
  blockedUntil: number;
  /** Opens sockets behind which nobody is. */
  mute: boolean;
  slowestMs: number;
  /** Put into its joins: it is a further device of somebody. */
  ticket: string | null;
}

export class World {
  readonly clock = new FakeClock();
  readonly random: Seeded;
  readonly counts = new Counter(KINDS);
  readonly ledger = new Ledger();
  readonly host: Host;
  readonly tabs: Tab[] = [];
  readonly tickets: string[] = [];
  #names = 0;

  constructor(seed: number) {
    this.random = seeded(seed);
    this.host = new Host(this.clock, this.random, {
      stepped: (before, after, command) => this.#stepped(before, after, command),
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
      blockedUntil: 0,
      mute: false,
      slowestMs: this.random.oneIn(4) ? 1500 : 60,
      ticket,
    };
    this.tabs.push(tab);
    this.load(tab);
    return tab;
  }

  load(tab: Tab): Page {
    const { clock, random, ledger, counts } = this;
    return tab.page = new Page(`${tab.name}.${++tab.loads}`, tab.person, {
      clock,
      random,
      ledger,
      counts,
      memory: tab.memory,
      openSocket: (_url, handlers) => this.#connect(tab, handlers),
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
    return this.tabs.filter(({ page }) => page !== null && !page.isReplaced && page.isSeated);
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
    for (const page of this.pages) {
      const endpoints = [...page.view.values()].flatMap((seat) => seat.endpoints);
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

  #connect(tab: Tab, handlers: SocketHandlers): ClientSocket {
    const { clock, random, host } = this;
    const cable = new Cable(clock, random, tab.slowestMs, {
      delayed: (ms) => ms >= 1000 && this.counts.add("delays of a second and more"),
      toServer: (frame) => this.#said(tab, frame),
      toClient: (frame) => this.#heard(tab, frame),
    });
    clock.after(1 + random.below(tab.slowestMs), () => {
      if (clock.now() < tab.blockedUntil || !host.isUp) return handlers.close(1006, "");
      if (tab.mute) this.counts.add("servers that say nothing");
      cable.connect(handlers, tab.mute ? null : host.ears(cable));
      tab.mute = false;
    });
    tab.cable = cable;
    return cable.client;
  }

  #said(tab: Tab, frame: string): string {
    const message = JSON.parse(frame);
    if (message.ack !== undefined) tab.page!.cursor.said(message.ack);
    if (message.type === "resume" && message.reloaded === false) this.counts.add("resumes");
    if (message.type !== "join" || tab.ticket === null) return frame;
    return JSON.stringify({ ...message, ticket: tab.ticket });
  }

  #heard(tab: Tab, frame: string): void {
    const message = JSON.parse(frame);
    if (message.type === "ticket") this.tickets.push(message.ticket);
    tab.page?.cursor.heard(message);
    const id = message.type === "chat" ? message.body.text : message.proof;
    if (id !== undefined && tab.page !== null && this.ledger.hasHad(tab.page, id)) {
      this.counts.add("events that came again");
    }
  }

  #stepped(before: RoomState, after: RoomState, command: RoomCommand): void {
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
