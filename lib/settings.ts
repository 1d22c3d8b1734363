/** The environment variables one by one; `config.ts` makes the configuration of them. */
import * as v from "valibot";
import { LOG_LEVELS } from "./log.ts";
import { CAPACITY_MAX, CAPACITY_MIN } from "./protocol/limits.ts";
import { RING_MS } from "./protocol/names_limits.ts";

const text = (test: RegExp, what: string) => v.pipe(v.string(), v.regex(test, `must be ${what}`));

const secret = (least: number) =>
  v.optional(v.pipe(v.string(), v.minLength(least, `must have at least ${least} characters`)));

function number(least: number, most: number) {
  const said = `must be a whole number from ${least} to ${most}`;
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, said),
    v.transform(Number),
    v.minValue(least, said),
    v.maxValue(most, said),
  );
}

function wholeNumber(least: number, most: number, otherwise: number) {
  return v.optional(number(least, most), String(otherwise));
}

function list(each: RegExp, what: string) {
  return v.pipe(
    v.string(),
    v.transform((value) => value.split(",").map((url) => url.trim()).filter((url) => url !== "")),
    v.everyItem((url) => each.test(url), `must be ${what}`),
  );
}

function origin(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
}

const STUN = list(/^(stuns?:[^\s/?]+|none)$/, "`none`, or stun: addresses parted by commas");
const TURN = list(
  /^turns?:[^\s/?]+(\?transport=(udp|tcp))?$/,
  "turn: or turns: addresses parted by commas",
);

/** Each variable: what it may be, what it becomes, and what it is when it is not set. */
export const SETTINGS = v.object({
  PORT: wholeNumber(0, 65535, 8000),
  HOST: v.optional(text(/^[\w.:-]+$/, "an address or host name of this machine"), "127.0.0.1"),
  DATA_DIR: v.optional(v.string(), "data"),
  PUBLIC_URL: v.optional(
    v.pipe(
      v.string(),
      v.check(origin, "must be an origin, as https://calls.example.org"),
      v.transform((value) => new URL(value).origin),
    ),
  ),
  TLS_CERT: v.optional(v.string()),
  TLS_KEY: v.optional(v.string()),
  TLS_CA: v.optional(v.string()),
  HTTP_PORT: v.optional(number(0, 65535)),
  STUN_URLS: v.optional(STUN),
  TURN_URLS: v.optional(TURN),
  TURN_USERNAME: v.optional(v.string()),
  TURN_CREDENTIAL: v.optional(v.string()),
  TURN_SECRET: v.optional(v.string()),
  ROOM_CAPACITY: wholeNumber(CAPACITY_MIN, CAPACITY_MAX, 6),
  RING_SECONDS: wholeNumber(3, RING_MS / 1000, RING_MS / 1000),
  SESSION_SECRET: secret(32),
  TRUST_PROXY: wholeNumber(0, 10, 0),
  MAX_SOCKETS: wholeNumber(1, 1_000_000, 10_000),
  MAX_SOCKETS_PER_ADDRESS: wholeNumber(1, 1_000_000, 100),
  LOG_LEVEL: v.optional(v.picklist(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`), "info"),
  METRICS_TOKEN: secret(16),
});

export type Settings = v.InferOutput<typeof SETTINGS>;
export type SettingName = keyof Settings;

/** Every setting there is; the server may read no other environment variable of the user's. */
export const SETTING_NAMES = Object.keys(SETTINGS.entries) as readonly SettingName[];
