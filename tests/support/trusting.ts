/**
 * Whether a client that trusts one authority alone talks to a server on this machine under a name.
 *
 * @param authority PEM
 * @param hostname an address or name the server's certificate may be for
 * @throws whatever is not the certificate's fault
 */
export async function trusts(authority: string, port: number, hostname: string): Promise<boolean> {
  const tcp = await Deno.connect({ hostname: "127.0.0.1", port });
  try {
    using connection = await Deno.startTls(tcp, { hostname, caCerts: [authority] });
    await connection.handshake();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.InvalidData) return false;
    throw error;
  }
}
