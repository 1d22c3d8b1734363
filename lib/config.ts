/**
 * The settings: environment variables, and a `.env` file where there is one, made into one frozen
 * object. README.md and `.env.example` describe each.
 */
import * as v from "valibot";
import { isNearby } from "./address.ts";
import { parseEnvFile } from "./env_file.ts";
import type { LogLevel } from "./log.ts";
import { SETTING_NAMES, type SettingName, SETTINGS, type Settings } from "./settings.ts";

/** What STUN costs: this third party learns the address of whoever calls. */
const PUBLIC_STUN = ["stun:stun.l.google.com:19302", "stun:stun1.l.google.com:19302"];

/** A relay, with credentials that are given as they are or made from a secret for each call. */
export type TurnSettings =
  & { readonly urls: readonly string[] }
  & ({ readonly username: string; readonly credential: string } | { readonly secret: string });

/** https by this server itself, from PEM files that may be replaced while it runs. */
export interface TlsSettings {
  readonly cert: string;
  readonly key: string;
  /** The authority's certificate, to be handed out to devices that shall trust it. */
  readonly authority: string | null;
  /** A plain-http port that sends people on to https. */
  readonly httpPort: number | null;
}

export interface Config {
  readonly port: number;
  /** The address to listen on. */
  readonly host: string;
  /** What must outlive the process is kept here; relative to where the server is started. */
  readonly dataDir: string;
  /** The origin people use, where it is not the one requests name; null where it is. */
  readonly publicUrl: string | null;
  /** Serves https instead of http; null: somebody else does, or nobody. */
  readonly tls: TlsSettings | null;
  /** STUN servers in use beyond localhost and LAN, for telling people; empty: none. */
  readonly stunUrls: readonly string[];
  /**
   * The STUN servers for somebody who reached this server by `hostname`. The public ones are left
   * out on localhost and LAN addresses, where they are not needed; those set by hand are not.
   */
  readonly stunFor: (hostname: string) => readonly string[];
  readonly turn: TurnSettings | null;
  /** Seats of a room, unless who makes it asks for fewer. */
  readonly roomCapacity: number;
  /** How long a call by name rings. */
  readonly ringMs: number;
  /** Signs tokens instead of a key kept in the data folder. */
  readonly sessionSecret: string | null;
  /** How many proxies stand in front, each adding to X-Forwarded-For. */
  readonly trustProxy: number;
  readonly maxSockets: number;
  readonly maxSocketsPerAddress: number;
  readonly logLevel: LogLevel;
  /** Lets `/metrics` be read from elsewhere; null: from this machine only. */
  readonly metricsToken: string | null;
}

