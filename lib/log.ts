/**
 * The server's log: one line per event, `time level event key=value …`, on one line whatever a
 * value holds.
 *
 * Logs are kept, shipped and pasted into bug reports, so what says where somebody is or lets
 * somebody in never stands in a line above `debug`: such fields are left out by name.
 */

/** From the most talkative to none at all. */
export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Log {
  debug(event: string, fields?: LogFields): void;
  /** One step of a life: a server opened, a session began, a room vanished. */
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** A log whose every line has these fields too. */
  with(fields: LogFields): Log;
}

export interface LogOptions {
  /** Lines below it are not written. */
  readonly level: LogLevel;
  /** Takes one line, without its end. */
  readonly write: (line: string) => void;
  /** Ms since 1970. */
  readonly now: () => number;
}

/** Fields that appear at `debug` only. */
const PRIVATE_FIELDS: ReadonlySet<string> = new Set([
  "address",
  "candidate",
  "card",
  "credential",
  "key",
  "name",
  "sdp",
  "secret",
  "ticket",
  "token",
]);

/** Makes a log; see {@link LogOptions}. */
export function createLog(options: LogOptions): Log {
  return boundTo({}, options);
}

function boundTo(bound: LogFields, options: LogOptions): Log {
  const lowest = LOG_LEVELS.indexOf(options.level);
  const at = (level: LogLevel) => (event: string, fields: LogFields = {}) => {
    if (LOG_LEVELS.indexOf(level) < lowest) return;
    const time = new Date(options.now()).toISOString();
    const pairs = Object.entries({ ...bound, ...fields })
      .filter(([name, value]) => value !== undefined && mayShow(name, level))
      .map(([name, value]) => `${name}=${quoted(String(value))}`);
    options.write([time, level, quoted(event, /[\p{Cc}\u2028\u2029]/u), ...pairs].join(" "));
  };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    with: (fields) => boundTo({ ...bound, ...fields }, options),
  };
}

function mayShow(field: string, level: LogLevel): boolean {
  return level === "debug" || !PRIVATE_FIELDS.has(field);
}

/** JSON, where the text would break the line or run into the next field. */
function quoted(text: string, needed = /[\s"=\p{Cc}]|^$/u): string {
  if (!needed.test(text)) return text;
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
