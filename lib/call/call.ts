/** One room, from lobby to end: what the islands see, and the one owner of everything behind it. */
import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals-core";
import type { RoomId, SeatId } from "../protocol/ids.ts";
import type { MediaState } from "../protocol/messages.ts";
import { isGenerated } from "../protocol/room_name.ts";
import { colourOf } from "./colours.ts";
import { CompanyLater } from "./company_later.ts";
import type { CompanyModel } from "./company_model.ts";
import { type Entering, envFor } from "./entering.ts";
import { FullRetry } from "./full_retry.ts";
import { Gathering } from "./gathering.ts";
import type { LinkEvent, SignalingLink, Snapshot } from "./link.ts";
import { Media } from "./media.ts";
import type { CallModel, Door, Failure, Inside, Notice, Participant, Phase } from "./model.ts";
import type { TogetherLater } from "./model.ts";
import { Notices } from "./notices.ts";
import { ownerOf } from "./owner.ts";
import { Patience } from "./patience.ts";
import * as person from "./person.ts";
import {
  doorOf,
  failureOfCall,
  type PhaseFacts,
  phaseOf,
  type Stage,
  stageOfRefusal,
  takenIn,
} from "./phases.ts";
import type { Env, Undo } from "./ports.ts";
import { Reach } from "./reach.ts";
import { ServerLoss } from "./server_loss.ts";
import { SignalingClient } from "./signaling.ts";
import { TabLock } from "./tab.ts";
import { type LoadCare, Tending } from "./tending.ts";
import { Voice } from "./voice.ts";

export interface CallOptions {
  readonly room: RoomId;
  /** Seats, if this person's joining makes the room; else the server's default. */
  readonly capacity?: number;
  readonly env: Env;
  /** Left to its owner where given; else the call makes one and ends it. */
  readonly link?: SignalingLink;
  /** Goes in without a lobby. */
  readonly entering?: Entering;
  /** How those are called who give no name. */
  readonly guestName?: string;
  /** Fetches what looks after a running call. */
  readonly loadCare: LoadCare;
}

/** A browser's question nobody answers: people are let in, and heard once they allow it. */
export const ASKING_PATIENCE_MS = 15_000;

/** An offer takes 10 to 20 ms to make. */
const OFFERS_PATIENCE_MS = 100;

export class Call implements CallModel {
  readonly #options: CallOptions;
  readonly #link: SignalingLink;
  readonly #gathering: Gathering;
  readonly #notices: Notices;
  readonly #reach: Reach;
  readonly #tab: TabLock;
  readonly #voice: Voice;
  readonly #tending: Tending;
  readonly #undo: Undo[];
  readonly #stage = signal<Stage>({ is: "lobby" });
  readonly #name;
  readonly #inside = signal<Inside | null>(null);
  readonly #joinedAt = signal<number | null>(null);
  readonly #lastedMs = signal(0);
  readonly #retry: FullRetry;
  readonly #elsewhere = signal(false);
  readonly #patience: Patience;
  readonly #company = new CompanyLater();
  readonly #loss;
  #told: MediaState | null = null;

