/** The others as tiles. A tile lives as long as its seat: through reloads and new connections. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import type { SeatId } from "../protocol/ids.ts";
import { ABSENT_SHOWN_MS } from "../protocol/limits.ts";
import type { SeatView } from "../protocol/messages.ts";
import type { Line } from "./line.ts";
import type { Lines } from "./lines.ts";
import type { Link, Participant } from "./model.ts";
import type { Env, Undo } from "./ports.ts";
import { mainOf, type Roster } from "./roster.ts";
import { listen, SILENT, type Speaking } from "./speaking.ts";

/** Five looks a second: a speaker's ring may lag a syllable, not a word. */
const LISTEN_EVERY_MS = 200;
/** What passes between two looks counts up to this: the rest was slept through, or a clock was set. */
const LONGEST_LOOK_MS = 2_000;

class Person implements Participant {
  readonly seat: SeatId;
  readonly #media: Env["media"];
  readonly #view: Signal<SeatView>;
  readonly #speaking = signal<Speaking>(SILENT);
  readonly #stream = signal<MediaStream | null>(null);
  readonly #follow: Undo;
  /** The line to the endpoint whose picture it is; the last one, while a reload has none yet. */
  readonly #line: ReadonlySignal<Line | undefined>;
  /** For how long it was seen to be absent; null: it is not. */
  #absentMs: number | null = null;

