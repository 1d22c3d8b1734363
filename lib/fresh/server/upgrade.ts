import { HttpError } from "./http_error.ts";

/** Settings of an upgraded socket. */
export interface UpgradeOptions {
  /** Seconds without a pong until the socket is closed (Deno's default is 120; 0 is never). */
  idleTimeout?: number;
  /** The sub-protocol to answer with. */
  protocol?: string;
}

/** What to do on each event of a socket; all are optional. */
export interface UpgradeHandlers {
  open?(socket: WebSocket): void;
  message?(socket: WebSocket, event: MessageEvent): void;
  close?(socket: WebSocket, code: number, reason: string): void;
  error?(socket: WebSocket, event: Event): void;
}

/** The two ends of an upgrade: the socket, and the response that must be returned. */
export interface Upgrade {
  socket: WebSocket;
  response: Response;
}

/** Tells handlers from options: handlers have a function under one of the event names. */
export function isHandlers(
  value: UpgradeHandlers | UpgradeOptions,
): value is UpgradeHandlers {
  const { open, message, close, error } = value as UpgradeHandlers;
  return [open, message, close, error].some((handler) =>
    typeof handler === "function"
  );
}

/** Turns a request into a WebSocket; throws `HttpError` 400 where the client asked for none. */
export function upgrade(req: Request, options?: UpgradeOptions): Upgrade {
  if (req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new HttpError(400, "Expected a WebSocket upgrade request");
  }
  return Deno.upgradeWebSocket(req, options);
}

/** Calls the handlers on the socket's events. */
export function attach(socket: WebSocket, handlers: UpgradeHandlers): void {
  socket.addEventListener("open", () => handlers.open?.(socket));
  socket.addEventListener(
    "message",
    (event) => handlers.message?.(socket, event),
  );
  socket.addEventListener(
    "close",
    (event) => handlers.close?.(socket, event.code, event.reason),
  );
  socket.addEventListener("error", (event) => handlers.error?.(socket, event));
}
