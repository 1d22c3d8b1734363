/** Those who look at who is there: told once, then of every difference. */
import { PEOPLE_PER_FRAME } from "../protocol/names_limits.ts";
import type { NamesServerMessage, PersonNews } from "../protocol/names_messages.ts";
import type { Outbox } from "./outbox.ts";
import { type PeopleState, reachOf } from "./people_state.ts";
import type { Undo } from "./ports.ts";
import type { World } from "./world.ts";

/** What changes within this goes in one message. */
const TELL_AFTER_MS = 100;

interface Onlooker {
  readonly outbox: Outbox;
}

export class Onlookers {
  readonly #world: () => World;
  readonly #state: PeopleState;
  readonly #all = new Set<Onlooker>();
  /** By name; the latest wins. */
  #news = new Map<string, PersonNews>();
  #cancel: Undo | null = null;

  constructor(world: () => World, state: PeopleState) {
    this.#world = world;
    this.#state = state;
  }

  /** Tells who is there now, and from now on. */
  add(onlooker: Onlooker): void {
    this.#tellNews(); // what is in the list is no news any more
    this.#all.add(onlooker);
    this.#tellAll(onlooker.outbox);
  }

  remove(onlooker: Onlooker): void {
    this.#all.delete(onlooker);
  }

  tell(news: PersonNews): void {
    if (this.#all.size === 0) return;
    this.#news.delete(news.name);
    this.#news.set(news.name, news);
    this.#cancel ??= this.#world().clock.after(TELL_AFTER_MS, () => this.#tellNews());
  }

  dispose(): void {
    this.#cancel?.();
    this.#all.clear();
  }

  #tellNews(): void {
    this.#cancel?.();
    this.#cancel = null;
    if (this.#news.size === 0) return;
    const frames = framesOf(false, [...this.#news.values()]);
    this.#news = new Map();
    for (const { outbox } of this.#all) {
      let isNow = true;
      // Who has fallen behind gets the whole list once it has caught up.
      outbox.state("people", () => {
        if (isNow) { for (const frame of frames) outbox.frame(frame); }
        else this.#tellAll(outbox);
        return null;
      });
      isNow = false;
    }
  }

  #tellAll(outbox: Outbox): void {
    const people: PersonNews[] = [];
    for (const name of this.#state.names.values()) {
      const reach = reachOf(this.#state, name);
      if (reach !== null) people.push({ name: name.name, reach });
    }
    for (const frame of framesOf(true, people)) outbox.frame(frame);
  }
}

/** At least one; only the first may say `all`. */
function framesOf(all: boolean, people: readonly PersonNews[]): string[] {
  const frames: string[] = [];
  for (let at = 0; at === 0 || at < people.length; at += PEOPLE_PER_FRAME) {
    const message: NamesServerMessage = {
      type: "people",
      all: all && at === 0,
      people: people.slice(at, at + PEOPLE_PER_FRAME),
    };
    frames.push(JSON.stringify(message));
  }
  return frames;
}
