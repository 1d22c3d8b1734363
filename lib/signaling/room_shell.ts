/**
 * One room in this process: folds its log, keeps the tail of its events, and performs the effects
 * for the sockets this process holds.
 */
import type { EndpointId, RoomId, SeatId, SessionId } from "../protocol/ids.ts";
import { CLOSE_FATAL, CLOSE_RETRY } from "../protocol/limits.ts";
import { write } from "../protocol/frame.ts";
import type { Reaction, ServerMessage } from "../protocol/messages.ts";
import type { LogEntry } from "./log.ts";
import { step } from "./room.ts";
import { cardOf } from "./room_cards.ts";
import { pastFrames } from "./room_chat.ts";
import { mayAnswer } from "./room_door.ts";
import type { Effect, RoomCommand } from "./room_commands.ts";
import {
  emptyRoom,
  endpointById,
  endpointOf,
  type EndpointState,
  type RoomState,
  viewSeat,
  viewSeats,
} from "./room_state.ts";
import { RelayedSignal, Tail, type TailEntry } from "./tail.ts";
import { RENEW_AFTER_MS } from "./tokens.ts";
import type { Member, World } from "./world.ts";

type EffectOf<K extends Effect["do"]> = Extract<Effect, { do: K }>;

/** Commands after which a busy log is trimmed; one that is not, by the sweep. */
const TRIM_EVERY = 8;

export class RoomShell {
  readonly state: RoomState;
  readonly #tail = new Tail();
  readonly #world: World;
  /** The current card as a frame; null before the first one is signed. */
  #card: string | null = null;
  #signedAt = 0;
  /** While a card is signed the room stands still, and what the log tells waits here. */
  #signing = false;
  #waiting: LogEntry<RoomCommand>[] = [];
  #trimmed = 0;

  readonly #hadUpTo = (endpoint: EndpointId) =>
    endpointById(this.state, endpoint)?.acked ?? Infinity;

  constructor(room: RoomId, world: World) {
    this.state = emptyRoom(room);
    this.#world = world;
  }

