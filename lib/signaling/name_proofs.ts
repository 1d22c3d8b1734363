/** Whether somebody holds a key: checks signatures, never throws. */

/**
 * Checks a signature over a text.
 *
 * @param key a raw public key of ECDSA P-256, base64url
 * @param signature r and s as WebCrypto makes them, base64url
 */
export type Verify = (key: string, signature: string, text: string) => Promise<boolean>;

const KEY = { name: "ECDSA", namedCurve: "P-256" };
const HOW = { name: "ECDSA", hash: "SHA-256" };

export const verifyProof: Verify = async (key, signature, text) => {
  try {
    const imported = await crypto.subtle.importKey("raw", bytesOf(key), KEY, false, ["verify"]);
    const data = new TextEncoder().encode(text);
    return await crypto.subtle.verify(HOW, imported, bytesOf(signature), data);
  } catch {
    return false; // no point of the curve, or no base64url
  }
};

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Uint8Array.fromBase64(text, { alphabet: "base64url" }));
}
