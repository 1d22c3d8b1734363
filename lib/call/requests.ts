/** Asking somebody to mute: a question they may refuse, never a command. */
import { effect, type ReadonlySignal, signal } from "@preact/signals-core";
import type { SeatId } from "../protocol/ids.ts";
import type { LinkEvent } from "./link.ts";
import type { Undo } from "./ports.ts";
import type { Question } from "./company_model.ts";
import type { CompanyParts } from "./company.ts";

/** How long a question waits; and how long who was refused is not heard again. */
export const ASKED_MS = 30_000;

type Asked = Extract<LinkEvent, { type: "ask" }>;

type Parts = Pick<CompanyParts, "env" | "link" | "gathering" | "media" | "notices">;

export class Requests {
  readonly #parts: Parts;
  readonly #question = signal<Question | null>(null);
  readonly #asked = signal<ReadonlySet<SeatId>>(new Set());
  /** Until when each was refused, ms since 1970. */
  readonly #refused = new Map<SeatId, number>();
  readonly #waits = new Map<SeatId, Undo>();
  readonly #stop: Undo;
  #stopQuestion: Undo = () => {};

  readonly question: ReadonlySignal<Question | null> = this.#question;
  readonly asked: ReadonlySignal<ReadonlySet<SeatId>> = this.#asked;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#stop = effect(() => this.#follow());
  }

  ask(seat: SeatId): void {
    const { env, link } = this.#parts;
    if (this.#asked.peek().has(seat)) return;
    link.ask(seat, "mute");
    this.#asked.value = new Set(this.#asked.peek()).add(seat);
    this.#waits.set(seat, env.clock.after(ASKED_MS, () => this.#over(seat)));
  }

  hear({ seat, what }: Asked): void {
    const { env, gathering, media, notices } = this.#parts;
    const name = gathering.roster.peek().find((each) => each.seat === seat)?.name;
    if (name === undefined) return;
    if (what === "keep") {
      // Only an answer to what was asked: anybody may send one.
      if (!this.#asked.peek().has(seat)) return;
      this.#over(seat);
      return notices.say("notice.keeps", { name });
    }
    const now = env.clock.now();
    const isQuiet = media.microphone.peek().is !== "on";
    if (isQuiet || this.#question.peek() !== null || now < (this.#refused.get(seat) ?? 0)) return;
    this.#question.value = { seat, name };
    this.#stopQuestion = env.clock.after(ASKED_MS, () => this.#question.value = null);
  }

  answer(yes: boolean): void {
    const question = this.#question.peek();
    if (question === null) return;
    const { env, link, media } = this.#parts;
    this.#close();
    if (yes) return void media.setMicrophone(false);
    this.#refused.set(question.seat, env.clock.now() + ASKED_MS);
    link.ask(question.seat, "keep");
  }

  dispose(): void {
    this.#stop();
    this.#close();
    for (const undo of this.#waits.values()) undo();
  }

  /** Who is muted, or gone, was asked with success; who mutes has answered. */
  #follow(): void {
    const others = this.#parts.gathering.others.value;
    const speaking = new Set(
      others.filter(({ microphoneOn }) => microphoneOn.value).map(({ seat }) => seat),
    );
    const isMuted = this.#parts.media.microphone.value.is !== "on";
    if (isMuted && this.#question.peek() !== null) this.#close();
    for (const seat of this.#asked.peek()) if (!speaking.has(seat)) this.#over(seat);
  }

  #over(seat: SeatId): void {
    this.#waits.get(seat)?.();
    this.#waits.delete(seat);
    const asked = new Set(this.#asked.peek());
    asked.delete(seat);
    this.#asked.value = asked;
  }

  #close(): void {
    this.#stopQuestion();
    this.#question.value = null;
  }
}
