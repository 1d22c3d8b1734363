/** What `deno task lan` says when it is open: where, as a code too, and whom devices must trust. */
import { secureUrl, thirdParties } from "../banner.ts";
import type { Config } from "../config.ts";
import type { Standing } from "../serve.ts";
import { urlHost } from "./hosts.ts";
import { AUTHORITY_PATH } from "./redirect.ts";
import { terminalQr } from "./terminal_qr.ts";

/** How each system is told to trust the authority, and to forget it. */
const SYSTEMS = [
  [
    "iPhone, iPad",
    "open it in Safari, then Settings > General > VPN & Device Management: install;",
    "then Settings > General > About > Certificate Trust Settings: switch it on",
    "Settings > General > VPN & Device Management > Tertulia > Remove Profile",
  ],
  [
    "Android",
    "open it, then Settings > Security > Encryption & credentials >",
    "Install a certificate > CA certificate: choose the file",
    "Settings > Security > Encryption & credentials > User credentials",
  ],
  [
    "macOS",
    "open it, add it to the keychain; double-click it there, Trust: Always Trust",
    "",
    "Keychain Access > delete it",
  ],
  [
    "Windows",
    "open it, Install Certificate > Current User >",
    "Trusted Root Certification Authorities",
    "certmgr.msc > Trusted Root Certification Authorities > delete it",
  ],
  [
    "Linux, Firefox",
    "Chrome: chrome://certificate-manager > Installed by you > Import.",
    "Firefox: Settings > View Certificates > Authorities > Import",
    "at the same place",
  ],
] as const;

/**
 * The lines for people.
 *
 * @param fingerprint of our own authority; null with a certificate of somebody else's
 * @param colour whether the terminal takes colours
 */
export function lanBanner(
  config: Config,
  { hosts, port, httpPort }: Standing,
  fingerprint: string | null,
  colour: boolean,
): string {
  const openable = hosts.filter((host) => !host.startsWith("*."));
  const urls = openable.map((host) => secureUrl(host, port));
  if (config.publicUrl !== null) urls.unshift(config.publicUrl);
  const lines = ["", "  Tertulia is open on your network", "", ...urls.map((url) => `    ${url}`)];
  if (urls.length > 0) lines.push("", terminalQr(`${urls[0]}/`, colour).trimEnd());
  lines.push("");
  if (fingerprint !== null && httpPort !== null) {
    lines.push(
      "  Devices warn of this address until they trust this machine's own authority. It can vouch",
      "  for private networks and .local names only. Its certificate is at",
      "",
      `    http://${urlHost(openable[0])}:${httpPort}${AUTHORITY_PATH}`,
      "",
      `  SHA-256 ${fingerprint}`,
      "",
      ...SYSTEMS.flatMap(([system, trust, more, remove]) => [
        `  ${system.padEnd(15)} ${trust}`,
        ...more ? [`  ${" ".repeat(15)} ${more}`] : [],
        `  ${"to remove it".padStart(15)} ${remove}`,
      ]),
      "",
    );
  }
  lines.push(`  ${thirdParties(config)}`, "  Ctrl+C ends it.", "");
  return lines.join("\n");
}
