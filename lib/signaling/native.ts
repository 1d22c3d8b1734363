/**
 * Deno's WebSocket behind the socket port. Measured with Deno 2.9: a send after the end throws;
 * `close` may never come when the other side stops answering, and comes twice after an idle
 * time-out; a stalled reader is not found by `idleTimeout`. So the connection decides by itself
 * when a socket has ended, and nothing here is waited for.
 */
import type { Incoming } from "./connection.ts";
import type { ServerSocket } from "./ports.ts";

/**
 * Seconds for `upgrade`: Deno pings and closes what does not answer. Ours are the pings that
 * count (5 s, by message); this frees the system's socket where a close is never answered.
 */
export const IDLE_TIMEOUT_S = 30;

/**
 * Gives a socket to whoever handles it.
 *
 * @param connect called once the socket is open
 */
export function adoptSocket(socket: WebSocket, connect: (port: ServerSocket) => Incoming): void {
  const port: ServerSocket = {
    send: (frame) => {
      if (socket.readyState !== WebSocket.OPEN) return;
      try {
        socket.send(frame);
      } catch {
        // It has ended since; `closed` or the silence will tell.
      }
    },
    close: (code, reason) => {
      try {
        socket.close(code, reason);
      } catch {
        // It was never opened, or has ended.
      }
    },
    get buffered() {
      return socket.bufferedAmount;
    },
  };
  let incoming: Incoming | null = null;
  const start = () => incoming ??= connect(port);
  if (socket.readyState === WebSocket.OPEN) start();
  else socket.onopen = start;
  socket.onmessage = ({ data }) => start().receive(data);
  socket.onclose = () => incoming?.closed();
  socket.onerror = () => incoming?.closed();
}