  readonly name: ReadonlySignal<string>;
  readonly nameHeld: ReadonlySignal<boolean>;
  readonly colour: Signal<number>;
  /** How loud this person wants them, 0 to 1. */
  readonly wanted = signal(1);
  readonly volume: ReadonlySignal<number>;
  readonly microphoneOn: ReadonlySignal<boolean>;
  readonly cameraOn: ReadonlySignal<boolean>;
  readonly hand: ReadonlySignal<boolean>;
  readonly link: ReadonlySignal<Link>;
  readonly weak: ReadonlySignal<boolean>;
  readonly relayed: ReadonlySignal<boolean>;
  readonly stream: ReadonlySignal<MediaStream | null> = this.#stream;
  readonly screen: ReadonlySignal<MediaStream | null>;
  readonly speaking: ReadonlySignal<boolean> = computed(() => this.#speaking.value.on);

  constructor(
    env: Env,
    lines: Lines,
    view: SeatView,
    colour: number,
    deaf: ReadonlySignal<boolean>,
  ) {
    this.seat = view.seat;
    this.#media = env.media;
    this.#view = signal(view);
    this.colour = signal(colour);
    const main = computed(() => mainOf(this.#view.value));
    this.#line = computed(() => main.value && lines.all.value.get(main.value.endpoint));
    this.volume = computed(() => deaf.value ? 0 : this.wanted.value);
    this.name = computed(() => this.#view.value.name);
    this.nameHeld = computed(() => this.#view.value.held ?? false);
    this.hand = computed(() => this.#view.value.hand);
    this.microphoneOn = computed(() => main.value?.media.microphone ?? false);
    this.cameraOn = computed(() => main.value?.media.camera ?? false);
    this.link = computed(() => this.#line.value?.link.value ?? { is: "connecting" });
    this.weak = computed(() => this.#line.value?.weak.value ?? false);
    this.relayed = computed(() => this.#line.value?.relayed.value ?? false);
    const shared = computed(() => main.value?.media.screen ? this.#line.value?.tracks.value : null);
    const picture = computed(() => shared.value?.get("screen"));
    const sound = computed(() => shared.value?.get("screen-sound"));
    this.screen = computed(() => {
      const tracks = [picture.value, sound.value].filter((each) => !!each);
      return picture.value ? env.media.newStream(tracks) : null;
    });
    this.#follow = effect(() => {
      const tracks = this.#line.value?.tracks.value;
      const camera = this.cameraOn.value ? tracks?.get("camera") : undefined;
      this.#show([tracks?.get("microphone"), camera].filter((each) => !!each));
    });
  }

  update(view: SeatView): void {
    this.#view.value = view;
    const absent = mainOf(view)?.presence === "absent";
    this.#absentMs = absent ? this.#absentMs ?? 0 : null;
  }

  /** So much more time was seen to pass. */
  pass(ms: number): void {
    if (this.#absentMs !== null) this.#absentMs += ms;
  }

  /** Absent for long enough, and nothing arrives: media that flows keeps the tile. */
  get isGone(): boolean {
    if (this.#absentMs === null || this.#absentMs < ABSENT_SHOWN_MS) return false;
    return this.#line.peek()?.flat ?? true;
  }

  listen(nowMs: number): void {
    const level = this.microphoneOn.peek() ? this.#line.peek()?.level() ?? 0 : 0;
    this.#speaking.value = listen(this.#speaking.peek(), level, nowMs);
  }

  dispose(): void {
    this.#follow();
    this.#stream.value = null;
  }

  /**
   * Puts tracks on the tile. A camera that is off is left out: Chromium plays no sound of a stream
   * whose picture never came. With no tracks at all (a reload, a new connection) the last ones
   * stay: an old picture is better than a black tile.
   */
  #show(tracks: MediaStreamTrack[]): void {
    const before = this.#stream.peek()?.getTracks() ?? [];
    const same = tracks.length === before.length && tracks.every((each) => before.includes(each));
    if (tracks.length > 0 && !same) this.#stream.value = this.#media.newStream(tracks);
  }
}

export class Participants {
  readonly #env: Env;
  readonly #lines: Lines;
  readonly #gone: (name: string) => void;
  readonly #people = new Map<SeatId, Person>();
  readonly #others = signal<readonly Participant[]>([]);
  #stop: Undo | null = null;
  #lookedMs = 0;

  /** Nobody is heard. */
  readonly deaf = signal(false);
  /** Those to be shown, in the order of their seats. */
  readonly others: ReadonlySignal<readonly Participant[]> = this.#others;

  /** @param gone told when an absent one's tile is taken down */
  constructor(env: Env, lines: Lines, gone: (name: string) => void) {
    this.#env = env;
    this.#lines = lines;
    this.#gone = gone;
  }

  /** Follows the room; tiles of seats no longer in it go at once. */
  update(roster: Roster, self: SeatId, colours: ReadonlyMap<SeatId, number>): void {
    const nowMs = this.#env.clock.now();
    const seats = roster.filter(({ seat }) => seat !== self);
    for (const view of seats) {
      const colour = colours.get(view.seat) ?? 0;
      const person = this.#people.get(view.seat) ??
        new Person(this.#env, this.#lines, view, colour, this.deaf);
      person.colour.value = colour;
      person.update(view);
      this.#people.delete(view.seat); // put back last: the map keeps the order of the seats
      this.#people.set(view.seat, person);
    }
    for (const [seat, person] of this.#people) {
      if (seats.some((each) => each.seat === seat)) continue;
      person.dispose();
      this.#people.delete(seat);
    }
    this.#show();
    if (this.#stop !== null) return;
    this.#lookedMs = nowMs;
    this.#stop = this.#env.clock.every(LISTEN_EVERY_MS, () => this.#look());
  }

  person(seat: SeatId): Person | undefined {
    return this.#people.get(seat);
  }

  /** Takes every tile down. */
  clear(): void {
    this.#stop?.();
    this.#stop = null;
    for (const person of this.#people.values()) person.dispose();
    this.#people.clear();
    this.#others.value = [];
  }

  #look(): void {
    const nowMs = this.#env.clock.now();
    // While this page slept, or the server cannot tell it otherwise, nobody grows more absent.
    const seenMs = Math.min(Math.max(0, nowMs - this.#lookedMs), LONGEST_LOOK_MS);
    this.#lookedMs = nowMs;
    for (const person of this.#people.values()) {
      if (this.#lines.inTouch) person.pass(seenMs);
      person.listen(nowMs);
    }
    this.#show();
  }

  #show(): void {
    const before = this.#others.peek();
    const after = [...this.#people.values()].filter((person) => !person.isGone);
    const same = before.length === after.length && after.every((each, at) => each === before[at]);
    if (same) return;
    this.#others.value = after;
    for (const person of this.#people.values()) {
      if (before.includes(person) && !after.includes(person)) this.#gone(person.name.peek());
    }
  }
}
