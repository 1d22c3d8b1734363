import { HttpError } from "./http_error.ts";

/** Settings of an upgraded socket: seconds without a pong until it is closed, the sub-protocol. */
export type UpgradeOptions = Pick<Deno.UpgradeWebSocketOptions, "idleTimeout" | "protocol">;

/** What to do on each event of a socket. */
export interface UpgradeHandlers {
  open?(socket: WebSocket): void;
  message?(socket: WebSocket, event: MessageEvent): void;
  close?(socket: WebSocket, code: number, reason: string): void;
  error?(socket: WebSocket, event: Event): void;
}

/** Tells handlers from options: only they hold functions. */
export function isHandlers(value: UpgradeHandlers | UpgradeOptions): value is UpgradeHandlers {
  return Object.values(value).some((part) => typeof part === "function");
}

/** Turns a request into a WebSocket; throws `HttpError` 400 where the client asked for none. */
export function upgrade(req: Request, options?: UpgradeOptions, handlers: UpgradeHandlers = {}) {
  if (req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new HttpError(400, "Expected a WebSocket upgrade request");
  }
  const { socket, response } = Deno.upgradeWebSocket(req, options);
  // Only what is asked for: a listener that does nothing would still be called for each frame.
  if (handlers.open) socket.addEventListener("open", () => handlers.open?.(socket));
  if (handlers.message) {
    socket.addEventListener("message", (event) => handlers.message?.(socket, event));
  }
  if (handlers.close) {
    socket.addEventListener("close", (event) => handlers.close?.(socket, event.code, event.reason));
  }
  if (handlers.error) socket.addEventListener("error", (event) => handlers.error?.(socket, event));
  return { socket, response };
}
