/** The browser behind the ports of names and calls by name. */
import type { Agreement, Agreements, Alerts, NameKey, NameKeys, NamesEnv } from "../names_ports.ts";
import type { Undo } from "../ports.ts";
import { playTone } from "./tones.ts";

/** The ports of the page this runs in. Cheap: nothing is opened or asked for. */
export function browserNamesEnv(): NamesEnv {
  return { origin: location.origin, keys, agreements, alerts };
}

// ---- the key of the name --------------------------------------------------------------------------

const SIGNING = { name: "ECDSA", namedCurve: "P-256" };
const DATABASE = "tertulia";
const STORE = "keys";
const NAME_KEY = "name";

const keys: NameKeys = {
  async load() {
    const pair: CryptoKeyPair | undefined = await inStore(
      "readonly",
      (store) => store.get(NAME_KEY),
    );
    return pair === undefined ? null : await nameKey(pair);
  },
  async create() {
    // Not extractable: a script that got in could use it while the page lives, and not take it away.
    const pair = await crypto.subtle.generateKey(SIGNING, false, ["sign", "verify"]);
    await inStore("readwrite", (store) => store.put(pair, NAME_KEY));
    return await nameKey(pair as CryptoKeyPair);
  },
  async forget() {
    await inStore("readwrite", (store) => store.delete(NAME_KEY));
  },
};

async function nameKey({ privateKey, publicKey }: CryptoKeyPair): Promise<NameKey> {
  return {
    publicKey: base64url(await crypto.subtle.exportKey("raw", publicKey)),
    async sign(text) {
      const how = { name: "ECDSA", hash: "SHA-256" };
      return base64url(await crypto.subtle.sign(how, privateKey, utf8.encode(text)));
    },
  };
}

/** Does one thing in the store of keys. */
async function inStore<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await done(opening);
  try {
    return await done(work(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// ---- the secret of a call -------------------------------------------------------------------------

const AGREEING = { name: "ECDH", namedCurve: "P-256" };
const SECRET_BITS = 256;

const agreements: Agreements = {
  async begin() {
    // Extractable, so that the same tab may be loaded anew while it rings.
    const pair = await crypto.subtle.generateKey(AGREEING, true, ["deriveBits"]);
    return await agreement(pair as CryptoKeyPair);
  },
  async restore(saved) {
    try {
      const { d, ...open } = JSON.parse(saved);
      const [privateKey, publicKey] = await Promise.all([
        crypto.subtle.importKey("jwk", { ...open, d }, AGREEING, true, ["deriveBits"]),
        crypto.subtle.importKey("jwk", { ...open, key_ops: [] }, AGREEING, true, []),
      ]);
      return await agreement({ privateKey, publicKey });
    } catch {
      return null;
    }
  },
};

async function agreement({ privateKey, publicKey }: CryptoKeyPair): Promise<Agreement> {
  return {
    publicKey: base64url(await crypto.subtle.exportKey("raw", publicKey)),
    saved: JSON.stringify(await crypto.subtle.exportKey("jwk", privateKey)),
    async secret(theirs, room) {
      const other = await crypto.subtle.importKey("raw", bytesOf(theirs), AGREEING, false, []);
      const shared = await crypto.subtle.deriveBits(
        { name: "ECDH", public: other },
        privateKey,
        SECRET_BITS,
      );
      const key = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveBits"]);
      const info = utf8.encode("tertulia call secret");
      const how = { name: "HKDF", hash: "SHA-256", salt: utf8.encode(room), info };
      return base64url(await crypto.subtle.deriveBits(how, key, SECRET_BITS));
    },
  };
}

const utf8 = new TextEncoder();

function base64url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

// ---- looking up -----------------------------------------------------------------------------------

const FLASH_EVERY_MS = 1_200;

const alerts: Alerts = {
  get canPlay() {
    return navigator.userActivation?.hasBeenActive ?? false;
  },
  play: playTone,
  flashTitle(text) {
    const own = document.title;
    const flip = () => document.title = document.title === text ? own : text;
    flip();
    const timer = setInterval(flip, FLASH_EVERY_MS);
    return () => {
      clearInterval(timer);
      if (document.title === text) document.title = own; // else the page has said another
    };
  },
  get canNotify() {
    return globalThis.Notification?.permission === "granted";
  },
  notify(text): Undo {
    try {
      const notification = new Notification(text, { tag: "tertulia.call" });
      notification.onclick = () => {
        globalThis.focus();
        notification.close();
      };
      return () => notification.close();
    } catch {
      return () => {}; // Chrome on Android has them for service workers only
    }
  },
};
