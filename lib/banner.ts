import { isLoopback } from "./address.ts";
import type { Config } from "./config.ts";
import type { Standing } from "./serve.ts";
import { urlHost } from "./tls/hosts.ts";
import { firstOpenable } from "./tls/redirect.ts";

/**
 * What the server says when it is open: where, to whom, and which third party learns of a call.
 *
 * @param standing where it is open
 * @returns a few lines for people
 */
export function banner(config: Config, standing: Standing): string {
  return [
    "",
    `  Tertulia is open at ${addressFor(config, standing)}`,
    "",
    `  ${reach(config)}`,
    `  ${thirdParties(config)}`,
    "  Ctrl+C ends it.",
    "",
  ].join("\n");
}

function addressFor(config: Config, { port, hosts }: Standing): string {
  if (config.publicUrl !== null) return config.publicUrl;
  const isAny = config.host === "0.0.0.0" || config.host === "::";
  const isHere = isAny || isLoopback(config.host) || config.host === "localhost";
  const host = isHere ? "localhost" : urlHost(config.host);
  if (config.tls === null) return `http://${host}:${port}`;
  return secureUrl(firstOpenable(hosts) ?? host, port);
}

/** An https address as people type it. */
export function secureUrl(host: string, port: number): string {
  return new URL(`https://${urlHost(host)}:${port}`).origin;
}

function reach(config: Config): string {
  if (isLoopback(config.host) || config.host === "localhost") {
    return "Only this machine reaches it; HOST=0.0.0.0 opens it to your network.";
  }
  if (config.tls !== null) return "Your network reaches it.";
  return "Your network reaches it; browsers give camera and microphone to https and localhost only.";
}

/** Which third party learns of calls, on one line. */
export function thirdParties(config: Config): string {
  if (config.stunUrls.length === 0) return "No third party: STUN_URLS is none.";
  const hosts = config.stunUrls.map((url) => url.replace(/^stuns?:/, "").replace(/:\d+$/, ""));
  const when = config.stunFor("localhost").length === 0 ? ", but on localhost and LAN" : "";
  return `Third party${when}: STUN at ${
    [...new Set(hosts)].join(", ")
  }; STUN_URLS=none does without.`;
}
