/**
 * Taking microphone and camera: one question at a time, each device apart where both fail together,
 * another one when a device goes, the missed one again when it returns.
 */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import { constraintsFor, hintFor, listDevices, streamConstraints, type Wish } from "./devices.ts";
import type { MediaSettings } from "./media_settings.ts";
import type { Device, NoticeKey } from "./model.ts";
import type { Env, MediaKind, Undo } from "./ports.ts";
import { Source } from "./source.ts";

/** Tells that a device gave way to another one, to none, or is back. */
export type TellDevice = (key: NoticeKey, device: string) => void;

/** What one kind of device is wished for, best first. */
type Wishes = ReadonlyMap<MediaKind, readonly Wish[]>;

export class Capture {
  readonly #env: Env;
  readonly #tell: TellDevice;
  readonly #settings: () => MediaSettings;
  readonly #devices = signal<readonly Device[]>([]);
  readonly #stop: Undo;
  /** The asking under way; the browser shows one question at a time. */
  #asking: Promise<void> = Promise.resolve();
  /** Counts how often all was let go: what was asked for before is then not wanted any more. */
  #released = 0;

  readonly sources: Readonly<Record<MediaKind, Source>>;
  readonly devices: ReadonlySignal<readonly Device[]> = this.#devices;

  /** @param settings how sound and picture are to be taken, asked whenever a device is opened */
  constructor(env: Env, settings: () => MediaSettings, tell: TellDevice) {
    this.#env = env;
    this.#tell = tell;
    this.#settings = settings;
    const source = (kind: MediaKind) => new Source(env, kind, () => this.#fallBack(kind));
    this.sources = { microphone: source("microphone"), camera: source("camera") };
    this.#stop = env.media.onDeviceChange(() => this.#devicesChanged());
  }

  /** Asks for those of `kinds` which are wanted and not had. */
  ask(kinds: readonly MediaKind[]): Promise<void> {
    return this.#inTurn(() => {
      const wanting = kinds.filter((kind) => this.sources[kind].wanting);
      return this.#open(new Map(wanting.map((kind) => [kind, [this.sources[kind].wish]])));
    });
  }

  /** Puts another device in the place of the one in use: the first of the wishes that is had. */
  exchange(kind: MediaKind, wishes: readonly Wish[]): Promise<void> {
    this.sources[kind].swap();
    return this.#inTurn(() => this.#open(new Map([[kind, wishes]])));
  }

  /** Brings the device in use in agreement with changed settings; opened anew only if it must be. */
  async adjust(kind: MediaKind): Promise<void> {
    const held = this.sources[kind].held.peek();
    if (!held) return;
    const wish: Wish = { is: "exact", deviceId: held.deviceId };
    const constraints = constraintsFor(kind, wish, this.#settings());
    if (await adjusted(held.track, constraints)) {
      return this.sources[kind].touch(held, hintFor(kind, this.#settings()));
    }
    if (this.sources[kind].held.peek() === held) await this.exchange(kind, [wish, { is: "any" }]);
  }

  /** Lets every device go; the person's will stays. */
  release(): void {
    this.#released++;
    for (const source of Object.values(this.sources)) source.release();
  }

  dispose(): void {
    this.#stop();
    this.release();
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    const wanted = this.#released;
    return this.#asking = this.#asking.then(() => {
      if (wanted === this.#released) return task();
    });
  }

  /** Together if there are several, so that one question is asked; else, or if that fails, singly. */
  async #open(wishes: Wishes): Promise<void> {
    if (wishes.size === 0) return;
    const wanted = this.#released;
    for (const kind of wishes.keys()) this.sources[kind].asking();
    const first = new Map([...wishes].map(([kind, [wish]]) => [kind, wish]));
    const together = wishes.size > 1 && await this.#try(first) === null;
    for (const [kind, each] of together ? [] : wishes) {
      let error: unknown = null;
      for (const wish of each) {
        if (wanted !== this.#released) return;
        error = await this.#try(new Map([[kind, wish]]));
        if (error === null) break;
      }
      if (error !== null && wanted === this.#released) this.sources[kind].fail(error);
    }
    await this.#listDevices();
  }

  /** Null when every device asked for was had, else what the browser said. */
  async #try(wishes: ReadonlyMap<MediaKind, Wish>): Promise<unknown> {
    const wanted = this.#released;
    try {
      const constraints = streamConstraints(wishes, this.#settings());
      const stream = await this.#env.media.getUserMedia(constraints);
      for (const track of stream.getTracks()) {
        const kind = track.kind === "audio" ? "microphone" : "camera";
        if (wanted !== this.#released) track.stop();
        else this.sources[kind].take(track, hintFor(kind, this.#settings()));
      }
      return null;
    } catch (error) {
      return error ?? new Error("refused");
    }
  }

  async #fallBack(kind: MediaKind): Promise<void> {
    const wanted = this.#released;
    await this.#inTurn(() => this.#open(new Map([[kind, [{ is: "any" }]]])));
    if (wanted !== this.#released) return;
    const held = this.sources[kind].held.peek();
    if (held) this.#tell(`notice.${kind}Fallback`, held.label);
    else this.#tell(`notice.${kind}Lost`, "");
  }

  /** Something was plugged in or out: the missed device is taken again, or any where there is none. */
  async #devicesChanged(): Promise<void> {
    const before = this.devices.peek();
    await this.#listDevices();
    for (const source of Object.values(this.sources)) {
      const { kind, missed } = source;
      const come = this.devices.peek().filter((device) =>
        device.kind === kind && !before.some((each) => each.deviceId === device.deviceId)
      );
      const back = come.find(({ deviceId }) => deviceId === missed);
      const state = source.state.peek();
      const absent = state.is === "failed" && state.why === "absent";
      if (absent && source.on && come.length > 0) await this.ask([kind]);
      else if (back && source.held.peek()) {
        await this.exchange(kind, [{ is: "exact", deviceId: missed }, { is: "any" }]);
      } else continue;
      const held = source.held.peek();
      if (back && held?.deviceId === missed) this.#tell(`notice.${kind}Back`, held.label);
    }
  }

  async #listDevices(): Promise<void> {
    try {
      this.#devices.value = listDevices(await this.#env.media.enumerateDevices());
    } catch {
      this.#devices.value = []; // insecure pages have no devices to list
    }
  }
}

/**
 * Whether the track is as asked without opening its device anew. Chromium says yes to other sound
 * processing and changes nothing, so what the track says afterwards counts.
 */
async function adjusted(
  track: MediaStreamTrack,
  constraints: MediaTrackConstraints,
): Promise<boolean> {
  try {
    await track.applyConstraints(constraints);
  } catch {
    return false;
  }
  const now: Readonly<Record<string, unknown>> = { ...track.getSettings() };
  return Object.entries(constraints).every(([name, wanted]) =>
    typeof wanted !== "boolean" || now[name] === wanted
  );
}
