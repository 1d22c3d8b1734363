/**
 * People on networks of their own: each browser in a network namespace, all joined by a bridge on
 * which the server listens too. Linux, root and iproute2 are needed; where there is none of it
 * nothing is changed.
 */
import type { Browser } from "playwright-core";
import { ip, launchIn, uniqueName } from "./netns.ts";

/** Chosen at random, so that two runs on one machine keep out of each other's way. */
const LEAST = 16;
const SPREAD = 200;

/** One person's cable to the bridge. */
export class Cable {
  #address: string;
  #changes = 0;

  constructor(
    readonly namespace: string,
    readonly bridgeEnd: string,
    private readonly network: Network,
    private readonly number: number,
  ) {
    this.#address = network.address(number);
  }

  /** From here on everything sent is swallowed, both ways; the interface stays up. */
  async cut(): Promise<void> {
    await ip(`link set ${this.bridgeEnd} nomaster`);
  }

  async heal(): Promise<void> {
    await ip(`link set ${this.bridgeEnd} master ${this.network.bridge}`);
  }

  /** Another address, the old one gone at the same moment: another network, as from Wi-Fi to mobile. */
  async changeAddress(): Promise<void> {
    const old = this.#address;
    this.#address = this.network.address(this.number + 50 * (1 + this.#changes++ % 3));
    await ip(`-n ${this.namespace} address del ${old}/24 dev eth0`);
    await ip(`-n ${this.namespace} address add ${this.#address}/24 dev eth0`);
  }
}

export class Network {
  readonly bridge: string;
  /** The server's address on it. */
  readonly host: string;
  readonly #prefix: string;
  readonly #folder: string;
  readonly #cables: Cable[] = [];

  private constructor(octet: number, folder: string) {
    this.bridge = uniqueName();
    this.#prefix = `10.231.${octet}`;
    this.host = this.address(1);
    this.#folder = folder;
  }

  static async make(): Promise<Network> {
    const octet = LEAST + Math.floor(Math.random() * SPREAD);
    const network = new Network(octet, await Deno.makeTempDir({ prefix: "tertulia-" }));
    await ip(`link add ${network.bridge} type bridge forward_delay 0`);
    await ip(`address add ${network.host}/24 dev ${network.bridge}`);
    await ip(`link set ${network.bridge} up`);
    return network;
  }

  address(number: number): string {
    return `${this.#prefix}.${number}`;
  }

  /** Everybody reaches the server as before, but nobody anybody else. */
  async part(apart: boolean): Promise<void> {
    const isolated = `type bridge_slave isolated ${apart ? "on" : "off"}`;
    for (const { bridgeEnd } of this.#cables) await ip(`link set ${bridgeEnd} ${isolated}`);
  }

  /** A namespace with one interface on the bridge. */
  async plug(): Promise<Cable> {
    const number = this.#cables.length + 2;
    const namespace = `${this.bridge}-${number}`;
    const bridgeEnd = `${namespace}v`;
    const cable = new Cable(namespace, bridgeEnd, this, number);
    await ip(`netns add ${namespace}`);
    this.#cables.push(cable);
    await ip(`link add ${bridgeEnd} type veth peer name eth0 netns ${namespace}`);
    await ip(`link set ${bridgeEnd} master ${this.bridge} up`);
    await ip(`-n ${namespace} link set lo up`);
    await ip(`-n ${namespace} address add ${this.address(number)}/24 dev eth0`);
    await ip(`-n ${namespace} link set eth0 up`);
    return cable;
  }

  /** A browser whose network is the cable's. */
  launch({ namespace }: Cable, more: string[], less: string[]): Promise<Browser> {
    return launchIn(namespace, this.#folder, { more, less });
  }

  /** Takes everything down again. */
  async remove(): Promise<void> {
    for (const { namespace } of this.#cables) await ip(`netns del ${namespace}`);
    await ip(`link del ${this.bridge}`);
    await Deno.remove(this.#folder, { recursive: true });
  }
}