  readonly media: Media;
  readonly sends: boolean;
  readonly phase: ReadonlySignal<Phase>;
  readonly failure: ReadonlySignal<Failure | null>;
  readonly seat: ReadonlySignal<SeatId | null>;
  readonly name: ReadonlySignal<string>;
  readonly nameTaken: ReadonlySignal<string | null> = computed(() => takenIn(this.#stage.value));
  readonly colour: ReadonlySignal<number>;
  readonly hand: ReadonlySignal<boolean>;
  readonly speaking: ReadonlySignal<boolean>;
  readonly others: ReadonlySignal<readonly Participant[]>;
  readonly capacity: ReadonlySignal<number>;
  readonly inside: ReadonlySignal<Inside | null> = this.#inside;
  readonly notice: ReadonlySignal<Notice | null>;
  readonly announcement: ReadonlySignal<Notice | null>;
  readonly joinedAt: ReadonlySignal<number | null> = this.#joinedAt;
  readonly lastedMs: ReadonlySignal<number> = this.#lastedMs;
  readonly retryAt: ReadonlySignal<number | null>;
  readonly unreachableSince: ReadonlySignal<number | null>;
  readonly elsewhere: ReadonlySignal<boolean> = this.#elsewhere;
  readonly together: TogetherLater;
  readonly company: ReadonlySignal<CompanyModel | null> = this.#company.model;
  readonly door: ReadonlySignal<Door | null> = computed(() => doorOf(this.#stage.value));

  constructor(options: CallOptions) {
    const { room } = options;
    const env = envFor(options.env, options.entering);
    const link = options.link ?? new SignalingClient(env);
    this.#options = options;
    this.#link = link;
    const notices = this.#notices = new Notices(env.clock);
    this.#loss = new ServerLoss(notices);
    this.sends = options.entering?.sends ?? true;
    this.media = options.entering?.media ?? new Media(env);
    this.media.tellTo((key, device) => notices.say(key, { device }));
    const gathering = this.#gathering = new Gathering(env, link, this.media.outgoing, notices);
    this.#reach = new Reach(env.clock, link);
    this.#tab = new TabLock(env, () => this.#replaced());
    this.#voice = new Voice(env.clock, this.media.loudness);
    this.#patience = new Patience(env.clock);
    this.#retry = new FullRetry(env.clock);
    this.retryAt = this.#retry.at;
    const { media } = this;
    const cared = { env, media, notices, gathering, room, link, company: this.#company };
    this.together = this.#tending = new Tending(cared, options.loadCare);
    this.#name = signal(person.rememberedName(env));

    this.name = this.#name;
    this.notice = notices.notice;
    this.announcement = notices.announcement;
    this.unreachableSince = this.#reach.unreachableSince;
    this.speaking = this.#voice.speaking;
    this.seat = gathering.seat;
    this.others = gathering.others;
    this.capacity = gathering.capacity;
    this.hand = computed(() => gathering.own.value?.hand ?? false);
    this.colour = computed(() => {
      const seat = gathering.seat.value;
      return (seat && gathering.colours.value.get(seat)) ?? colourOf(this.#name.value);
    });
    const facts = computed<PhaseFacts>(() => ({
      stage: this.#stage.value,
      link: link.status.value,
      others: this.others.value.length,
      microphone: this.media.microphone.value,
      camera: this.media.camera.value,
      unreachable: this.#reach.lost.value,
    }));
    this.phase = computed(() => phaseOf(facts.value));
    this.failure = computed(() => failureOfCall(facts.value));
    this.#undo = [
      ...options.link ? [] : [() => link.dispose()],
      link.on((event) => batch(() => this.#handle(event))),
      effect(() => this.#tellMedia()),
      effect(() => this.#watchServer()),
    ];
    this.#start();
  }

  setName(name: string): void {
    this.#name.value = name;
    person.rememberName(this.#options.env, name);
    if (this.#is("inside")) this.#link.setState({ name: this.#nameToSend() });
  }

  async join(): Promise<void> {
    if (this.#is("joining", "inside") || this.#elsewhere.peek()) return;
    const stage: Stage = { is: "joining" };
    this.#stage.value = stage;
    this.#retry.stop();
    await this.#patience.within(this.media.askOnce(), ASKING_PATIENCE_MS);
    await this.#gathering.ready;
    if (this.#stage.peek() === stage) this.#sendJoin();
  }

  rejoin(): Promise<void> {
    return this.join();
  }

  leave(): void {
    if (this.#is("lobby", "ended")) return;
    this.#link.leave();
    batch(() => {
      if (this.#is("inside")) this.#end();
      else {
        this.#gathering.clear(); // the answer to our join may have come already
        this.#stage.value = { is: "lobby" };
      }
      this.#retry.stop();
      this.#watchRoom();
    });
  }

  retry(): void {
    this.#link.retry();
    if (this.#is("full")) this.#sendJoin();
    if (this.#is("failed")) this.join();
  }

  async useHere(): Promise<void> {
    await this.#tab.steal();
    batch(() => {
      this.#elsewhere.value = false;
      this.#stage.value = { is: "lobby" };
    });
    await this.#open();
  }

  knock(on: boolean): void {
    if (!this.#is("door")) return;
    const { room } = this.#options;
    this.#link.knock(on ? { room, name: this.#nameToSend() } : null);
    this.#stage.value = { is: "door", at: on ? "knocking" : "locked" };
  }

  setHand(up: boolean): void {
    if (this.#is("inside")) this.#link.setState({ hand: up });
  }

  pushToTalk(held: boolean): void {
    this.media.pushToTalk(held && this.#is("inside"));
  }

  dispose(): void {
    this.#retry.stop();
    this.#voice.stop();
    this.#tending.stop();
    this.#gathering.dispose();
    this.media.dispose();
    this.#reach.dispose();
    this.#notices.dispose();
    this.#tab.dispose();
    this.#patience.dispose();
    for (const undo of this.#undo) undo();
  }

  // ---- getting in -------------------------------------------------------------------------------

  async #start(): Promise<void> {
    if (await this.#tab.hold()) await this.#open();
    else this.#elsewhere.value = true;
  }

  /** After a reload back into the call, or into one that was accepted; else into the lobby. */
  async #open(): Promise<void> {
    const { room, env } = this.#options;
    const link = this.#link;
    const back = link.returning === room || this.#options.entering !== undefined;
    if (back) this.#stage.value = { is: "joining" };
    // A reload asks for what it had; a first visit takes what it may have without a question.
    if (back) this.media.askOnce();
    else this.media.start();
    await this.#gathering.ready;
    if (back) return this.#sendJoin();
    env.rtc.warmUp(); // who reads the lobby does not notice
    if (link.returning !== null) link.leave();
    link.start();
    this.#watchRoom();
  }

  /** Rooms with a typed name do not tell outsiders who is inside. */
  #watchRoom(): void {
    const { room } = this.#options;
    const link = this.#link;
    if (isGenerated(room)) link.watch(room);
  }

  #sendJoin(): void {
    const { room, capacity } = this.#options;
    const link = this.#link;
    this.#retry.stop();
    this.#told = this.media.state.peek();
    link.start();
    link.join({
      room,
      name: this.#nameToSend(),
      media: this.#told,
      ...ownerOf(this.#options.env.browser, room),
      ...capacity !== undefined && { settings: { capacity } },
    });
  }

  // ---- what the server says ---------------------------------------------------------------------

  #handle(event: LinkEvent): void {
    this.#company.hear(event);
    switch (event.type) {
      case "snapshot":
        return this.#enter(event);
      case "seats":
      case "arrived":
      case "left":
        return this.#gathering.follow(event);
      case "signal":
        return this.#gathering.signal(event);
      case "ice":
        return this.#gathering.setIceServers(event.servers);
      case "inside":
        return this.#seeInside(event);
      case "refused":
        return this.#refused(stageOfRefusal(event));
      case "answer":
        if (!this.#is("door")) return;
        if (!event.admitted) this.#stage.value = { is: "door", at: "refused" };
        else this.join();
    }
  }

  #enter(snapshot: Snapshot): void {
    if (!this.#is("joining", "inside", "full")) return;
    this.#gathering.enter(snapshot);
    if (this.#is("inside")) return;
    this.#retry.stop();
    // Drawing the call's screen takes a while; the others answer our offers in the meantime.
    this.#patience.within(this.#gathering.begun(), OFFERS_PATIENCE_MS).then(() => this.#arrive());
  }

  #arrive(): void {
    if (!this.#is("joining", "full") || this.seat.peek() === null) return;
    const { env, room } = this.#options;
    const joinedAt = person.rememberedJoin(env, room) ?? env.clock.now();
    person.rememberJoin(env, room, joinedAt);
    batch(() => {
      this.#joinedAt.value = joinedAt;
      this.#stage.value = { is: "inside" };
      this.#voice.start();
      this.#tending.start();
      const { microphone, camera } = this.media.state.peek();
      if (!microphone && !camera) this.#notices.say("notice.listening");
    });
  }

  #seeInside({ room, count, capacity, names }: Extract<LinkEvent, { type: "inside" }>): void {
    if (room !== this.#options.room) return;
    this.#inside.value = { count, capacity, names };
    if (this.#is("full") && count < capacity) this.#sendJoin();
  }

  #refused(stage: Stage | null): void {
    if (stage === null || !this.#is("joining", "full", "inside")) return;
    this.#gathering.clear();
    this.#voice.stop();
    this.#tending.stop();
    this.#stage.value = stage;
    if (stage.is !== "full") return;
    this.#watchRoom();
    this.#retry.wait(() => this.#sendJoin());
  }

  // ---- what others and this person are told -----------------------------------------------------

  /** What changed since joining told it; the state is one object until something changes. */
  #tellMedia(): void {
    const media = this.media.state.value;
    if (this.#stage.value.is !== "inside" || media === this.#told) return;
    this.#told = media;
    this.#link.setState({ media });
  }

  #watchServer(): void {
    const inside = this.#stage.value.is === "inside";
    if (this.#link.status.value.is === "closed" && inside) this.#shut();
    this.#loss.tell(inside, this.#reach.unreachableSince.value !== null);
  }

  // ---- the end ----------------------------------------------------------------------------------

  #end(): void {
    const { env, room } = this.#options;
    this.#inside.value = this.#gathering.inside(room);
    this.#lastedMs.value = env.clock.now() - (this.#joinedAt.peek() ?? env.clock.now());
    person.rememberJoin(env, room, null);
    this.#stage.value = { is: "ended" };
    this.#shut();
  }

  /** Another tab took the session. */
  #replaced(): void {
    batch(() => {
      this.#retry.stop();
      this.#stage.value = { is: "replaced" };
      this.#shut();
    });
  }

  /** Ends every connection and lets the devices go; the stage says why. */
  #shut(): void {
    this.#voice.stop();
    this.#tending.stop();
    this.#gathering.clear();
    this.media.release();
  }

  #is(...stages: Stage["is"][]): boolean {
    return stages.includes(this.#stage.peek().is);
  }

  #nameToSend(): string {
    return person.nameToSend(this.#name.peek(), this.#options.guestName ?? "Guest");
  }
}
