/** Chat, requests, reactions, roles and the door of one stay in a room. */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals-core";
import type { KnockId, RoomId, SeatId } from "../protocol/ids.ts";
import type { Act, Knock, Reaction, Role } from "../protocol/messages.ts";
import { Chat } from "./chat.ts";
import type { Company as Heard } from "./company_later.ts";
import type { Gathering } from "./gathering.ts";
import type { LinkEvent, SignalingLink } from "./link.ts";
import type { Media } from "./media.ts";
import type { Notices } from "./notices.ts";
import { disown } from "./owner.ts";
import type { Env, Undo } from "./ports.ts";
import { Requests } from "./requests.ts";

/** Long enough to be seen, short enough not to be in the way. */
export const REACTION_MS = 4_000;
/** As fast as one's own may follow each other; the server allows no more for long. */
const REACT_EVERY_MS = 500;

export interface CompanyParts {
  readonly env: Env;
  readonly room: RoomId;
  readonly link: SignalingLink;
  readonly gathering: Gathering;
  readonly media: Media;
  readonly notices: Notices;
}

interface Shown {
  readonly name: string;
  readonly is: Reaction;
}

export class Company implements Heard {
  readonly #parts: CompanyParts;
  readonly #requests: Requests;
  readonly #reactions = signal<readonly Shown[]>([]);
  readonly #locked = signal(false);
  readonly #knocks = signal<readonly Knock[]>([]);
  readonly #undo: Undo[] = [];
  #reactedAt = -Infinity;

  readonly chat: Chat;
  readonly hands: ReadonlySignal<readonly SeatId[]>;
  readonly role: ReadonlySignal<Role>;
  readonly owners: ReadonlySignal<ReadonlySet<SeatId>>;
  readonly reactions: ReadonlySignal<readonly Shown[]> = this.#reactions;
  readonly locked: ReadonlySignal<boolean> = this.#locked;
  readonly knocks: ReadonlySignal<readonly Knock[]>;
  readonly deaf: ReadonlySignal<boolean>;

  constructor(parts: CompanyParts) {
    const { gathering } = this.#parts = parts;
    const { roster } = gathering;
    this.chat = new Chat(parts);
    this.#requests = new Requests(parts);
    this.deaf = gathering.sound.deaf;
    this.hands = computed(() =>
      roster.value.filter(({ hand }) => hand)
        .sort((a, b) => (a.handAt ?? 0) - (b.handAt ?? 0)).map(({ seat }) => seat)
    );
    this.role = computed(() => gathering.own.value?.role ?? "guest");
    this.owners = computed(() =>
      new Set(roster.value.filter(({ role }) => role === "owner").map(({ seat }) => seat))
    );
    // Who answered for want of an owner does not once there is one.
    this.knocks = computed(() =>
      this.role.value === "owner" || this.owners.value.size === 0 ? this.#knocks.value : []
    );
    this.#undo.push(this.#tellOfRole());
  }

  get question() {
    return this.#requests.question;
  }

  get asked() {
    return this.#requests.asked;
  }

  hear(event: LinkEvent): void {
    switch (event.type) {
      case "snapshot":
        this.#locked.value = event.locked;
        this.#knocks.value = [];
        return this.chat.open(event);
      case "past":
      case "chat":
      case "chat-again":
        return this.chat.hear(event);
      case "refused":
        if (event.mark !== undefined) this.chat.fail(event.mark);
        return;
      case "ask":
        return this.#requests.hear(event);
      case "lock":
        return this.#hearLock(event.on);
      case "knocks":
        return this.#hearKnocks(event.knocks);
      case "reaction": {
        const name = this.#nameOf(event.seat);
        if (name !== undefined) this.#show({ name, is: event.reaction });
        return;
      }
    }
  }

  react(reaction: Reaction): void {
    const { env, link, gathering } = this.#parts;
    const now = env.clock.now();
    if (now - this.#reactedAt < REACT_EVERY_MS) return;
    this.#reactedAt = now;
    link.react(reaction);
    this.#show({ name: gathering.own.peek()?.name ?? "", is: reaction });
  }

  askToMute(seat: SeatId): void {
    this.#requests.ask(seat);
  }

  answer(yes: boolean): void {
    this.#requests.answer(yes);
  }

  volumeOf(seat: SeatId): number {
    return this.#parts.gathering.sound.person(seat)?.wanted.value ?? 1;
  }

  setVolume(seat: SeatId, volume: number): void {
    const person = this.#parts.gathering.sound.person(seat);
    if (person) person.wanted.value = Math.min(1, Math.max(0, volume));
  }

  setDeaf(on: boolean): void {
    this.#parts.gathering.sound.deaf.value = on;
  }

  lock(on: boolean): void {
    this.#manage({ do: "lock", on });
  }

  admit(knock: KnockId): void {
    this.#manage({ do: "admit", knock });
  }

  refuse(knock: KnockId): void {
    this.#manage({ do: "refuse", knock });
  }

  remove(seat: SeatId): void {
    this.#manage({ do: "remove", seat });
  }

  handOn(seat: SeatId): void {
    const { env, room } = this.#parts;
    disown(env.browser, room);
    this.#manage({ do: "hand-on", seat });
  }

  dispose(): void {
    for (const undo of this.#undo) undo();
    this.#requests.dispose();
    this.chat.dispose();
    this.setDeaf(false);
  }

  #manage(act: Act): void {
    this.#parts.link.manage(act);
  }

  #hearLock(on: boolean): void {
    if (on === this.#locked.peek()) return;
    this.#locked.value = on;
    this.#parts.notices.say(on ? "notice.locked" : "notice.unlocked");
  }

  #hearKnocks(knocks: readonly Knock[]): void {
    const before = this.#knocks.peek();
    this.#knocks.value = knocks;
    const news = knocks.find(({ knock }) => before.every((each) => each.knock !== knock));
    if (news !== undefined) this.#parts.notices.say("notice.knocks", { name: news.name });
  }

  /** The role comes as state: who had it before makes it news. */
  #tellOfRole(): Undo {
    let before: Role | null = null;
    return effect(() => {
      const now = this.role.value;
      if (before === "guest" && now === "owner") this.#parts.notices.say("notice.owner");
      before = this.#parts.gathering.own.value === undefined ? before : now;
    });
  }

  #show(shown: Shown): void {
    this.#reactions.value = [...this.#reactions.peek(), shown].slice(-6);
    this.#undo.push(this.#parts.env.clock.after(REACTION_MS, () => {
      this.#reactions.value = this.#reactions.peek().filter((each) => each !== shown);
    }));
  }

  #nameOf(seat: SeatId): string | undefined {
    return this.#parts.gathering.roster.peek().find((each) => each.seat === seat)?.name;
  }
}
