/** A whole world for the call engine: every port by hand, nothing moves unless told to. */
import type { Env, Locks, Memory, PageEvents, Undo } from "../../lib/call/ports.ts";
import { FakeClock } from "./clock.ts";
import { FakeMedia } from "./fake_media.ts";
import { FakeNetwork } from "./fake_rtc.ts";

export class FakeMemory implements Memory {
  readonly kept: Map<string, string>;
  /** @param from what it starts with: a reload's own memory, or the copy of a duplicated tab */
  constructor(from?: FakeMemory) {
    this.kept = new Map(from?.kept);
  }
  get = (key: string) => this.kept.get(key) ?? null;
  set(key: string, value: string | null): void {
    if (value === null) this.kept.delete(key);
    else this.kept.set(key, value);
  }
}

/** The locks of one browser, shared by its tabs. */
export class FakeLocks implements Locks {
  readonly #held = new Map<string, () => void>();

  hold(name: string, lost: () => void): Promise<Undo | null> {
    return Promise.resolve(this.#held.has(name) ? null : this.#take(name, lost));
  }

  steal(name: string, lost: () => void): Promise<Undo> {
    this.#held.get(name)?.();
    return Promise.resolve(this.#take(name, lost));
  }

  #take(name: string, lost: () => void): Undo {
    this.#held.set(name, lost);
    return () => {
      if (this.#held.get(name) === lost) this.#held.delete(name);
    };
  }
}

export class FakePage implements PageEvents {
  online = true;
  visible = true;
  readonly #tasks = new Map<string, Set<() => void>>();

  onOnline = (task: () => void) => this.#on("online", task);
  onVisible = (task: () => void) => this.#on("visible", task);
  onHide = (task: () => void) => this.#on("hide", task);
  onShow = (task: () => void) => this.#on("show", task);
  onNetworkChange = (task: () => void) => this.#on("network", task);

  happen(what: "online" | "visible" | "hide" | "show" | "network"): void {
    for (const task of [...this.#tasks.get(what) ?? []]) task();
  }

  #on(what: string, task: () => void): Undo {
    const tasks = this.#tasks.get(what) ?? new Set();
    this.#tasks.set(what, tasks.add(task));
    return () => void tasks.delete(task);
  }
}

export interface FakeEnv extends Env {
  readonly clock: FakeClock;
  readonly tab: FakeMemory;
  readonly browser: FakeMemory;
  readonly page: FakePage;
  readonly media: FakeMedia;
  readonly network: FakeNetwork;
  /** Certificates made, in order. */
  readonly certificates: RTCCertificate[];
  /** How many times the screen is being kept on. */
  awake: number;
  /** How often the browser was made ready for a first connection. */
  warmUps: number;
}

/** One tab. Give several the same clock, network and locks to let them meet. */
export function fakeEnv(
  parts: Partial<Pick<FakeEnv, "clock" | "network" | "locks" | "tab" | "browser">> = {},
): FakeEnv {
  const network = parts.network ?? new FakeNetwork();
  const certificates: RTCCertificate[] = [];
  let ids = 0;
  const env: FakeEnv = {
    clock: parts.clock ?? new FakeClock(),
    tab: parts.tab ?? new FakeMemory(),
    browser: parts.browser ?? new FakeMemory(),
    locks: parts.locks ?? new FakeLocks(),
    page: new FakePage(),
    media: new FakeMedia(),
    network,
    certificates,
    awake: 0,
    warmUps: 0,
    keepAwake() {
      env.awake++;
      return Promise.resolve(() => void env.awake--);
    },
    rtc: {
      newConnection: (configuration) => network.newConnection(configuration),
      newCertificate() {
        const made = { name: network.name("certificate") } as unknown as RTCCertificate;
        certificates.push(made);
        return Promise.resolve(made);
      },
      warmUp: () => Promise.resolve(void env.warmUps++),
    },
    random(bytes) {
      ids++;
      bytes.forEach((_, at) => bytes[at] = at < 4 ? (ids >> (8 * at)) & 255 : at);
    },
    signalUrl: "ws://localhost/api/signal",
    openSocket() {
      throw new Error("these tests speak through a FakeLink");
    },
    log() {},
  };
  return env;
}

/** Lets everything that only waits for microtasks run to its end. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
}

/** Moves time on in steps, letting asynchronous work finish after each. */
export async function pass(clock: FakeClock, ms: number, stepMs = 100): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    clock.advance(Math.min(stepMs, left));
    await settle();
  }
}
