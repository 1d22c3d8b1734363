/** One load of a page: the real client, and what a person there would see of the room. */
import assert from "node:assert/strict";
import type { JoinRequest, LinkEvent } from "../../lib/call/link.ts";
import { foldRoster, type Roster, type RosterEvent } from "../../lib/call/roster.ts";
import type { OpenSocket } from "../../lib/call/ports.ts";
import { SignalingClient } from "../../lib/call/signaling.ts";
import type { EndpointId, RoomId, SeatId } from "../../lib/protocol/ids.ts";
import type { MediaState, OwnState } from "../../lib/protocol/messages.ts";
import { FakePage, type TabMemory } from "../support/page.ts";
import type { Seeded } from "../support/random.ts";
import type { Counter } from "./counter.ts";
import type { Ledger, Tenure } from "./ledger.ts";
import type { PageClock } from "./page_clock.ts";
import type { PresenceJudge, Standing } from "./presence.ts";

export interface PageWorld {
  readonly clock: PageClock;
  readonly random: Seeded;
  readonly ledger: Ledger;
  readonly counts: Counter;
  readonly openSocket: OpenSocket;
  readonly memory: TabMemory;
  readonly judge: PresenceJudge;
  readonly standing: Standing;
}

export class Page {
  readonly client: SignalingClient;
  readonly events = new FakePage();
  view: Roster = [];
  readonly #ledger: Ledger;
  tenure: Tenure | null = null;
  seat: SeatId | null = null;
  /** What it last said of itself. */
  state: Required<OwnState>;
  /** The room it means to be in. */
  room: RoomId | null = null;
  /** Rises when it leaves or is gone: what was sent before is due no more. */
  stay = 0;
  gone = false;
  /** The seat it had before it was loaded anew, if it is to have it again. */
  awaitsSeat: SeatId | null = null;
  /** Called off when the page goes before it thaws. */
  cancelThaw: () => void = () => {};
  readonly #endpoints = new Set<EndpointId>();
  readonly cursor = new CursorCheck();
  #place = 0;
  #refusedNow = false;

  /**
   * @param name of this load, for the ledger
   * @param person whose page it is
   */
  constructor(readonly name: string, person: string, readonly world: PageWorld) {
    this.#ledger = world.ledger;
    const media = { microphone: true, camera: true, screen: false };
    this.state = { name: person, media, hand: false };
    this.client = new SignalingClient({
      clock: world.clock,
      openSocket: world.openSocket,
      signalUrl: "ws://test/api/signal",
      random: world.random.bytes,
      page: this.events,
      tab: world.memory,
      log: () => {},
    });
    this.client.on((event) => this.#hear(event));
    this.client.start();
  }

  get clock(): PageClock {
    return this.world.clock;
  }

  get standing(): Standing {
    return this.world.standing;
  }

  /** True of every endpoint this load of the page had. */
  hasBeen(endpoint: EndpointId): boolean {
    return this.#endpoints.has(endpoint);
  }

  get isSeated(): boolean {
    return this.tenure !== null;
  }

  get isReplaced(): boolean {
    return this.client.status.value.is === "closed";
  }

  join(room: RoomId, capacity?: number): void {
    this.room = room;
    const { name, media } = this.state;
    const settings = capacity === undefined ? {} : { settings: { capacity } };
    const request: JoinRequest = { room, name, media, ...settings };
    this.client.join(request);
  }

  leave(): void {
    this.client.leave();
    this.#outside();
  }

  /** Everything is over for this load of the page. */
  unload(): void {
    this.gone = true;
    this.cancelThaw();
    this.#outside();
    this.client.dispose();
  }

  /** The session went to another page. */
  endTenure(): void {
    if (this.tenure !== null) this.tenure.lasts = false;
    this.tenure = null;
    this.stay++;
  }

  setState(state: OwnState & { readonly media?: MediaState }): void {
    this.state = { ...this.state, ...state };
    this.client.setState(state);
  }

  chat(): string | null {
    const due = this.#others();
    return this.#send("chat", due, (id) => this.client.sendChat({ kind: "plain", text: id }));
  }

  signal(): string | null {
    const others = this.#others();
    if (others.length === 0) return null;
    const to = this.world.random.pick(others);
    return this.#send("signal", [to], (id) => this.client.sendSignal(to, { conn: 1, proof: id }));
  }

  /** Endpoints it sees, but its own. */
  #others(): EndpointId[] {
    return this.view.flatMap((seat) => seat.endpoints.map((each) => each.endpoint))
      .filter((endpoint) => endpoint !== this.tenure?.endpoint);
  }

  #send(kind: "chat" | "signal", due: EndpointId[], send: (id: string) => void): string | null {
    const { tenure } = this;
    if (tenure === null) return null;
    const id = `${this.name}/${++this.#place}`;
    this.#refusedNow = false;
    this.#ledger.sent({ id, kind, by: this, stay: this.stay, tenure, due });
    send(id);
    if (this.#refusedNow) {
      this.#ledger.forget(id);
      return null;
    }
    this.world.counts.add("events sent");
    return id;
  }

  #hear(event: LinkEvent): void {
    switch (event.type) {
      case "snapshot": {
        if (event.fresh) this.#begin(event.self.endpoint, event.self.seat);
        else if (this.tenure?.takenOut) this.#ledger.cameBack(this.tenure);
        this.seat = event.self.seat;
        return this.#see(event);
      }
      case "seats":
      case "arrived":
      case "left":
        return this.#see(event);
      case "chat":
        if (event.body.kind === "plain") this.#ledger.had(this, event.body.text);
        return;
      case "signal":
        return this.#ledger.had(this, event.proof!);
      case "refused":
        this.#refusedNow = true;
        if (event.re !== "join") return;
        if (event.code === "full") {
          this.world.judge.toldFull(this);
          this.world.counts.add("joins refused as full");
        }
        return this.#outside();
    }
  }

  #begin(endpoint: EndpointId, seat: SeatId): void {
    this.world.judge.reseated(this, endpoint, seat);
    if (this.tenure !== null) {
      this.tenure.lasts = false;
      // What it said before cannot be handed on to those who are not back.
      if (this.world.judge.isRecovering) this.stay++;
      this.world.counts.add("seats lost and had again");
    }
    this.#endpoints.add(endpoint);
    this.tenure = { page: this, endpoint, lasts: true, takenOut: false };
    this.#ledger.began(this.tenure);
  }

  #outside(): void {
    this.endTenure();
    this.room = null;
    this.seat = null;
    this.view = [];
  }

  #see(event: RosterEvent): void {
    const before = this.view;
    this.view = foldRoster(before, event);
    const isNew = event.type === "snapshot" && event.fresh;
    const replaces = event.type === "arrived" && event.replaces !== undefined;
    this.world.judge.saw(this, isNew || replaces ? [] : before, this.view);
  }
}

/** Watches what a page acknowledges: never what it was not told, never less than before. */
class CursorCheck {
  #log: string | null = null;
  #told = 0;
  #acknowledged = 0;

  heard(message: { readonly type: string; readonly log?: string; readonly p?: number }): void {
    if (message.type === "joined" && message.log !== this.#log) {
      this.#log = message.log!;
      this.#told = this.#acknowledged = 0;
    }
    this.#told = Math.max(this.#told, message.p ?? 0);
  }

  said(ack: number): void {
    assert.ok(ack <= this.#told, "a page acknowledges what it was not told");
    assert.ok(ack >= this.#acknowledged, "a cursor went back");
    this.#acknowledged = ack;
  }
}
