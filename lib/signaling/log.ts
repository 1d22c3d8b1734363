/**
 * Ordered logs of commands, one for each room, behind a port that a store shared by several
 * processes can stand behind (Redis streams: XADD, XRANGE, XREAD, XTRIM, DEL). In memory here.
 */
import type { Position } from "../protocol/ids.ts";
import type { Undo } from "./ports.ts";

/** A command at its place. Positions rise from 1; a shared store may leave gaps. */
export interface LogEntry<Command> {
  readonly p: Position;
  readonly command: Command;
}

export interface CommandLog<Command> {
  /**
   * Adds a command at the end; gives its position once it is kept. Where that is at once there is no
   * promise: one for each signal costs as much as keeping it.
   */
  append(log: string, command: Command): Promise<Position> | Position;
  /** What the log still holds above `from`, in order. */
  read(log: string, from: Position): Promise<readonly LogEntry<Command>[]>;
  /** Tells every entry above `from`, once each, in order, those to come included. */
  subscribe(log: string, from: Position, heard: (entry: LogEntry<Command>) => void): Undo;
  /** Forgets what lies at or below `upTo`: no process needs it any more. */
  trim(log: string, upTo: Position): void;
  /** Forgets the log; a later `append` begins it anew. */
  drop(log: string): void;
}

interface Kept<Command> {
  readonly entries: LogEntry<Command>[];
  readonly readers: Set<Reader<Command>>;
  last: Position;
}

interface Reader<Command> {
  from: Position;
  telling: boolean;
  readonly heard: (entry: LogEntry<Command>) => void;
}

/**
 * Logs of one process. Subscribers are told inside `append`, in order: a command that is appended
 * while another is being told waits for its turn.
 */
export class MemoryLog<Command> implements CommandLog<Command> {
  readonly #logs = new Map<string, Kept<Command>>();

  append(log: string, command: Command): Promise<Position> | Position {
    const kept = this.#open(log);
    const p = ++kept.last;
    kept.entries.push({ p, command });
    for (const reader of kept.readers) tell(kept, reader);
    return p;
  }

  read(log: string, from: Position): Promise<readonly LogEntry<Command>[]> {
    return Promise.resolve(this.#logs.get(log)?.entries.filter(({ p }) => p > from) ?? []);
  }

  subscribe(log: string, from: Position, heard: (entry: LogEntry<Command>) => void): Undo {
    const kept = this.#open(log);
    const reader = { from, telling: false, heard };
    kept.readers.add(reader);
    tell(kept, reader);
    return () => void kept.readers.delete(reader);
  }

  trim(log: string, upTo: Position): void {
    const entries = this.#logs.get(log)?.entries;
    if (entries === undefined) return;
    const first = entries.findIndex(({ p }) => p > upTo);
    entries.splice(0, first < 0 ? entries.length : first);
  }

  drop(log: string): void {
    this.#logs.delete(log);
  }

  /** How many logs are kept. */
  get size(): number {
    return this.#logs.size;
  }

  #open(log: string): Kept<Command> {
    let kept = this.#logs.get(log);
    if (kept === undefined) {
      this.#logs.set(log, kept = { entries: [], readers: new Set(), last: 0 });
    }
    return kept;
  }
}

function tell<Command>(kept: Kept<Command>, reader: Reader<Command>): void {
  if (reader.telling) return;
  reader.telling = true;
  try {
    for (;;) {
      const entry = entryAfter(kept.entries, reader.from);
      if (entry === undefined) return;
      reader.from = entry.p;
      reader.heard(entry);
    }
  } finally {
    reader.telling = false;
  }
}

/** Readers are nearly always at the end, so the search begins there. */
function entryAfter<Command>(
  entries: readonly LogEntry<Command>[],
  from: Position,
): LogEntry<Command> | undefined {
  let i = entries.length;
  while (i > 0 && entries[i - 1].p > from) i--;
  return entries[i];
}
