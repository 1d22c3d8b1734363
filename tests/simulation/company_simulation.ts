/**
 * Four people who stay in one room, write, raise hands and pass its role on, whatever the network
 * and the server do: in the end all have the same, in the same order.
 */
import assert from "node:assert/strict";
import { ChatBook } from "../../lib/call/chat_book.ts";
import type { LinkEvent } from "../../lib/call/link.ts";
import type { SeatId } from "../../lib/protocol/ids.ts";
import { roomOfOwner } from "../../lib/signaling/owner.ts";
import { dropOneSide, halfOpen, outage, slowNetwork } from "./faults.ts";
import type { Page } from "./page.ts";
import { World } from "./world.ts";

const OWNER = "the secret of whoever made the room";
const ROOM = roomOfOwner(OWNER);
const PEOPLE = 4;
const QUIET_EVERY_STEPS = 25;
/** Longer than the slowest way back, and shorter than a seat is kept. */
const QUIET_MS = 60_000;

export interface CompanyReport {
  readonly said: number;
  readonly asked: number;
  readonly acts: number;
  readonly kills: number;
  /** Times a message took a later place, since a restarted server told it anew. */
  readonly moved: number;
}

/** What one page has of the room, kept as the app keeps it. */
class Diary {
  readonly book = new ChatBook();
  /** By sender and number: each is asked once. */
  readonly asks: string[] = [];
  locked = false;
  moved = 0;

  constructor(readonly page: Page) {
    page.client.on((event) => this.#hear(event));
  }

  get chat(): string[] {
    return this.book.said.map(({ chat }) => chat.body.kind === "plain" ? chat.body.text : "");
  }

  get seat(): SeatId {
    return this.page.seat!;
  }

  #hear(event: LinkEvent): void {
    switch (event.type) {
      case "snapshot":
        this.locked = event.locked;
        return this.book.open(event.log);
      case "past":
        for (const chat of event.said) this.book.take(chat, event.log);
        return;
      case "chat":
        return void this.book.take(event);
      case "chat-again":
        this.moved++;
        return void this.book.take(event.chat);
      case "ask":
        this.asks.push(`${event.from} ${event.n}`);
        return;
      case "lock":
        this.locked = event.on;
    }
  }
}

class Company {
  readonly world: World;
  readonly people: Diary[] = [];
  readonly counts = { said: 0, asked: 0, acts: 0, kills: 0 };
  /** What the room is to come to. */
  locked = false;
  owner: Diary;

  constructor(seed: number) {
    this.world = new World(seed);
    for (let i = 0; i < PEOPLE; i++) {
      const page = this.world.openTab().page!;
      this.people.push(new Diary(page));
      const { name, media } = page.state;
      page.room = ROOM;
      page.client.join({ room: ROOM, name, media, ...i === 0 && { owner: OWNER } });
    }
    this.owner = this.people[0];
  }

  async step(): Promise<void> {
    const { world } = this;
    const { random } = world;
    const one = random.pick(this.people);
    const happenings = [
      () => this.#write(one),
      () => this.#write(one),
      () => one.page.setState({ hand: random.oneIn(2) }),
      () => this.#ask(one),
      () => this.#act(),
      () => dropOneSide(world),
      () => halfOpen(world),
      () => outage(world),
      () => slowNetwork(world),
      () => this.#kill(),
    ];
    await random.pick(happenings)();
    await world.pass(random.below(1_500));
  }

  #write({ page }: Diary): void {
    for (let i = this.world.random.below(4); i >= 0; i--) {
      if (page.chat() !== null) this.counts.said++;
    }
  }

  #ask({ page, seat }: Diary): void {
    const other = this.world.random.pick(this.people.filter((each) => each.seat !== seat));
    page.client.ask(other.seat, "mute");
    this.counts.asked++;
  }

  /** One act at a time, all else settled, so that it is plain what is to come of it. */
  #act(): void {
    const { random } = this.world;
    const { page, seat } = this.owner;
    if (this.people.some((each) => each.page.client.unsettled > 0)) return;
    this.counts.acts++;
    if (random.oneIn(3)) {
      const next = random.pick(this.people.filter((each) => each.seat !== seat));
      page.client.manage({ do: "hand-on", seat: next.seat });
      this.owner = next;
    } else {
      this.locked = random.oneIn(2);
      page.client.manage({ do: "lock", on: this.locked });
    }
  }

  /** In the midst of whatever is said; all come back before the next one. */
  async #kill(): Promise<void> {
    const { world } = this;
    await world.pass(world.random.below(30));
    world.host.kill();
    world.ledger.life++;
    this.counts.kills++;
    await world.pass(world.random.below(3_000));
    world.host.start();
    await this.quiet();
  }

  async quiet(): Promise<void> {
    for (const tab of this.world.tabs) {
      tab.blockedUntil = 0;
      tab.slowestMs = 60;
    }
    await this.world.pass(QUIET_MS);
    this.world.ledger.settle();
  }

  /** All have the same, and it is what the server has. */
  check(): void {
    const { world, people } = this;
    const { lost, doubled, reordered, strayed, problems } = world.ledger;
    assert.deepEqual([lost, doubled, reordered, strayed], [0, 0, 0, 0], problems.join("\n"));
    const [room] = world.host.rooms;
    assert.deepEqual([people.length, world.host.rooms.length], [room.seats.length, 1]);
    const [first, ...rest] = people;
    assert.equal(first.chat.length, this.counts.said, "everything, once");
    for (const each of rest) assert.deepEqual(each.chat, first.chat, "one order for all");
    const hands = orderOf(room.seats.filter(({ hand }) => hand));
    const states = new Map(people.map(({ page, seat }) => [seat, page.state.hand]));
    assert.deepEqual(
      room.seats.map(({ seat, hand }) => [seat, hand]).toSorted(),
      [...states].toSorted(),
      "hands are as their owners said",
    );
    for (const { page, locked, asks } of people) {
      const shown = page.view.filter(({ hand }) => hand);
      assert.deepEqual(orderOf(shown), hands, "hands in one order");
      assert.deepEqual([locked, room.settings.locked], [this.locked, this.locked], "the lock");
      const owners = page.view.filter(({ role }) => role === "owner").map(({ seat }) => seat);
      assert.deepEqual(owners, [this.owner.seat], "one owner");
      assert.equal(new Set(asks).size, asks.length, "asked once");
      assert.equal(page.client.unsettled, 0);
    }
    const asks = people.reduce((sum, each) => sum + each.asks.length, 0);
    assert.equal(asks, this.counts.asked, "everything asked");
  }

  end(): void {
    const { world } = this;
    for (const tab of [...world.tabs]) world.closeTab(tab);
    world.host.kill();
    world.clock.advance(10_000);
  }
}

function orderOf(
  seats: readonly { readonly seat: SeatId; readonly handAt?: number | null }[],
): SeatId[] {
  return seats.toSorted((a, b) => (a.handAt ?? 0) - (b.handAt ?? 0)).map(({ seat }) => seat);
}

/** Runs so many steps; throws when anybody has anything else than the others. */
export async function simulateCompany(seed: number, steps: number): Promise<CompanyReport> {
  const company = new Company(seed);
  try {
    await company.quiet();
    for (let at = 1; at <= steps; at++) {
      await company.step();
      if (at % QUIET_EVERY_STEPS !== 0) continue;
      await company.quiet();
      company.check();
    }
    company.world.checkFolds();
  } finally {
    company.end();
  }
  const moved = company.people.reduce((sum, each) => sum + each.moved, 0);
  return { ...company.counts, moved };
}
