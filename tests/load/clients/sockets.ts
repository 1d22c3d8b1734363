/** What the clients on plain WebSockets share. */
import { within } from "../within.ts";

const OPENED_WITHIN_MS = 30_000;
const CLOSED_WITHIN_MS = 10_000;
const ANSWERED_WITHIN_MS = 30_000;

/** Opens a socket; fails when it is refused. */
export async function openSocket(
  url: string,
  headers: Record<string, string> = {},
): Promise<WebSocket> {
  // Deno takes headers where the DOM's type knows of protocols only.
  const socket = new WebSocket(url, { headers } as unknown as string[]);
  const opened = new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error(`${url} was refused`));
  });
  await within(OPENED_WITHIN_MS, "open socket", opened);
  return socket;
}

/** Closes a socket; resolves when that is done. */
export async function closeSocket(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return;
  const closed = new Promise((resolve) => socket.addEventListener("close", resolve));
  socket.close();
  await within(CLOSED_WITHIN_MS, "closed socket", closed);
}

/**
 * Answers that are waited for, one of a kind at a time.
 *
 * @param socket where they come from; its end fails them all, with the server's reason
 */
export function waiting<Kind extends string>(socket?: WebSocket) {
  const resolvers = new Map<Kind, () => void>();
  const ended = new Promise<never>((_, reject) => {
    socket?.addEventListener("close", ({ code, reason }) => {
      reject(new Error(`The server closed the socket: ${code} ${reason}`));
    });
  });
  ended.catch(() => {}); // nobody may be waiting
  return {
    /** Resolves when the answer comes; fails after 30 s. */
    for(kind: Kind): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      resolvers.set(kind, resolve);
      return within(ANSWERED_WITHIN_MS, `answer "${kind}"`, Promise.race([promise, ended]));
    },
    had(kind: Kind): void {
      resolvers.get(kind)?.();
      resolvers.delete(kind);
    },
  };
}
