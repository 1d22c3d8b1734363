/**
 * One's name, who is there, and calls by name, over the link of the page: the one owner of all
 * that. A part of its own, loaded once somebody has or takes a name.
 */
import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals-core";
import type { BootId, CallId } from "../protocol/ids.ts";
import type { Settling, Welcome } from "../protocol/messages.ts";
import { foldName } from "../protocol/names.ts";
import { parseNames } from "../protocol/names_from_server.ts";
import type { CallKind, NamesServerMessage } from "../protocol/names_messages.ts";
import { CallsByName, type CallsOwner } from "./calls_by_name.ts";
import type { LinkEvent, SignalingLink } from "./link.ts";
import { NameHolder } from "./name_holder.ts";
import type {
  IncomingCall,
  NamesModel,
  OutgoingCall,
  OwnName,
  PersonHere,
  RecentCall,
  Talk,
} from "./names_model.ts";
import type { NamesEnv } from "./names_ports.ts";
import { foldPeople } from "./people_here.ts";
import type { Env, Undo } from "./ports.ts";
import { RecentCalls } from "./recent_calls.ts";
import { ring, type RingTexts } from "./ringing.ts";
import { TalkWatch } from "./talk_watch.ts";

export interface NamesOptions {
  readonly env: Pick<Env, "clock" | "random" | "tab" | "browser" | "page" | "log">;
  readonly names: NamesEnv;
  /** The page's, which its calls use too. Left to its owner, and started. */
  readonly link: SignalingLink;
  /**
   * Asks for microphone and camera before a call rings or is answered, and keeps them for the
   * room; settles whatever comes of it.
   */
  readonly prepare: (camera: boolean) => Promise<void>;
  readonly texts: RingTexts;
}

export class Names implements NamesModel {
  readonly #link: SignalingLink;
  readonly #holder: NameHolder;
  readonly #calls: CallsByName;
  readonly #recent: RecentCalls;
  readonly #watch = new TalkWatch();
  readonly #people = signal<readonly PersonHere[] | null>(null);
  readonly #undo: Undo[];
  #boot: BootId | null = null;
  /** The talk whose room is watched. */
  #watched: CallId | null = null;

  readonly me: ReadonlySignal<OwnName>;
  readonly listed: ReadonlySignal<boolean>;
  readonly dnd: ReadonlySignal<boolean>;
  readonly people: ReadonlySignal<readonly PersonHere[] | null>;
  readonly outgoing: ReadonlySignal<OutgoingCall | null>;
  readonly incoming: ReadonlySignal<IncomingCall | null>;
  readonly talk: ReadonlySignal<Talk | null>;
  readonly recent: ReadonlySignal<readonly RecentCall[]>;
  readonly missed: ReadonlySignal<number>;

  constructor({ env, names, link, prepare, texts }: NamesOptions) {
    const all = { ...env, names };
    const say = link.say.bind(link);
    // Without a name on this socket nothing of calls is understood; what is open is said once held.
    const sayOfCalls: CallsOwner["say"] = (body) => {
      if (this.#holder.isHeld) say(body);
      return this.#holder.isHeld;
    };
    this.#link = link;
    this.#recent = new RecentCalls(env.browser);
    const calls = this.#calls = new CallsByName(all, {
      say: sayOfCalls,
      prepare,
      met: () => this.#watch.met,
      sitsIn: (room) => link.returning === room,
    }, this.#recent);
    const holder = this.#holder = new NameHolder(all, {
      say,
      held: () => this.#held(),
      unheld: () => this.#people.value = null,
    });
    this.me = holder.me;
    this.listed = holder.listed;
    this.dnd = holder.dnd;
    this.people = computed(() => {
      const me = holder.me.value;
      const own = "name" in me ? foldName(me.name) : null;
      return this.#people.value?.filter(({ name }) => foldName(name) !== own) ?? null;
    });
    this.outgoing = calls.outgoing;
    this.incoming = calls.incoming;
    this.talk = calls.talk;
    this.recent = this.#recent.all;
    this.missed = this.#recent.missed;
    this.#undo = [
      link.plug({
        welcomed: (welcome) => this.#welcomed(welcome),
        lost: () => holder.lost(),
        read: (frame) => this.#read(frame),
      }),
      link.on((event) => batch(() => this.#follow(event))),
      effect(() => {
        if ((calls.talk.value?.call ?? null) !== this.#watched) this.#watchTalk();
      }),
      ring(names.alerts, texts, () => env.page.visible, calls.incoming, calls.outgoing),
    ];
    link.start();
  }

  take(name: string): Promise<void> {
    return this.#holder.take(name);
  }

  forget(): Promise<void> {
    return this.#holder.forget();
  }

  setListed(on: boolean): void {
    this.#holder.setListed(on);
  }

  setDnd(on: boolean): void {
    this.#holder.setDnd(on);
  }

  call(name: string, kind: CallKind = "talk"): Promise<void> {
    return this.#calls.place(name, kind);
  }

  cancel(): void {
    this.#calls.cancel();
  }

  dismiss(): void {
    this.#calls.dismiss();
  }

  accept(camera = true): Promise<void> {
    return this.#calls.accept(camera);
  }

  decline(): void {
    this.#calls.decline();
  }

  hangUp(): void {
    this.#calls.hangUp();
  }

  seen(): void {
    this.#recent.seen();
  }

  clearRecent(): void {
    this.#recent.clear();
  }

  dispose(): void {
    for (const undo of this.#undo) undo();
    this.#holder.dispose();
    this.#calls.dispose();
  }

  #welcomed({ session, boot }: Welcome): void {
    this.#boot = boot;
    this.#holder.welcomed(session);
  }

  #held(): void {
    this.#link.say({ type: "who", on: true });
    void this.#calls.held(this.#boot!);
  }

  #read(frame: unknown): Settling | null {
    const parsed = parseNames(frame);
    if (!parsed.ok) return null;
    batch(() => this.#hear(parsed.message));
    return parsed.message;
  }

  #hear(message: NamesServerMessage): void {
    if (message.type === "people") this.#people.value = foldPeople(this.#people.peek(), message);
    // One more in the room than the two: who has hung up is missed, and nothing is over.
    const isTheirs = message.type === "hungup" && this.#watch.others > 1;
    if (isTheirs) return;
    this.#holder.hear(message);
    this.#calls.hear(message);
  }

  #watchTalk(): void {
    this.#watched = this.#calls.talk.peek()?.call ?? null;
    this.#watch.begin();
  }

  #follow(event: LinkEvent): void {
    if (event.type === "refused") {
      if (event.code !== "rate") return;
      if (event.re === "register" || event.re === "prove") this.#holder.again();
      if (event.re === "call") this.#calls.tooMany();
    } else if (this.#watch.follow(event)) {
      this.#calls.endTalk();
    }
  }
}
