/**
 * The machine the server runs on: starts it, kills it, loses everything about it but the key. The
 * log of each room is recorded as it grows and folded by a second shell.
 */
import type { LogEntry } from "../../lib/signaling/log.ts";
import { type CommandLog, MemoryLog } from "../../lib/signaling/log.ts";
import { step } from "../../lib/signaling/room.ts";
import type { RoomCommand } from "../../lib/signaling/room_commands.ts";
import { emptyRoom, type RoomState } from "../../lib/signaling/room_state.ts";
import { createSignaling, type Signaling } from "../../lib/signaling/service.ts";
import type { Mac } from "../../lib/signaling/tokens.ts";
import type { FakeClock } from "../support/clock.ts";
import type { Seeded } from "../support/random.ts";
import type { Cable } from "./cable.ts";

/** Tells what a command did to its room, seen from outside. */
export interface Witness {
  stepped(before: RoomState, after: RoomState, command: RoomCommand): void;
}

interface Record {
  readonly entries: LogEntry<RoomCommand>[];
  state: RoomState;
}

const NOTHING_COUNTED = {
  counter: () => ({ add: () => {} }),
  reading: () => {},
};

export class Host {
  readonly #clock: FakeClock;
  readonly #random: Seeded;
  readonly #witness: Witness;
  readonly #cables = new Set<Cable>();
  readonly #records = new Map<string, Record>();
  readonly failures: string[] = [];
  #signaling: Signaling | null = null;
  /** Something came in since this was asked last: promises may be under way. */
  #stirred = false;

  constructor(clock: FakeClock, random: Seeded, witness: Witness) {
    this.#clock = clock;
    this.#random = random;
    this.#witness = witness;
  }

  get isUp(): boolean {
    return this.#signaling !== null;
  }

  /** The rooms as the second shell has them. */
  get rooms(): RoomState[] {
    return [...this.#records.values()].map(({ state }) => state);
  }

  /** What was recorded since each room began, for a fold of it all. */
  get logs(): { readonly entries: readonly LogEntry<RoomCommand>[]; readonly state: RoomState }[] {
    return [...this.#records.values()];
  }

  takeStirred(): boolean {
    const stirred = this.#stirred;
    this.#stirred = false;
    return stirred;
  }

  start(): void {
    const fail = (event: string, fields?: unknown) =>
      void this.failures.push(`${event} ${JSON.stringify(fields)}`);
    this.#signaling = createSignaling({
      clock: this.#clock,
      random: this.#random.bytes,
      key: KEY,
      log: this.#recordingLog(),
      config: {
        roomCapacity: 6,
        maxSockets: 1000,
        maxSocketsPerAddress: 1000,
        stunFor: () => [],
        turn: null,
      },
      logger: { debug: () => {}, info: () => {}, error: fail },
      metrics: NOTHING_COUNTED,
    });
  }

  /** The process is gone, and with it all it knew; each connection breaks in its own way. */
  kill(): void {
    for (const cable of this.#cables) {
      cable.cut(this.#random.oneIn(4) ? "nobody" : "client");
    }
    this.#cables.clear();
    this.#signaling?.dispose();
    this.#signaling = null;
    this.#records.clear();
  }

  /** Tells everybody to come back, as before an orderly end; `kill` follows. */
  drain(): void {
    this.#stirred = true;
    void this.#signaling?.drain();
  }

  /** Takes a connection on. */
  ears(cable: Cable): { message(data: unknown): void; close(): void } {
    const incoming = this.#signaling!.connect(cable.server, {
      address: "a",
      hostname: "test",
      origin: "https://test",
    });
    this.#cables.add(cable);
    return {
      message: (data) => {
        this.#stirred = true;
        incoming.receive(data);
      },
      close: () => {
        this.#stirred = true;
        this.#cables.delete(cable);
        incoming.closed();
      },
    };
  }

  #recordingLog(): CommandLog<RoomCommand> {
    const inner = new MemoryLog<RoomCommand>();
    return {
      append: (log, command) => {
        if (!this.#records.has(log)) {
          this.#records.set(log, { entries: [], state: emptyRoom(log as RoomState["room"]) });
          inner.subscribe(log, 0, (entry) => this.#record(log, entry));
        }
        this.#stirred = true;
        return inner.append(log, command);
      },
      read: (log, from) => inner.read(log, from),
      subscribe: (log, from, heard) => inner.subscribe(log, from, heard),
      trim: (log, upTo) => inner.trim(log, upTo),
      drop: (log) => {
        inner.drop(log);
        this.#records.delete(log);
      },
    };
  }

  #record(log: string, entry: LogEntry<RoomCommand>): void {
    const record = this.#records.get(log);
    if (record === undefined) return;
    const kept = structuredClone(entry);
    record.entries.push(kept);
    const before = structuredClone(record.state);
    record.state = step(record.state, structuredClone(kept)).state;
    this.#witness.stepped(before, record.state, kept.command);
  }
}

const KEY: Mac = (text) => {
  // A quick mixture: nothing here is to be kept from anybody.
  const words = new Uint32Array(8).fill(0x9e3779b9);
  for (let i = 0; i < text.length; i++) {
    const at = i & 7;
    words[at] = Math.imul(words[at] ^ text.charCodeAt(i), 0x01000193) ^ words[(at + 3) & 7];
  }
  return Promise.resolve(new Uint8Array(words.buffer));
};
