/** Keys, secrets and bells by hand, for names and calls; all at once, and the same in every run. */
import { createHash, createHmac } from "node:crypto";
import type {
  Agreement,
  Agreements,
  Alerts,
  NameKey,
  NameKeys,
  NamesEnv,
  Tone,
} from "../../lib/call/names_ports.ts";
import type { Verify } from "../../lib/signaling/name_proofs.ts";

/** A signature of the right length. A key is its owner's secret, too. */
export function signWith(key: string, text: string): string {
  return createHmac("sha512", key).update(text).digest("base64url");
}

export const verifyFake: Verify = (key, signature, text) =>
  Promise.resolve(signature === signWith(key, text));

/** A public key of the right length. */
export const keyOf = (owner: string) => owner.padEnd(87, "-");

/** The keys of one browser. */
export class FakeKeys implements NameKeys {
  #key: string | null = null;
  #made = 0;
  /** True: as a page without https, or a browser that keeps nothing. */
  refuses = false;

  constructor(private readonly owner: string) {}

  load(): Promise<NameKey | null> {
    return Promise.resolve(this.#key === null ? null : keyWith(this.#key));
  }

  create(): Promise<NameKey> {
    if (this.refuses) return Promise.reject(new Error("no WebCrypto"));
    this.#key = keyOf(`${this.owner}-${++this.#made}`);
    return Promise.resolve(keyWith(this.#key));
  }

  forget(): Promise<void> {
    this.#key = null;
    return Promise.resolve();
  }
}

function keyWith(publicKey: string): NameKey {
  return { publicKey, sign: (text) => Promise.resolve(signWith(publicKey, text)) };
}

/** @param random names the keys */
export function fakeAgreements(random: (bytes: Uint8Array) => void): Agreements {
  return {
    begin() {
      const bytes = new Uint8Array(16);
      random(bytes);
      return Promise.resolve(agreementOf(keyOf(bytes.toHex())));
    },
    restore: (saved) => Promise.resolve(saved.length === 87 ? agreementOf(saved) : null),
  };
}

function agreementOf(publicKey: string): Agreement {
  return {
    publicKey,
    saved: publicKey,
    secret(theirs, room) {
      const both = [publicKey, theirs].toSorted().join();
      return Promise.resolve(createHash("sha256").update(both + room).digest("base64url"));
    },
  };
}

/** Notes what rings. */
export class FakeAlerts implements Alerts {
  canPlay = true;
  canNotify = true;
  tone: Tone | null = null;
  title: string | null = null;
  notification: string | null = null;

  play(tone: Tone): () => void {
    this.tone = tone;
    return () => this.tone = null;
  }

  flashTitle(text: string): () => void {
    this.title = text;
    return () => this.title = null;
  }

  notify(text: string): () => void {
    this.notification = text;
    return () => this.notification = null;
  }
}

export interface FakeNamesEnv extends NamesEnv {
  readonly keys: FakeKeys;
  readonly alerts: FakeAlerts;
}

export function fakeNamesEnv(
  keys: FakeKeys,
  random: (bytes: Uint8Array) => void,
  origin: string,
): FakeNamesEnv {
  return { origin, keys, agreements: fakeAgreements(random), alerts: new FakeAlerts() };
}
