/** A proxy for TCP between browser and server that fails as proxies and routes fail. */

type Pair = readonly [client: Deno.TcpConn, server: Deno.TcpConn];

export class Proxy {
  readonly #listener: Deno.TcpListener;
  readonly #serverPort: number;
  readonly #pairs = new Set<Pair>();
  readonly #hushed = new Set<Pair>();
  #hushes = false;

  constructor(serverPort: number) {
    this.#serverPort = serverPort;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.#accept();
  }

  /** As `http://localhost:1234`. */
  get base(): string {
    return `http://localhost:${this.#listener.addr.port}`;
  }

  /**
   * From now on accepts and takes what is sent, but passes on and says nothing: of the connections
   * there are, and as long as it is not told otherwise of new ones. It closes none of them.
   */
  hush(newOnes: boolean): void {
    for (const pair of this.#pairs) this.#hushed.add(pair);
    this.#hushes = newOnes;
  }

  /** New connections work; those hushed stay so. */
  letThrough(): void {
    this.#hushes = false;
  }

  /** Ends every connection on both sides, as after a time-out. */
  cut(): void {
    for (const pair of this.#pairs) close(pair);
  }

  async stop(): Promise<void> {
    this.#listener.close();
    this.cut();
    await Promise.resolve();
  }

  async #accept(): Promise<void> {
    for await (const client of this.#listener) this.#join(client);
  }

  async #join(client: Deno.TcpConn): Promise<void> {
    try {
      const server = await Deno.connect({ hostname: "127.0.0.1", port: this.#serverPort });
      const pair: Pair = [client, server];
      this.#pairs.add(pair);
      if (this.#hushes) this.#hushed.add(pair);
      await Promise.all([this.#pass(pair, client, server), this.#pass(pair, server, client)]);
      this.#pairs.delete(pair);
    } catch {
      client.close(); // no server there
    }
  }

  async #pass(pair: Pair, from: Deno.TcpConn, to: Deno.TcpConn): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    try {
      for (;;) {
        const length = await from.read(buffer);
        if (length === null) break;
        if (this.#hushed.has(pair)) continue;
        for (let sent = 0; sent < length;) sent += await to.write(buffer.subarray(sent, length));
      }
    } catch {
      // one side was cut
    }
    if (!this.#hushed.has(pair)) close(pair);
  }
}

function close(pair: Pair): void {
  for (const connection of pair) {
    try {
      connection.close();
    } catch {
      // closed already
    }
  }
}
