/**
 * The machine the server runs on: starts it, kills it, loses everything about it but the key. The
 * log of each room is recorded as it grows and folded by a second shell.
 */
import { steadyNow } from "../../lib/clock.ts";
import type { EndpointId } from "../../lib/protocol/ids.ts";
import type { LogEntry } from "../../lib/signaling/log.ts";
import { type CommandLog, MemoryLog } from "../../lib/signaling/log.ts";
import { step } from "../../lib/signaling/room.ts";
import type { RoomCommand } from "../../lib/signaling/room_commands.ts";
import { emptyRoom, type RoomState } from "../../lib/signaling/room_state.ts";
import { createSignaling, type Signaling } from "../../lib/signaling/service.ts";
import type { FakeClock } from "../support/clock.ts";
import type { Seeded } from "../support/random.ts";
import type { Cable } from "./cable.ts";

/** Tells what a command did to its room, seen from outside. */
export interface Witness {
  stepped(before: RoomState, after: RoomState, command: RoomCommand): void;
  started(): void;
  died(): void;
  /** Anything came in on a connection, or it was taken on. */
  heard(cable: Cable): void;
  /** The server ends a connection. */
  ended(cable: Cable, reason: string): void;
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
  /** How far the machine's clock is ahead of the true time, and was when the server started. */
  #aheadMs = 0;
  startedAheadMs = 0;
  #salt = "";

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

  /** True while the server shows an endpoint as present. */
  shows({ endpoint }: { readonly endpoint: EndpointId }): boolean {
    return this.rooms.some(({ endpoints }) =>
      endpoints.some((each) => each.endpoint === endpoint && each.presence === "present")
    );
  }

  /** Something was done outside of the wire that may have promises under way. */
  stir(): void {
    this.#stirred = true;
  }

  takeStirred(): boolean {
    const stirred = this.#stirred;
    this.#stirred = false;
    return stirred;
  }

  /** Starts the server, unless it runs. */
  start(): void {
    if (this.isUp) return;
    const base = this.#clock;
    this.startedAheadMs = this.#aheadMs;
    const now = steadyNow({ wall: () => base.now() + this.#aheadMs, elapsed: () => base.now() });
    const salt = this.#salt;
    const fail = (event: string, fields?: unknown) =>
      void this.failures.push(`${event} ${JSON.stringify(fields)}`);
    this.#signaling = createSignaling({
      clock: {
        now,
        date: () => base.now() + this.#aheadMs,
        after: (delayMs, task) => base.after(delayMs, task),
        every: (periodMs, task) => base.every(periodMs, task),
      },
      random: this.#random.bytes,
      key: (text) => Promise.resolve(mac(salt + text)),
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
    this.#witness.started();
  }

  /** The machine's clock is set. */
  jump(ms: number): void {
    this.#aheadMs += ms;
  }

  /** The key is gone: from the next start on, what was signed before is worth nothing. */
  loseKey(): void {
    this.#salt += "another ";
  }

  /** Signs as the server does. */
  sign(text: string): Uint8Array<ArrayBuffer> {
    return mac(this.#salt + text);
  }

  /** The process is gone, and with it all it knew; each connection breaks in its own way. */
  kill(): void {
    this.#witness.died();
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
    const { server } = cable;
    const incoming = this.#signaling!.connect({
      send: (frame) => server.send(frame),
      close: (code, reason) => {
        this.#witness.ended(cable, reason);
        server.close(code, reason);
      },
      get buffered() {
        return server.buffered;
      },
    }, { address: "a", hostname: "test", origin: "https://test" });
    this.#cables.add(cable);
    this.#witness.heard(cable);
    return {
      message: (data) => {
        this.#stirred = true;
        this.#witness.heard(cable);
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
        this.#stirred = true;
        return inner.append(log, command);
      },
      read: (log, from) => inner.read(log, from),
      // The record reads first: the server trims what it has read.
      subscribe: (log, from, heard) => {
        this.#records.set(log, { entries: [], state: emptyRoom(log as RoomState["room"]) });
        inner.subscribe(log, 0, (entry) => this.#record(log, entry));
        return inner.subscribe(log, from, heard);
      },
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

/** A quick mixture: nothing here is to be kept from anybody. */
function mac(text: string): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(8).fill(0x9e3779b9);
  for (let i = 0; i < text.length; i++) {
    const at = i & 7;
    words[at] = Math.imul(words[at] ^ text.charCodeAt(i), 0x01000193) ^ words[(at + 3) & 7];
  }
  return new Uint8Array(words.buffer);
}
