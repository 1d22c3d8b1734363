/**
 * The headers that say what a page of ours may do. One place, so that a page, a file, an error and
 * an answer of the API cannot differ. SPEC.md, section SE.
 */
import { createHash, timingSafeEqual } from "node:crypto";

/** What a call needs; each is for pages of this origin only. */
const FEATURES_USED = [
  "camera",
  "microphone",
  "display-capture",
  "speaker-selection",
  "screen-wake-lock",
  "fullscreen",
  "autoplay",
  "gyroscope",
  "accelerometer",
  "clipboard-write",
  "picture-in-picture",
];

/** What no page of ours ever asks for: not even a script that found its way in may. */
const FEATURES_REFUSED = [
  "browsing-topics",
  "clipboard-read",
  "encrypted-media",
  "gamepad",
  "geolocation",
  "hid",
  "identity-credentials-get",
  "idle-detection",
  "keyboard-map",
  "local-fonts",
  "magnetometer",
  "midi",
  "otp-credentials",
  "payment",
  "publickey-credentials-create",
  "publickey-credentials-get",
  "serial",
  "storage-access",
  "sync-xhr",
  "usb",
  "window-management",
  "xr-spatial-tracking",
];

const PERMISSIONS_POLICY = [
  ...FEATURES_USED.map((feature) => `${feature}=(self)`),
  ...FEATURES_REFUSED.map((feature) => `${feature}=()`),
].join(", ");

/**
 * The content security policy of one response.
 *
 * @param nonce the page's own, for its scripts and styles; null where there is no script
 */
function contentPolicy(nonce: string | null): string {
  return [
    "default-src 'none'",
    nonce === null ? "script-src 'none'" : `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    nonce === null ? "style-src 'self'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types tertulia",
  ].join("; ");
}

/**
 * The headers every response has, by name.
 *
 * An error page is rendered outside all middleware, where no nonce is to be had: it has no script,
 * and its own handler gives these headers with `null`.
 *
 * @param nonce as it stands on the page's scripts, or null for a response without any
 */
export function securityHeaders(nonce: string | null): Record<string, string> {
  return {
    "content-security-policy": contentPolicy(nonce),
    "permissions-policy": PERMISSIONS_POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
  };
}

/**
 * A response with the headers every response has; a nonce is taken from the policy that Fresh's
 * `csp()` wrote, which is replaced whole.
 */
export function secured(response: Response): Response {
  if (response.status === 101) return response; // an upgraded socket: no page, and not to be copied
  const nonce = /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "");
  const safe = new Response(response.body, response); // the headers of a redirect are immutable
  for (const [name, value] of Object.entries(securityHeaders(nonce?.[1] ?? null))) {
    safe.headers.set(name, value);
  }
  return safe;
}

/** Compares two secrets, of any lengths, in a time that tells nothing of where they differ. */
export function sameSecret(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
