/** Whether a request may become a signaling socket. Pure: looks at the request alone. */

/** What is answered instead, as JSON. */
export interface UpgradeRefusal {
  readonly status: number;
  readonly code: "method" | "upgrade" | "version" | "origin" | "busy";
  /** English, for whoever runs the server. */
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Checks method, upgrade headers (RFC 6455, 4.2.1) and origin.
 *
 * Any page may open a WebSocket to any server, and the browser sends what it has of that server's
 * with it; the `Origin` a browser names is the only thing that tells whose page it is.
 *
 * @param publicUrl the origin people use where a proxy rewrites `Host`; null: the request's own
 * @returns null when the request may be upgraded
 */
export function refuseUpgrade(request: Request, publicUrl: string | null): UpgradeRefusal | null {
  const { headers } = request;
  if (request.method !== "GET") {
    return { status: 405, code: "method", message: "use GET", headers: { allow: "GET" } };
  }
  if (headers.get("upgrade")?.toLowerCase() !== "websocket") {
    return {
      status: 426,
      code: "upgrade",
      message: "this address speaks WebSocket",
      headers: { upgrade: "websocket", connection: "upgrade" },
    };
  }
  if (headers.get("sec-websocket-version") !== "13") {
    return {
      status: 426,
      code: "version",
      message: "WebSocket version 13 is spoken",
      headers: { "sec-websocket-version": "13" },
    };
  }
  return isOwnOrigin(headers, request.url, publicUrl) ? null : {
    status: 403,
    code: "origin",
    message: "the page is of another origin than this server; behind a proxy, " +
      "set PUBLIC_URL to the address people use, as https://calls.example.org",
  };
}

/**
 * With `publicUrl` set its origin is allowed beside the request's own. The scheme of the own one
 * is not compared: a proxy that ends TLS makes `https` pages arrive as `http`.
 */
function isOwnOrigin(headers: Headers, url: string, publicUrl: string | null): boolean {
  const named = headers.get("origin");
  if (named === null) return false;
  if (publicUrl !== null && named === publicUrl) return true;
  const origin = URL.parse(named);
  if (origin === null || !/^https?:$/.test(origin.protocol) || origin.origin !== named) {
    return false;
  }
  return origin.host === (headers.get("host") ?? new URL(url).host).toLowerCase();
}

/**
 * What is answered where a cap is reached, or the server is about to go.
 *
 * @param why as `Signaling.refuses` says
 */
export function refuseForLoad(why: "draining" | "server" | "address"): UpgradeRefusal {
  const headers = { "retry-after": "5" };
  switch (why) {
    case "draining":
      return { status: 503, code: "busy", message: "the server is restarting", headers };
    case "server":
      return { status: 503, code: "busy", message: "the server is full (MAX_SOCKETS)", headers };
    case "address":
      return {
        status: 429,
        code: "busy",
        message: "too many connections from this address (MAX_SOCKETS_PER_ADDRESS)",
        headers,
      };
  }
}

/** The refusal as a response. */
export function refusalResponse({ status, code, message, headers }: UpgradeRefusal): Response {
  return Response.json({ error: code, message }, { status, headers });
}
