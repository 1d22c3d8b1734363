import { isLoopback } from "./address.ts";
import type { Config } from "./config.ts";

/**
 * What the server says when it is open: where, to whom, and which third party learns of a call.
 *
 * @param port the port it got
 * @returns a few lines for people
 */
export function banner(config: Config, port: number): string {
  return [
    "",
    `  Tertulia is open at ${addressFor(config, port)}`,
    "",
    `  ${reach(config)}`,
    `  ${thirdParties(config)}`,
    "  Ctrl+C ends it.",
    "",
  ].join("\n");
}

function addressFor(config: Config, port: number): string {
  if (config.publicUrl !== null) return config.publicUrl;
  const isAny = config.host === "0.0.0.0" || config.host === "::";
  const isHere = isAny || isLoopback(config.host) || config.host === "localhost";
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  return `http://${isHere ? "localhost" : host}:${port}`;
}

function reach(config: Config): string {
  if (isLoopback(config.host) || config.host === "localhost") {
    return "Only this machine reaches it; HOST=0.0.0.0 opens it to your network.";
  }
  return "Your network reaches it; browsers give camera and microphone to https and localhost only.";
}

function thirdParties(config: Config): string {
  if (config.stunUrls.length === 0) return "No third party: STUN_URLS is none.";
  const hosts = config.stunUrls.map((url) => url.replace(/^stuns?:/, "").replace(/:\d+$/, ""));
  const when = config.stunFor("localhost").length === 0 ? ", but on localhost and LAN" : "";
  return `Third party${when}: STUN at ${
    [...new Set(hosts)].join(", ")
  }; STUN_URLS=none does without.`;
}
