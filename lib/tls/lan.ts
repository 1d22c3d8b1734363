/** What `deno task lan` adds to the settings: https on every address of the own network. */
import type { InterfaceAddress } from "./hosts.ts";
import { canonicalHost, lanHosts, publicAddresses } from "./hosts.ts";
import { LAN_FILES } from "./keep.ts";

/** In the data folder. */
export const LAN_FOLDER = "lan";

/** There is no network to be open on, for a reason its owner can do something about. */
export class LanError extends Error {
  override name = "LanError";
}

/** This machine, as it stands on its network. */
export interface Machine {
  readonly addresses: readonly InterfaceAddress[];
  /** Its own name. */
  readonly hostname: string;
  /** Whether one socket on `::` takes IPv4 too: not so on Windows. */
  readonly dualStack: boolean;
}

type Given = Readonly<Record<string, string | undefined>>;

/**
 * The settings of the LAN's server: what is set stays, the rest is for a LAN. Nobody else is asked
 * anything, so there is no STUN.
 *
 * @param given the settings as they are written
 */
export function lanSettings(given: Given, { addresses, dualStack }: Machine): Given {
  const hasIpv6 = addresses.some(({ family }) => family === "IPv6");
  const folder = `${given.DATA_DIR ?? "data"}/${LAN_FOLDER}`;
  const own = given.TLS_CERT !== undefined || given.TLS_KEY !== undefined;
  return {
    PORT: "8443",
    HTTP_PORT: "8080",
    HOST: hasIpv6 && dualStack ? "::" : "0.0.0.0",
    STUN_URLS: "none",
    ...own ? {} : {
      TLS_CERT: `${folder}/${LAN_FILES.server}`,
      TLS_KEY: `${folder}/${LAN_FILES.serverKey}`,
      TLS_CA: `${folder}/${LAN_FILES.authority}`,
    },
    ...given,
  };
}

/**
 * The hosts a certificate of ours is for.
 *
 * @param host the setting HOST: where one address is chosen, the certificate is for that one
 * @throws {LanError} where there is none, with what to do
 */
export function hostsToServe(machine: Machine, host: string): string[] {
  const hosts = lanHosts(machine.addresses, machine.hostname);
  const isAny = host === "0.0.0.0" || host === "::";
  const chosen = isAny ? hosts : hosts.filter((each) => each === canonicalHost(host));
  if (chosen.length > 0) return chosen;
  if (!isAny) {
    throw new LanError(
      `HOST ${host} is no address of this machine on a private network: unset it, or set it to one` +
        (hosts.length > 0 ? ` of ${hosts.join(", ")}` : ""),
    );
  }
  const others = publicAddresses(machine.addresses);
  throw new LanError(
    others.length === 0
      ? "This machine is on no network: connect it to the Wi-Fi or cable your phone uses"
      : `This machine has public addresses only (${
        others.join(", ")
      }): our own authority may vouch ` +
        "for none. Set TLS_CERT and TLS_KEY to a certificate for it",
  );
}
