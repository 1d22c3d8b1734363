/** A WebSocket of which only the sending half works: the handshake's answer is read, then nothing. */

/** Opens it, as a page of that server would. */
export async function openSilentSocket(base: string): Promise<Deno.TcpConn> {
  const { host, hostname, port, origin } = new URL(base);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  const upgrade = [
    "GET /api/signal HTTP/1.1",
    `Host: ${host}`,
    `Origin: ${origin}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ];
  await connection.write(new TextEncoder().encode(`${upgrade.join("\r\n")}\r\n\r\n`));
  const answer = new Uint8Array(64);
  const length = await connection.read(answer) ?? 0;
  const text = new TextDecoder().decode(answer.subarray(0, length));
  if (!text.startsWith("HTTP/1.1 101")) throw new Error(`The server answers ${text}`);
  return connection;
}

/** Says something on it: one text frame of less than 126 bytes (RFC 6455, 5.2), masked by zeros. */
export async function sayOn(connection: Deno.TcpConn, text: string): Promise<void> {
  const payload = new TextEncoder().encode(text);
  if (payload.length > 125) throw new RangeError(`${payload.length} bytes are too many`);
  await connection.write(Uint8Array.of(0x81, 0x80 | payload.length, 0, 0, 0, 0, ...payload));
}
