/** Every limit of names and of calls by name. Docs: docs/protocol.md, "Names" and "Calls". */

/** Nobody else gets a name until it was out of use for so long. */
export const NAME_RESERVED_MS = 30 * 24 * 60 * 60 * 1000;
/** A challenge is to be signed within this. */
export const CHALLENGE_MS = 30_000;
/** A tab whose socket was lost is there for so long, and may come back to a call that rings. */
export const TAB_KEPT_MS = 15_000;
/** What rings and is not answered for so long has ended, unless the server is set to less. */
export const RING_MS = 45_000;
/** Calls somebody may place to one and the same person in a minute. */
export const CALLS_PER_MINUTE = 10;
/** How long a server can tell how a call ended. */
export const ENDING_KEPT_MS = 10 * 60_000;
/** How many endings it can tell; the oldest are forgotten first. */
export const ENDINGS_KEPT = 20_000;
/** Names a server holds; the one out of use for longest goes first. */
export const NAMES_KEPT = 20_000;
/** People told of in one message. */
export const PEOPLE_PER_FRAME = 400;
/** A public key as raw bytes of P-256, in base64url without padding: 65 bytes. */
export const PUBLIC_KEY_LETTERS = 87;
/** An ECDSA signature as WebCrypto makes it (r and s, 64 bytes), in base64url. */
export const SIGNATURE_LETTERS = 86;
export const CLAIM_LENGTH = 1024;
