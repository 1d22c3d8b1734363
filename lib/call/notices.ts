/** Lines said in passing: one shown at a time, one said to assistive technology. */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { Notice, NoticeKey } from "./model.ts";
import type { Clock, Undo } from "./ports.ts";

/** Long enough to read twice. */
export const NOTICE_MS = 6_000;

const TROUBLE: readonly NoticeKey[] = [
  "notice.serverLost",
  "notice.microphoneLost",
  "notice.cameraLost",
  "notice.silentMicrophone",
];

export class Notices {
  readonly #clock: Clock;
  readonly #notice = signal<Notice | null>(null);
  readonly #announcement = signal<Notice | null>(null);
  #forget: Undo = () => {};

  readonly notice: ReadonlySignal<Notice | null> = this.#notice;
  readonly announcement: ReadonlySignal<Notice | null> = this.#announcement;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Shows and announces it. One that `stays` is there until solved or followed by another. */
  say(key: NoticeKey, values: Readonly<Record<string, string>> = {}, stays = false): void {
    const notice: Notice = {
      key,
      values,
      tone: TROUBLE.includes(key) ? "trouble" : "plain",
      stays,
    };
    this.#forget();
    this.#notice.value = notice;
    this.#announcement.value = notice;
    if (stays) return;
    this.#forget = this.#clock.after(NOTICE_MS, () => {
      this.#notice.value = null;
    });
  }

  /** Announces only, what is seen elsewhere. */
  announce(key: NoticeKey): void {
    this.#announcement.value = { key, values: {}, tone: "plain", stays: false };
  }

  /** The trouble is over. */
  solve(key: NoticeKey): void {
    if (this.#notice.peek()?.key === key) this.#notice.value = null;
  }

  dispose(): void {
    this.#forget();
  }
}
