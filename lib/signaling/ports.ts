/** The world as signaling sees it; the real ones and the tests' doubles fit by shape. */

/** Undoes what returned it. Calling it twice is harmless. */
export type Undo = () => void;

export interface Clock {
  /** Ms since 1970; goes on steadily, whoever sets the computer's clock. */
  now(): number;
  /** Ms since 1970 by the computer's clock, for what others compare with theirs; may jump. */
  date(): number;
  /** Runs `task` once, `delayMs` from now. */
  after(delayMs: number, task: () => void): Undo;
  /** Runs `task` every `periodMs`, first after one period. */
  every(periodMs: number, task: () => void): Undo;
}

/** Fills the bytes with secure randomness, as `crypto.getRandomValues` does. */
export type Random = (bytes: Uint8Array) => void;

/** The server's end of one WebSocket. What comes in is given to what `connect` returned. */
export interface ServerSocket {
  /** Queues one text frame; never throws, also when the socket is closed. */
  send(frame: string): void;
  /** Asks for the end; nothing says that the other side ever answers. Never throws. */
  close(code: number, reason: string): void;
  /** Bytes queued and not given to the network yet. */
  readonly buffered: number;
}

/** One value that outlives the process. */
export interface Keep {
  /** What was written last, or null. */
  read(): Promise<Uint8Array | null>;
  write(value: Uint8Array): Promise<void>;
}

type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Lines of the server's log; no names, tokens, addresses, SDP or candidates go into it. */
export interface Logger {
  debug(event: string, fields?: Fields): void;
  info(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
}

/** Counters and readings, by Prometheus' habits. */
export interface Metrics {
  counter(name: string, help: string, label?: string): {
    add(amount?: number, label?: string): void;
  };
  reading(name: string, help: string, read: () => number): void;
}
