/** The plain-http port beside https: sends everybody on, and hands out the authority. */
import { securityHeaders } from "../security.ts";
import { canonicalHost, urlHost } from "./hosts.ts";

/** Where https is. */
export interface SecurePlace {
  /** Hosts of the certificate, best first; one may begin with `*.`. */
  readonly hosts: readonly string[];
  readonly port: number;
  /** The authority's certificate, PEM, for devices to trust; null where there is none to give. */
  readonly authority: string | null;
}

/** Where a phone gets the authority's certificate. */
export const AUTHORITY_PATH = "/ca.crt";

/**
 * Answers one request to the plain port. Whoever comes by a host of the certificate goes on to the
 * same host, anybody else to the first one: a `Host` that is not ours is led nowhere.
 */
export function redirect(request: Request, place: SecurePlace): Response {
  const headers = { ...securityHeaders(null), "cache-control": "no-store" };
  if (request.method !== "GET" && request.method !== "HEAD") {
    return new Response("Method not allowed\n", {
      status: 405,
      headers: { ...headers, allow: "GET, HEAD" },
    });
  }
  const url = new URL(request.url);
  if (url.pathname === AUTHORITY_PATH && place.authority !== null) {
    return new Response(place.authority, {
      // The type Android, iOS and Firefox offer to install (RFC 8555 names the PEM form's own,
      // which they only save).
      headers: { ...headers, "content-type": "application/x-x509-ca-cert" },
    });
  }
  const asked = canonicalHost(url.hostname.replace(/^\[|\]$/g, ""));
  const host = place.hosts.some((each) => covers(each, asked)) ? asked : firstOpenable(place.hosts);
  if (host === null) return new Response("Use https\n", { status: 404, headers });
  const port = place.port === 443 ? "" : `:${place.port}`;
  // Not for good: the next certificate may be for other hosts, and browsers would remember.
  return new Response(null, {
    status: 307,
    headers: {
      ...headers,
      location: `https://${urlHost(host)}${port}${url.pathname}${url.search}`,
    },
  });
}

/** The first host that is no pattern. */
export function firstOpenable(hosts: readonly string[]): string | null {
  return hosts.find((host) => !host.startsWith("*.")) ?? null;
}

/** RFC 6125, 6.4.3: a star stands for one label. */
function covers(host: string, asked: string): boolean {
  return host === asked ||
    host.startsWith("*.") && asked.endsWith(host.slice(1)) &&
      !asked.slice(0, -host.length + 1).includes(".");
}
