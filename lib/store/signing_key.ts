import type { Log } from "../log.ts";
import type { Store } from "./store.ts";

/** As long as SHA-256's output, which RFC 2104 section 3 asks of an HMAC key. */
const KEY_BYTES = 32;

/**
 * The bytes of the key that signs tokens and room cards.
 *
 * It must outlive the process, or nobody in a call could come back to it after a restart. A
 * SESSION_SECRET is best shared by several servers and is the only way on a host that keeps no
 * files; else the key is minted once and kept in the store.
 *
 * @param secret the setting SESSION_SECRET, or null
 */
export async function signingKey(
  secret: string | null,
  store: Store,
  log: Log,
): Promise<Uint8Array<ArrayBuffer>> {
  if (secret !== null) return await fromSecret(secret);
  const fresh = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  if (!store.lasting) {
    log.warn("calls will not survive a restart: set SESSION_SECRET or let DATA_DIR be written");
    return fresh;
  }
  const key = new Uint8Array(await store.add("signing-key", fresh));
  if (key.length >= KEY_BYTES) return key;
  log.warn("the kept signing key is too short and is replaced", { bytes: key.length });
  await store.write("signing-key", fresh);
  return fresh;
}

/** RFC 5869, so that the same secret used elsewhere, as for TURN, gives another key there. */
async function fromSecret(secret: string): Promise<Uint8Array<ArrayBuffer>> {
  const input = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(secret),
    "HKDF",
    false,
    ["deriveBits"],
  );
  const info = new TextEncoder().encode("tertulia signing key");
  const salt = new Uint8Array(KEY_BYTES);
  const bits = await crypto.subtle.deriveBits(
    { name: "HKDF", hash: "SHA-256", salt, info },
    input,
    KEY_BYTES * 8,
  );
  return new Uint8Array(bits);
}
