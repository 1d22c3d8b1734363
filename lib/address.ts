/**
 * Whose request this is, and whether a host name is of this machine or its own network.
 */

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const IPV6 = /^[0-9a-f:]*:[0-9a-f:.]*$/i;
/** Names that never leave a home or office network: RFC 6762, RFC 8375, and what routers hand out. */
const NEARBY_SUFFIXES = [".local", ".lan", ".home.arpa", ".internal", ".localhost"];

/** What is known of a connection, whoever made it; `Deno.ServeHandlerInfo` fits. */
export interface ConnectionInfo {
  readonly remoteAddr: Deno.Addr;
}

/**
 * The client's IP address.
 *
 * `X-Forwarded-For` is written by whoever sends the request, so it is believed only as far as
 * proxies of ours wrote it: each adds, on the right, the address it was reached from.
 *
 * @param trustedProxies how many proxies stand in front of this server (setting TRUST_PROXY)
 * @returns the address in its usual text form, or `unknown` for a connection that has none
 */
export function clientAddress(
  info: ConnectionInfo,
  headers: Headers,
  trustedProxies: number,
): string {
  const direct = "hostname" in info.remoteAddr ? plainAddress(info.remoteAddr.hostname) : "unknown";
  if (trustedProxies === 0) return direct;
  const hops = (headers.get("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
  const claimed = plainAddress(hops[Math.max(0, hops.length - trustedProxies)]);
  return isAddress(claimed) ? claimed : direct;
}

/**
 * What limits per address are counted by: an IPv4 address itself, an IPv6 address's /64, since a
 * single household or machine is given at least that much (RFC 6177).
 */
export function addressGroup(address: string): string {
  if (!address.includes(":")) return address;
  const [head, tail] = address.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<string>(Math.max(0, gap)).fill("0"), ...right];
  return groups.slice(0, 4).map((group) => parseInt(group, 16).toString(16)).join(":") + "::/64";
}

/** True for a loopback address, as `127.0.0.1` and `::1`. */
export function isLoopback(address: string): boolean {
  return address === "::1" || /^127\./.test(address) && IPV4.test(address);
}

/**
 * True for a host name by which only this machine or its own network is reached: localhost, private
 * and link-local addresses (RFC 1918, RFC 3927, RFC 4193), and names such networks give.
 *
 * @param hostname as in a URL, an IPv6 address with or without brackets
 */
export function isNearby(hostname: string): boolean {
  const host = plainAddress(hostname.toLowerCase().replace(/\.$/, ""));
  if (isLoopback(host)) return true;
  const parts = IPV4.exec(host);
  if (parts) return isPrivateIpv4(Number(parts[1]), Number(parts[2]));
  if (host.includes(":")) return /^(f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/.test(host);
  return !host.includes(".") || NEARBY_SUFFIXES.some((suffix) => host.endsWith(suffix));
}

function isPrivateIpv4(first: number, second: number): boolean {
  if (first === 10) return true;
  if (first === 172) return second >= 16 && second <= 31;
  if (first === 192) return second === 168;
  return first === 169 && second === 254;
}

function isAddress(text: string): boolean {
  const parts = IPV4.exec(text);
  return parts ? parts.slice(1).every((part) => Number(part) <= 255) : IPV6.test(text);
}

/** Without brackets, port and zone, and an IPv4 address that came over IPv6 as IPv4. */
function plainAddress(text: string): string {
  const bare = text.startsWith("[")
    ? text.slice(1).replace(/\].*$/, "")
    : text.replace(/^([^:]*):\d+$/, "$1");
  return bare.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/i, "");
}
