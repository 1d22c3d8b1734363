/** By which names this machine is reached on its own network. Pure: told what there is. */
import { isLoopback, isNearby } from "../address.ts";

/** One address of this machine; `Deno.NetworkInterfaceInfo` fits. */
export interface InterfaceAddress {
  /** Of the interface, as `eth0`. */
  readonly name: string;
  readonly family: "IPv4" | "IPv6";
  readonly address: string;
}

/** Networks inside this machine: containers, virtual machines, tunnels. Phones are not in them. */
const INNER = /^(docker|br-|veth|virbr|vmnet|vboxnet|podman|cni|lxc|lxd|flannel|tun|tap|utun|wg)/i;
const INNER_TOO = /^(zt|tailscale|awdl|llw|bridge|vEthernet)/i;

/**
 * The hosts a phone beside this machine can open, best first: IPv4 before IPv6, since people type
 * it, networks of this machine alone late, its multicast name (RFC 6762) last, as not every system
 * answers for it.
 *
 * IPv6 link-local addresses are left out: they need a zone, and no browser takes one in an address.
 *
 * @param hostname the machine's own name, with or without a domain
 * @returns as they stand in an address, without brackets; empty where there is no private network
 */
export function lanHosts(addresses: readonly InterfaceAddress[], hostname: string): string[] {
  const usable = addresses.filter(({ address }) => isPrivate(address))
    .map((each, place) => ({ host: canonicalHost(each.address), rank: rankOf(each), place }))
    .sort((one, other) => one.rank - other.rank || one.place - other.place);
  if (usable.length === 0) return [];
  const name = multicastName(hostname);
  return [...new Set([...usable.map(({ host }) => host), ...name === null ? [] : [name]])];
}

/** The addresses others reach this machine by that are of no private network. */
export function publicAddresses(addresses: readonly InterfaceAddress[]): string[] {
  return addresses.map(({ address }) => address)
    .filter((address) => !isLoopback(address) && !isNearby(address));
}

/** One way to write each host: lower case, IPv6 as in RFC 5952. */
export function canonicalHost(host: string): string {
  const url = URL.parse(`http://${host.includes(":") ? `[${host}]` : host}`);
  return url?.hostname.replace(/^\[|\]$/g, "") ?? host.toLowerCase();
}

/** A host in an address: IPv6 has brackets there (RFC 3986, 3.2.2). */
export function urlHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

function isPrivate(address: string): boolean {
  return isNearby(address) && !isLoopback(address) && !/^fe[89ab]/i.test(address);
}

function rankOf({ name, family, address }: InterfaceAddress): number {
  const inner = INNER.test(name) || INNER_TOO.test(name) ? 4 : 0;
  const selfGiven = address.startsWith("169.254.") ? 2 : 0; // nobody gave it an address
  return inner + selfGiven + (family === "IPv4" ? 0 : 1);
}

function multicastName(hostname: string): string | null {
  const [label] = hostname.toLowerCase().split(".");
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label) && label !== "localhost"
    ? `${label}.local`
    : null;
}