  /** Takes the next entry of the log. Never throws. */
  heard(entry: LogEntry<RoomCommand>): void {
    if (this.#signing) this.#waiting.push(entry);
    else this.#take(entry);
  }

  #take(entry: LogEntry<RoomCommand>): void {
    this.#safely(entry, () => {
      const life = this.state.log;
      const { effects } = step(this.state, entry);
      if (this.state.log !== life) this.#tail.clear();
      const changesCard = effects.some((effect) => effect.do === "members");
      if (changesCard && this.state.endpoints.length > 0) this.#performWithCard(entry, effects);
      else this.#performAll(entry, effects);
    });
  }

  #performAll({ command }: LogEntry<RoomCommand>, effects: readonly Effect[]): void {
    for (const effect of effects) this.#perform(effect);
    // A signal without an acknowledgement frees nothing.
    if (command.do !== "signal" || command.ack !== undefined) this.#trimTail();
  }

  #safely({ command }: LogEntry<RoomCommand>, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#world.logger.error("room step failed", { command: command.do, why: `${error}` });
      if ("session" in command) this.#tellInternal(command.session);
    }
  }

  /** Lets go of what nobody needs of the log. Never urgent: not done at each step. */
  trimLog(): void {
    const upTo = this.#tail.start(this.state.p + 1) - 1;
    if (upTo <= this.#trimmed) return;
    this.#trimmed = upTo;
    this.#world.log.trim(this.state.room, upTo);
  }

  /** Tells the others that somebody types; nobody is told later. */
  typing(session: SessionId, on: boolean): void {
    const sender = endpointOf(this.state, session);
    if (sender === undefined) return;
    this.#tellVolatile(sender, { type: "typing", seat: sender.seat, on });
  }

  /** Shows the others a reaction; nobody sees it later. */
  react(session: SessionId, reaction: Reaction): void {
    const sender = endpointOf(this.state, session);
    if (sender === undefined) return;
    this.#tellVolatile(sender, { type: "reaction", seat: sender.seat, reaction });
  }

  #tellVolatile(sender: EndpointState, message: ServerMessage): void {
    const frame = write(message);
    for (const each of this.state.endpoints) {
      if (each !== sender) this.#memberAt(each)?.outbox.volatile(frame);
    }
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case "event":
        return this.#tellEvent(effect);
      case "relay":
        return this.#tellFrame(new RelayedSignal(effect));
      case "state":
        return this.#tellState(effect);
      case "inside":
        return this.#world.watchers.changed(this.state.room);
      case "lock":
        return this.#toAll((member) => this.#showLock(member));
      case "knocks":
        return this.#toAll((member, { seat }) => this.#showKnocks(member, seat));
      case "answer":
        return this.#ownSocket(effect.session, effect.host, effect.epoch)?.outbox.send({
          type: "answer",
          room: this.state.room,
          admitted: effect.admitted,
        });
      case "members": // see `#performWithCard`
        return;
      case "seated":
        return this.#world.sessions.setRoom(effect.session, this.state.room);
      case "joined":
        return this.#joined(effect);
      case "attached":
        return this.#attached(effect);
      case "unattached":
        return this.#unattached(effect);
      case "settled":
        return this.#tellSettled(effect);
      case "refused":
        return this.#refused(effect);
      case "departed":
        return this.#departed(effect);
      case "close":
        if (effect.host === this.#world.boot) {
          this.#world.sessions.get(effect.session)?.socket?.end(CLOSE_RETRY, effect.why);
        }
    }
  }

  #tellEvent({ to, message }: EffectOf<"event">): void {
    const shows = message.type === "arrived" ? { shows: message.seat.seat } : {};
    const frame = write(message);
    this.#tellFrame({ p: message.p, to, frame, letters: frame.length, ...shows });
  }

  #tellFrame(event: TailEntry): void {
    this.#tail.push(event, this.state.pending);
    const { frame } = event;
    for (const id of event.to) this.#memberOf(id)?.outbox.frame(frame);
  }

  #tellState({ seat, except }: EffectOf<"state">): void {
    for (const each of this.state.endpoints) {
      if (each.endpoint !== except) this.#showSeat(seat, this.#memberAt(each));
    }
  }

  #showSeat(seat: SeatId, member: Member | undefined): void {
    member?.outbox.state(`seat ${seat}`, () => {
      const view = viewSeat(this.state, seat);
      return view === null ? null : write({ type: "state", seat: view });
    });
  }

  #showLock({ outbox }: Member): void {
    outbox.state("lock", () => write({ type: "lock", on: this.state.settings.locked }));
  }

  /** Who has just come in or back knows of no knocks. */
  #showWaiting(member: Member, seat: SeatId): void {
    if (this.state.knocks.length > 0) this.#showKnocks(member, seat);
  }

  #showKnocks({ outbox }: Member, seat: SeatId): void {
    if (!mayAnswer(this.state, seat)) return;
    const knocks = () => this.state.knocks.map(({ knock, name }) => ({ knock, name }));
    outbox.state("knocks", () => write({ type: "knocks", knocks: knocks() }));
  }

  #toAll(tell: (member: Member, endpoint: EndpointState) => void): void {
    for (const each of this.state.endpoints) {
      const member = this.#memberAt(each);
      if (member !== undefined) tell(member, each);
    }
  }

  #tellSettled({ endpoint, n }: EffectOf<"settled">): void {
    const member = this.#memberOf(endpoint);
    if (member?.outbox.settle(n)) this.#world.tellSettledSoon(member.outbox);
  }

  #joined({ session, host, endpoint }: EffectOf<"joined">): void {
    this.#world.sessions.setRoom(session, this.state.room);
    if (host !== this.#world.boot) return;
    const member = this.#world.sessions.get(session)?.socket;
    if (!member) return;
    const first = member.welcome(false, this.state.room);
    this.#tellCard(member);
    this.#snapshot(member, endpoint);
    if (first) member.ready();
  }

  #attached({ session, host, epoch, endpoint, had }: EffectOf<"attached">): void {
    this.#world.sessions.setRoom(session, this.state.room);
    const member = this.#ownSocket(session, host, epoch);
    if (!member) return;
    const resumed = had !== null && this.#tail.covers(had);
    member.welcome(resumed, this.state.room);
    this.#tellCard(member);
    if (resumed) {
      const { log } = this.state;
      member.endpoint = endpoint;
      const { locked } = this.state.settings;
      member.outbox.send({ type: "synced", log: log!, seats: viewSeats(this.state), locked });
      for (const missed of this.#tail.missed(endpoint, had)) {
        member.outbox.frame(this.#toldLate(missed));
      }
      this.#showWaiting(member, endpointById(this.state, endpoint)!.seat);
    } else {
      this.#snapshot(member, endpoint);
    }
    member.ready();
  }

  /** A seat that is there still is shown as it is now: `synced` was, and nobody is to blink. */
  #toldLate({ frame, shows }: TailEntry): string {
    const seat = shows === undefined ? null : viewSeat(this.state, shows);
    return seat === null ? frame : write({ ...JSON.parse(frame), seat });
  }

  #unattached({ session, host, epoch }: EffectOf<"unattached">): void {
    const member = this.#ownSocket(session, host, epoch);
    if (!member) return;
    this.#world.sessions.setRoom(session, null);
    member.welcome(false, null);
    member.ready();
  }

  /**
   * The whole room, then what is still due to the endpoint. The position told lies below those:
   * acknowledging the snapshot must not acknowledge them.
   */
  #snapshot(member: Member, endpoint: EndpointId): void {
    const { state } = this;
    const known = member.endpoint === endpoint;
    const due = known ? [] : this.#tail.due(endpoint, state.pending);
    const { seat } = endpointById(state, endpoint)!;
    if (!known) member.outbox.forget();
    member.endpoint = endpoint;
    member.outbox.send({
      type: "joined",
      log: state.log!,
      p: due.length > 0 ? due[0].p - 1 : state.p,
      room: state.room,
      seat,
      endpoint,
      seats: viewSeats(state),
      settings: state.settings,
      generation: state.generation,
      ice: member.ice,
    });
    if (!known) { for (const frame of pastFrames(state, seat)) member.outbox.frame(frame); }
    this.#showWaiting(member, seat);
    for (const { frame } of due) member.outbox.frame(frame);
  }

  #refused({ session, epoch, re, code, message, n }: EffectOf<"refused">): void {
    const { sessions, watchers } = this.#world;
    const known = sessions.get(session);
    const inside = endpointOf(this.state, session) !== undefined;
    if (!inside && known?.room === this.state.room) sessions.setRoom(session, null);
    const member = known?.socket;
    if (!member || member.epoch !== epoch) return;
    if (re === "leave") return member.outbox.send({ type: "bye" });
    if (code === "full") member.outbox.frame(watchers.inside(this.state.room));
    member.outbox.send({ type: "error", code, message, re, ...(n === undefined ? {} : { n }) });
  }

  #departed({ session, endpoint, why }: EffectOf<"departed">): void {
    const { sessions } = this.#world;
    const known = sessions.get(session);
    if (known === undefined || known.room !== this.state.room) return;
    const member = known.socket;
    sessions.setRoom(session, null);
    if (member?.endpoint !== endpoint) return;
    member.endpoint = null;
    member.outbox.forget();
    member.outbox.send({ type: "bye" });
    if (why === "removed") member.end(CLOSE_FATAL, "removed");
  }

  /**
   * Tells of a change that cards tell too: first the card, then the rest. Whoever knows of
   * somebody must be able to bring them back with the room, or what it says to them after a restart
   * would find nobody.
   */
  #performWithCard(entry: LogEntry<RoomCommand>, effects: readonly Effect[]): void {
    this.#afterCard(() => this.#safely(entry, () => this.#performAll(entry, effects)));
  }

  /** Signs the card anew before it ends, where nothing changed for hours. */
  renewCard(now: number): void {
    if (this.#card === null || this.#signing || now - this.#signedAt < RENEW_AFTER_MS) return;
    if (this.state.endpoints.length > 0) this.#afterCard(() => {});
  }

  #afterCard(work: () => void): void {
    this.#signing = true;
    const done = this.#signCard().finally(() => {
      work();
      this.#signing = false;
      while (!this.#signing && this.#waiting.length > 0) this.#take(this.#waiting.shift()!);
    });
    this.#world.background(done, "card");
  }

  async #signCard(): Promise<void> {
    const { state } = this;
    const { tokens, boot, clock } = this.#world;
    this.#signedAt = clock.now();
    const card = await tokens.card({ boot, room: state.room, ...cardOf(state) }, this.#signedAt);
    this.#card = write({ type: "card", card });
    for (const each of state.endpoints) {
      const member = this.#memberAt(each);
      if (member !== undefined) this.#tellCard(member);
    }
  }

  /** At once, not when the socket has caught up: what follows speaks of those it lists. */
  #tellCard({ outbox }: Member): void {
    if (this.#card !== null) outbox.frame(this.#card);
  }

  #memberOf(id: EndpointId): Member | undefined {
    const endpoint = endpointById(this.state, id);
    return endpoint && this.#memberAt(endpoint);
  }

  /** The socket of an endpoint, if this process holds it and it was told which endpoint it is. */
  #memberAt({ host, session, endpoint }: EndpointState): Member | undefined {
    if (host !== this.#world.boot) return undefined;
    const member = this.#world.sessions.get(session)?.socket;
    return member?.endpoint === endpoint ? member : undefined;
  }

  #ownSocket(session: SessionId, host: string, epoch: number): Member | null {
    if (host !== this.#world.boot) return null;
    const member = this.#world.sessions.get(session)?.socket ?? null;
    return member?.epoch === epoch ? member : null;
  }

  #trimTail(): void {
    if (this.#tail.length === 0) return;
    this.#tail.trim(this.#hadUpTo);
    if (this.state.p - this.#trimmed >= TRIM_EVERY) this.trimLog();
  }

  #tellInternal(session: SessionId): void {
    this.#world.sessions.get(session)?.socket?.outbox.send({
      type: "error",
      code: "internal",
      message: "the server failed at this message",
      re: null,
    });
  }
}
