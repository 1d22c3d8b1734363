/** Sharing one's screen, beside the camera: from the press to whichever end it comes to. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import type { TrackKind } from "../protocol/messages.ts";
import type { ShareModel } from "./model.ts";
import type { Notices } from "./notices.ts";
import type { Env, ScreenPort, Still } from "./ports.ts";
import type { Tracks } from "./senders.ts";

const NOTHING: Tracks = new Map();

export class Share implements ShareModel {
  readonly #env: Env;
  readonly #screens: ScreenPort;
  readonly #notices: Notices;
  /** What every connection sends of it. */
  readonly #sent: Signal<Tracks>;
  readonly #asking = signal(false);
  readonly #still = signal<Still | null>(null);
  /** What the browser gave; kept while frozen. */
  #live: Tracks = NOTHING;
  #disposed = false;

  readonly is: ReadonlySignal<"off" | "asking" | "on">;
  readonly frozen: ReadonlySignal<boolean> = computed(() => this.#still.value !== null);
  readonly preview: ReadonlySignal<MediaStream | null>;

  /** @param sent where the tracks go that are to be sent; none of them while nothing is shared */
  constructor(env: Env, screen: ScreenPort, sent: Signal<Tracks>, notices: Notices) {
    this.#env = env;
    this.#screens = screen;
    this.#notices = notices;
    this.#sent = sent;
    this.is = computed(() => {
      if (sent.value.has("screen")) return "on";
      return this.#asking.value ? "asking" : "off";
    });
    const picture = computed(() => sent.value.get("screen"));
    this.preview = computed(() => picture.value ? env.media.newStream([picture.value]) : null);
  }

  async start(): Promise<void> {
    if (this.is.peek() !== "off") return;
    this.#asking.value = true;
    try {
      const stream = await this.#screens.choose();
      if (this.#disposed) { for (const track of stream.getTracks()) track.stop(); }
      else this.#take(stream);
    } catch (error) {
      if (!isChange(error)) this.#notices.say("notice.shareFailed");
    } finally {
      this.#asking.value = false;
    }
  }

  stop(): void {
    const live = this.#live;
    this.#live = NOTHING;
    for (const track of live.values()) {
      track.onended = null;
      track.stop();
    }
    batch(() => {
      this.#melt();
      this.#sent.value = NOTHING;
    });
  }

  async freeze(on: boolean): Promise<void> {
    const live = this.#live;
    const picture = live.get("screen");
    if (!picture || on === this.frozen.peek()) return;
    if (!on) {
      batch(() => {
        this.#melt();
        this.#sent.value = live;
      });
      return this.#notices.announce("notice.thawed");
    }
    try {
      const still = await this.#screens.stillOf(picture);
      if (this.#live.get("screen") !== picture || this.frozen.peek()) return still.stop();
      batch(() => {
        this.#still.value = still;
        // Its sound would give away what goes on behind the still.
        this.#sent.value = new Map([["screen", still.track]]);
      });
      this.#notices.announce("notice.frozen");
    } catch (error) {
      this.#env.log("warn", `not frozen: ${error}`);
      this.#notices.say("notice.freezeFailed");
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.stop();
  }

  #take(stream: MediaStream): void {
    const tracks = new Map<TrackKind, MediaStreamTrack>();
    for (const track of stream.getTracks()) {
      const kind = track.kind === "audio" ? "screen-sound" : "screen";
      track.contentHint = kind === "screen" ? "detail" : "music";
      track.onended = () => this.#ended(track);
      tracks.set(kind, track);
    }
    this.#live = tracks;
    this.#sent.value = tracks;
  }

  /** By the browser's own bar, or the window that was shared is gone. */
  #ended(track: MediaStreamTrack): void {
    if (this.#live.get("screen") === track) return this.stop();
    this.#live = new Map([...this.#live].filter(([, each]) => each !== track));
    if (!this.frozen.peek()) this.#sent.value = this.#live;
  }

  #melt(): void {
    this.#still.peek()?.stop();
    this.#still.value = null;
  }
}

/**
 * Whether the person thought better of it. A system that keeps screens from the browser is told by
 * the same name, and by these words in Chromium (macOS, "Screen & System Audio Recording").
 */
function isChange(error: unknown): boolean {
  return error instanceof Error && error.name === "NotAllowedError" &&
    !error.message.includes("by system");
}
