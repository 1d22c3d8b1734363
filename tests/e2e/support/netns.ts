/**
 * Machines on a cable of their own: network namespaces of Linux, joined by a bridge. Nothing in them
 * reaches the outside, and nothing outside reaches them. Needs root and iproute2.
 */
import type { Browser } from "playwright-core";
import { findBrowser } from "../../support/browser.ts";
import { type ChromiumOptions, launchChromium } from "./chromium.ts";

/** One machine of a network. */
export interface Host {
  /** The namespace's name. */
  readonly netns: string;
  /** Its network interface, as for `ip address add … dev`. */
  readonly device: string;
  /** A command that runs in it. */
  command(program: string, options?: Deno.CommandOptions): Deno.Command;
  /** Runs `ip` in it, by words parted by spaces. */
  ip(words: string): Promise<void>;
  /**
   * A browser in it, with a fake camera and microphone.
   *
   * @param env of the browser, beside this process's
   */
  chromium(env?: Record<string, string>): Promise<Browser>;
}

/** Whether this process may make networks, and has what it takes. */
export async function canMakeNetworks(): Promise<boolean> {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return false;
  const name = uniqueName();
  try {
    await ip(`netns add ${name}`);
    await ip(`netns del ${name}`);
    return true;
  } catch {
    return false;
  }
}

/**
 * Plays a scene on a network of its own, which is gone after it.
 *
 * @param hosts addresses with their prefix length, as `192.168.77.2/24`, by the machines' names
 */
export async function withNetwork<Name extends string>(
  hosts: Readonly<Record<Name, readonly string[]>>,
  play: (network: Readonly<Record<Name, Host>>) => Promise<void>,
): Promise<void> {
  const id = uniqueName();
  const made: string[] = [];
  const folder = await Deno.makeTempDir({ prefix: "tertulia-" });
  const add = async (netns: string) => {
    await ip(`netns add ${netns}`);
    made.push(netns);
    await ip(`-n ${netns} link set lo up`);
  };
  try {
    const middle = `${id}s`;
    await add(middle);
    await ip(`-n ${middle} link add bridge type bridge`);
    await ip(`-n ${middle} link set bridge up`);
    const network: Partial<Record<Name, Host>> = {};
    for (const [index, [name, addresses]] of Object.entries(hosts).entries()) {
      const netns = `${id}${index}`;
      await add(netns);
      await ip(`-n ${middle} link add port${index} type veth peer name eth0 netns ${netns}`);
      await ip(`-n ${middle} link set port${index} master bridge up`);
      for (const address of addresses as readonly string[]) {
        // Without duplicate address detection, which keeps an IPv6 address back for a second.
        const nodad = address.includes(":") ? " nodad" : "";
        await ip(`-n ${netns} address add ${address} dev eth0${nodad}`);
      }
      await ip(`-n ${netns} link set eth0 up`);
      network[name as Name] = host(netns, folder);
    }
    await play(network as Record<Name, Host>);
  } finally {
    for (const netns of made) await ip(`netns del ${netns}`).catch(() => {});
    await Deno.remove(folder, { recursive: true });
  }
}

function host(netns: string, folder: string): Host {
  return {
    netns,
    device: "eth0",
    command: (program, { args = [], ...options } = {}) =>
      new Deno.Command("ip", { ...options, args: ["netns", "exec", netns, program, ...args] }),
    ip: (words) => ip(`-n ${netns} ${words}`),
    chromium: (env = {}) => launchIn(netns, folder, { env }),
  };
}

/**
 * Starts a browser in a namespace.
 *
 * @param folder where the script that does it is written
 */
export async function launchIn(
  netns: string,
  folder: string,
  options: ChromiumOptions & { readonly more?: string[]; readonly less?: string[] } = {},
): Promise<Browser> {
  // Playwright speaks with the browser over a pipe, which no namespace cuts.
  const executablePath = `${folder}/${netns}.sh`;
  const command = `exec ip netns exec ${netns} "${findBrowser()}" "$@"`;
  await Deno.writeTextFile(executablePath, `#!/bin/sh\n${command}\n`, { mode: 0o755 });
  return await launchChromium(options.more, options.less, { ...options, executablePath });
}

/** Short: an interface's name has at most 15 letters. */
export function uniqueName(): string {
  return `t${crypto.randomUUID().slice(0, 6)}`;
}

/** Runs `ip`, by words parted by spaces. */
export async function ip(words: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("ip", { args: words.split(" ") }).output();
  if (!success) throw new Error(`ip ${words}: ${new TextDecoder().decode(stderr)}`);
}