/** Says every setting that is wrong, each by its name. Never has a secret's value in it. */
export class ConfigError extends Error {
  override name = "ConfigError";
  /** @param problems one line for each, `NAME must be …` */
  constructor(readonly problems: readonly string[]) {
    super(`Wrong settings:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
  }
}

/**
 * Checks settings and makes the configuration of them.
 *
 * @param given texts by name; an empty one counts as not set, a name that is no setting is ignored
 * @throws {ConfigError} that names every wrong setting at once
 */
export function parseConfig(given: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(
    SETTING_NAMES.map((name) => [name, given[name]?.trim() || undefined]),
  );
  const parsed = v.safeParse(SETTINGS, set);
  const problems = (parsed.issues ?? []).map((issue) => `${v.getDotPath(issue)} ${issue.message}`);
  problems.push(...turnProblems(set), ...tlsProblems(set));
  if (!parsed.success || problems.length > 0) throw new ConfigError([...new Set(problems)]);
  return freeze(parsed.output);
}

/** Settings that only make sense together. */
function turnProblems(set: Readonly<Record<string, string | undefined>>): string[] {
  const has = (name: SettingName) => set[name] !== undefined;
  const pair = has("TURN_USERNAME") && has("TURN_CREDENTIAL");
  const half = has("TURN_USERNAME") !== has("TURN_CREDENTIAL");
  if (half) {
    const absent = has("TURN_USERNAME") ? "TURN_CREDENTIAL" : "TURN_USERNAME";
    return [`${absent} must be set too: TURN_USERNAME and TURN_CREDENTIAL belong together`];
  }
  if (pair && has("TURN_SECRET")) {
    return ["TURN_SECRET must not be set beside TURN_USERNAME and TURN_CREDENTIAL"];
  }
  if (has("TURN_URLS") && !pair && !has("TURN_SECRET")) {
    return ["TURN_URLS must have TURN_SECRET, or TURN_USERNAME and TURN_CREDENTIAL, beside it"];
  }
  if (!has("TURN_URLS") && (pair || has("TURN_SECRET"))) {
    return ["TURN_URLS must be set too: it says where the TURN server is"];
  }
  return [];
}

function tlsProblems(set: Readonly<Record<string, string | undefined>>): string[] {
  const has = (name: SettingName) => set[name] !== undefined;
  if (has("TLS_CERT") !== has("TLS_KEY")) {
    const absent = has("TLS_CERT") ? "TLS_KEY" : "TLS_CERT";
    return [`${absent} must be set too: TLS_CERT and TLS_KEY belong together`];
  }
  return (["TLS_CA", "HTTP_PORT"] as const).filter((name) => has(name) && !has("TLS_CERT"))
    .map((name) => `${name} must have TLS_CERT and TLS_KEY beside it`);
}

function freeze(set: Settings): Config {
  const chosen = set.STUN_URLS?.filter((url) => url !== "none");
  const stunUrls = Object.freeze(chosen ?? PUBLIC_STUN);
  return Object.freeze({
    port: set.PORT,
    host: set.HOST,
    dataDir: set.DATA_DIR,
    publicUrl: set.PUBLIC_URL ?? null,
    tls: tlsOf(set),
    stunUrls,
    stunFor: (hostname: string) => chosen === undefined && isNearby(hostname) ? [] : stunUrls,
    turn: turnOf(set),
    roomCapacity: set.ROOM_CAPACITY,
    ringMs: 1000 * set.RING_SECONDS,
    sessionSecret: set.SESSION_SECRET ?? null,
    trustProxy: set.TRUST_PROXY,
    maxSockets: set.MAX_SOCKETS,
    maxSocketsPerAddress: set.MAX_SOCKETS_PER_ADDRESS,
    logLevel: set.LOG_LEVEL,
    metricsToken: set.METRICS_TOKEN ?? null,
  });
}

function tlsOf(set: Settings): TlsSettings | null {
  const { TLS_CERT: cert, TLS_KEY: key, TLS_CA: authority, HTTP_PORT: httpPort } = set;
  if (cert === undefined || key === undefined) return null;
  return Object.freeze({ cert, key, authority: authority ?? null, httpPort: httpPort ?? null });
}

function turnOf(set: Settings): TurnSettings | null {
  const { TURN_URLS: urls, TURN_USERNAME: username, TURN_CREDENTIAL: credential } = set;
  if (urls === undefined) return null;
  return Object.freeze(
    username !== undefined && credential !== undefined
      ? { urls, username, credential }
      : { urls, secret: set.TURN_SECRET ?? "" },
  );
}

/**
 * The settings as this process has them: the environment's, and below them those of a `.env` file
 * in the working folder.
 *
 * @throws {ConfigError} as {@link parseConfig}
 */
export function readConfig(): Config {
  return parseConfig(readSettings());
}

/** The settings as they are written, those not set left out. */
export function readSettings(): Partial<Record<SettingName, string>> {
  const file = readEnvFile(".env");
  const set = SETTING_NAMES.map((name) => [name, Deno.env.get(name) || file.get(name)] as const);
  return Object.fromEntries(set.filter(([, value]) => value !== undefined));
}

function readEnvFile(path: string): Map<string, string> {
  try {
    return parseEnvFile(Deno.readTextFileSync(path));
  } catch (error) {
    // Absent, or on a host without files: the environment is all there is.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) {
      return new Map();
    }
    throw error;
  }
}
