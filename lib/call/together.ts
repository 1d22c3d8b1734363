/** What people do together besides talking: screens, pointers, and how one sees the call. */
import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals-core";
import type { SeatId } from "../protocol/ids.ts";
import type { Cared } from "./care.ts";
import type { NoticeKey, Participant, SharedScreen, TogetherModel } from "./model.ts";
import { Pointers } from "./pointers.ts";
import type { Picture } from "./pointing.ts";
import type { ScreenPort, Undo } from "./ports.ts";
import { Share } from "./share.ts";
import {
  arrangeStage,
  nextSpeaker,
  NOBODY,
  SPEAKER_HOLD_MS,
  type Staged,
  stagedOf,
  type View,
  viewsFor,
} from "./stage_layout.ts";

const VIEW_NOTICES: Readonly<Record<View, NoticeKey>> = {
  grid: "notice.viewGrid",
  speaker: "notice.viewSpeaker",
  side: "notice.viewSide",
};

export class Together implements TogetherModel {
  readonly #cared: Cared;
  readonly #screens = signal<readonly SharedScreen[]>([]);
  readonly #pinned = signal<Picture | null>(null);
  readonly #speaker = signal(NOBODY);
  /** Chosen with nothing shared, and with something. */
  readonly #views = signal<Readonly<Record<"plain" | "shared", View>>>({
    plain: "grid",
    shared: "speaker",
  });
  readonly #undo: Undo[];

  readonly share: Share;
  readonly pointers: Pointers;
  readonly colours: ReadonlySignal<ReadonlyMap<SeatId, number>>;
  readonly screens: ReadonlySignal<readonly SharedScreen[]> = this.#screens;
  readonly pinned: ReadonlySignal<Picture | null> = this.#pinned;
  readonly view: ReadonlySignal<View>;
  readonly staged: ReadonlySignal<Staged | null>;
  readonly arrange = arrangeStage;

  constructor(cared: Cared, screen: ScreenPort) {
    const { env, media, notices, gathering } = cared;
    this.#cared = cared;
    this.share = new Share(env, screen, media.shared, notices);
    this.pointers = new Pointers(env.clock, gathering.lines, {
      seatOf: (endpoint) => gathering.seatOf(endpoint),
      seats: computed(() => gathering.others.value.map(({ seat }) => seat)),
    });
    this.colours = gathering.pointerColours;
    this.view = computed(() => this.#views.value[this.#situation()]);
    this.staged = steady(computed(() =>
      stagedOf({
        self: gathering.seat.value,
        others: gathering.others.value.map(({ seat }) => seat),
        screens: this.#screens.value.map(({ seat }) => seat),
        speaker: this.#speaker.value.seat,
        pinned: this.#pinned.value,
        view: this.view.value,
      })
    ));
    this.#undo = [
      effect(() => this.#followScreens()),
      effect(() => this.#followSpeakers()),
    ];
  }

  nextView(): void {
    const { gathering, notices } = this.#cared;
    const areTwo = gathering.others.peek().length < 2 && this.#screens.peek().length === 0;
    const views = viewsFor(gathering.others.peek().length, this.#screens.peek().length);
    const view = views[(views.indexOf(this.view.peek()) + 1) % views.length];
    batch(() => {
      this.#views.value = { ...this.#views.peek(), [this.#situation()]: view };
      this.#pinned.value = null;
    });
    notices.say(areTwo && view === "grid" ? "notice.viewTwo" : VIEW_NOTICES[view]);
  }

  pin(picture: Picture): void {
    const before = this.#pinned.peek();
    const isSame = before?.seat === picture.seat && before.kind === picture.kind;
    this.#pinned.value = isSame ? null : picture;
  }

  dispose(): void {
    for (const undo of this.#undo) undo();
    this.share.dispose();
    this.pointers.dispose();
  }

  #situation(): "plain" | "shared" {
    return this.#screens.value.length > 0 ? "shared" : "plain";
  }

  /** Keeps the order in which shares came. */
  #followScreens(): void {
    const { gathering } = this.#cared;
    const sharing = new Map<SeatId, () => SharedScreen>();
    for (const person of gathering.others.value) {
      if (person.screen.value) sharing.set(person.seat, () => theirScreen(person));
    }
    const self = gathering.seat.value;
    if (self && this.share.is.value === "on") sharing.set(self, () => this.#ownScreen(self));
    const before = this.#screens.peek();
    const stay = before.filter(({ seat }) => sharing.has(seat));
    for (const { seat } of stay) sharing.delete(seat);
    if (sharing.size === 0 && stay.length === before.length) return;
    const come = [...sharing.values()].map((make) => make());
    this.#announce(come, before.filter((each) => !stay.includes(each)));
    this.#screens.value = [...stay, ...come];
  }

  #announce(come: readonly SharedScreen[], gone: readonly SharedScreen[]): void {
    const { notices } = this.#cared;
    for (const { isOwn, name } of gone) {
      if (!isOwn) notices.say("notice.shareEnded", { name: name.peek() });
    }
    for (const { isOwn, name } of come) {
      if (isOwn) notices.announce("notice.sharing");
      else notices.say("notice.shares", { name: name.peek() });
    }
  }

  #ownScreen(seat: SeatId): SharedScreen {
    const { gathering } = this.#cared;
    const name = computed(() => gathering.own.value?.name ?? "");
    return { seat, isOwn: true, name, stream: this.share.preview };
  }

  #followSpeakers(): Undo | void {
    const { env: { clock }, gathering } = this.#cared;
    const speaking = gathering.others.value.filter((each) => each.speaking.value);
    const seats = speaking.map(({ seat }) => seat);
    const look = () => nextSpeaker(this.#speaker.peek(), seats, clock.now());
    const next = this.#speaker.value = look();
    const waits = next.seat !== null && seats.length > 0 && !seats.includes(next.seat);
    if (waits) return clock.after(SPEAKER_HOLD_MS, () => this.#speaker.value = look());
  }
}

function theirScreen({ seat, name, screen }: Participant): SharedScreen {
  return { seat, isOwn: false, name, stream: screen };
}

/** Another object only when something in it is another. */
function steady(source: ReadonlySignal<Staged | null>): ReadonlySignal<Staged | null> {
  let last: Staged | null = null;
  return computed(() => {
    const next = source.value;
    const isSame = next !== null && last !== null && next.view === last.view &&
      next.picture.seat === last.picture.seat && next.picture.kind === last.picture.kind;
    if (!isSame) last = next;
    return last;
  });
}
