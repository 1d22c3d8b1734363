/** The chat of one stay in a room, as views see it. */
import { effect, type ReadonlySignal, signal } from "@preact/signals-core";
import { mintId, type SeatId } from "../protocol/ids.ts";
import { CHAT_TEXT_LENGTH } from "../protocol/limits.ts";
import type { ChatEvent } from "../protocol/messages.ts";
import { cleanText, cut } from "../protocol/text.ts";
import { ChatBook } from "./chat_book.ts";
import { colourOf, POINTER_COLOURS } from "./colours.ts";
import type { LinkEvent, Snapshot } from "./link.ts";
import type { Undo } from "./ports.ts";
import type { ChatModel, Said } from "./company_model.ts";
import type { CompanyParts } from "./company.ts";

const DRAFT = "tertulia.draft";
/** So much of a message is told in passing. */
const GLIMPSE = 80;

type Heard = Extract<LinkEvent, { type: "past" | "chat" | "chat-again" }>;

type Parts = Pick<CompanyParts, "env" | "link" | "gathering" | "notices">;

export class Chat implements ChatModel {
  readonly #parts: Parts;
  readonly #book = new ChatBook();
  readonly #said = signal<readonly Said[]>([]);
  readonly #unread = signal(0);
  /** Every seat this page had: what was said from an older one is its own too. */
  readonly #own = new Set<SeatId>();
  /** Of everybody met: whom something was said to may have left. */
  readonly #names = new Map<SeatId, string>();
  readonly #colours = new Map<SeatId, number>();
  readonly #stop: Undo;
  #isShown = false;

  readonly said: ReadonlySignal<readonly Said[]> = this.#said;
  readonly unread: ReadonlySignal<number> = this.#unread;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#stop = effect(() => {
      for (const { seat, name } of parts.gathering.roster.value) this.#names.set(seat, name);
      for (const [seat, colour] of parts.gathering.pointerColours.value) {
        this.#colours.set(seat, colour);
      }
    });
  }

  get draft(): string {
    return this.#parts.env.tab.get(DRAFT) ?? "";
  }

  keepDraft(text: string): void {
    this.#parts.env.tab.set(DRAFT, text === "" ? null : text);
  }

  setShown(on: boolean): void {
    this.#isShown = on;
    if (on) this.#unread.value = 0;
  }

  say(text: string, to: SeatId | null): void {
    const { env, link } = this.#parts;
    const clean = cut(cleanText(text), CHAT_TEXT_LENGTH);
    if (clean === "") return;
    const mark = mintId<SeatId>(env.random) as string;
    this.#book.wait({ mark, text: clean, to, atMs: env.clock.now() });
    link.sendChat({ kind: "plain", text: clean }, { mark, ...to !== null && { to } });
    this.#show();
  }

  /** A snapshot: a new life of the log, perhaps, and a new seat. */
  open({ self, log }: Snapshot): void {
    this.#own.add(self.seat);
    this.#book.open(log);
  }

  hear(event: Heard): void {
    if (event.type === "chat-again") this.#book.take(event.chat);
    else if (event.type === "past") {
      for (const chat of event.said) this.#book.take(chat, event.log);
    } else if (this.#book.take(event) && !this.#own.has(event.seat)) this.#tell(event);
    this.#show();
  }

  /** The server refused it. */
  fail(mark: string): void {
    this.#book.fail(mark);
    this.#show();
  }

  dispose(): void {
    this.#stop();
  }

  #tell({ name, body }: ChatEvent): void {
    if (this.#isShown) return; // the log of the chat tells it
    this.#unread.value++;
    const text = body.kind === "plain" ? cut(body.text.replace(/\s+/g, " "), GLIMPSE) : "";
    this.#parts.notices.say("notice.wrote", { name, text });
  }

  #show(): void {
    const own = this.#parts.gathering.own.peek();
    const said = this.#book.said.map(({ key, chat }): Said => ({
      key,
      seat: chat.seat,
      isMine: this.#own.has(chat.seat),
      name: chat.name,
      colour: this.#colourOf(chat.seat, chat.name),
      atMs: chat.at,
      text: chat.body.kind === "plain" ? chat.body.text : null,
      to: this.#nameOf(chat.to ?? null),
      state: "said",
    }));
    const waiting = own === undefined ? [] : this.#book.pending.map((each): Said => ({
      key: each.mark,
      seat: own.seat,
      isMine: true,
      name: own.name,
      colour: this.#colourOf(own.seat, own.name),
      atMs: each.atMs,
      text: each.text,
      to: this.#nameOf(each.to),
      state: each.failed ? "failed" : "waiting",
    }));
    this.#said.value = [...said, ...waiting];
  }

  /** As their pointer has it; of who left before, as it would have been alone. */
  #colourOf(seat: SeatId, name: string): number {
    return this.#colours.get(seat) ?? colourOf(name, POINTER_COLOURS);
  }

  #nameOf(to: SeatId | null): string | null {
    if (to === null) return null;
    return this.#names.get(to) ?? "?";
  }
}
