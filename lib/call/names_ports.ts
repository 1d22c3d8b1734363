/**
 * What names and calls by name need of the world beside `ports.ts`. `env/names_env.ts` is the
 * browser's, and comes with them.
 */
import type { Undo } from "./ports.ts";

/** One's own key pair. The private half never leaves the browser. */
export interface NameKey {
  /** Raw, base64url. */
  readonly publicKey: string;
  /** ECDSA with SHA-256, base64url. */
  sign(text: string): Promise<string>;
}

/** Where this browser keeps the key. */
export interface NameKeys {
  /** The key, or null where there is none. */
  load(): Promise<NameKey | null>;
  /** Makes one and keeps it. Rejects where that cannot be: pages without https have no WebCrypto. */
  create(): Promise<NameKey>;
  forget(): Promise<void>;
}

/** Half of a secret two pages agree on: an ephemeral key pair for one call. */
export interface Agreement {
  /** Raw, base64url. */
  readonly publicKey: string;
  /** The pair as text, for the same tab loaded anew; worth as much as the secret. */
  readonly saved: string;
  /** 32 bytes in base64url that only the two pages know. Rejects if `theirs` is no key. */
  secret(theirs: string, room: string): Promise<string>;
}

export interface Agreements {
  begin(): Promise<Agreement>;
  /** Null if `saved` is not what an agreement saved. */
  restore(saved: string): Promise<Agreement | null>;
}

export type Tone = "ring" | "ringback";

/** What makes people look up. */
export interface Alerts {
  /** False until there was a click or a key: browsers play nothing before. */
  readonly canPlay: boolean;
  /** Plays again and again, until undone. */
  play(tone: Tone): Undo;
  /** Shows a text in the tab's title in turns with its own. */
  flashTitle(text: string): Undo;
  readonly canNotify: boolean;
  /** Shows a notification; a click on it brings the page up. */
  notify(text: string): Undo;
}

export interface NamesEnv {
  /** Of this page: scheme, host and port. */
  readonly origin: string;
  readonly keys: NameKeys;
  readonly agreements: Agreements;
  readonly alerts: Alerts;
}
