import assert from "node:assert/strict";
import type { Incoming } from "../../lib/signaling/connection.ts";
import { adoptSocket } from "../../lib/signaling/native.ts";
import type { ServerSocket } from "../../lib/signaling/ports.ts";

/** What Deno gives for an upgrade, as far as it is used; may be told to fail. */
class NativeSocket extends EventTarget {
  readyState: number = WebSocket.CONNECTING;
  bufferedAmount = 0;
  readonly sent: unknown[] = [];
  readonly closes: unknown[] = [];
  broken = false;
  happens(type: "open" | "close" | "error"): void {
    this.dispatchEvent(new Event(type));
  }
  send(frame: unknown): void {
    if (this.broken) throw new DOMException("readyState not OPEN", "InvalidStateError");
    this.sent.push(frame);
  }
  close(code: number, reason: string): void {
    if (this.broken) throw new DOMException("", "InvalidStateError");
    this.closes.push([code, reason]);
  }
}

function adopted() {
  const native = new NativeSocket();
  const heard: unknown[] = [];
  let port: ServerSocket | undefined;
  adoptSocket(native as unknown as WebSocket, (given): Incoming => {
    port = given;
    return { receive: (data) => heard.push(data), closed: () => heard.push("closed") };
  });
  const open = () => {
    native.readyState = WebSocket.OPEN;
    native.happens("open");
    assert.ok(port);
    return port;
  };
  return { native, heard, open, isConnected: () => port !== undefined };
}

Deno.test("[SE9] A socket is connected when it opens, and heard from then on", () => {
  const { native, heard, open, isConnected } = adopted();
  assert.equal(isConnected(), false);
  const port = open();
  native.dispatchEvent(new MessageEvent("message", { data: "text" }));
  native.happens("close");
  native.happens("close");
  native.bufferedAmount = 7;
  port.send("frame");
  port.close(4001, "slow");
  assert.deepEqual([heard, native.sent], [["text", "closed", "closed"], ["frame"]]);
  assert.deepEqual([native.closes, port.buffered], [[[4001, "slow"]], 7]);
});

Deno.test("[SE9] A socket that has ended throws at nobody", () => {
  const { native, open } = adopted();
  const port = open();
  native.broken = true;
  port.send("frame");
  port.close(4001, "slow");
  native.readyState = WebSocket.CLOSED;
  native.broken = false;
  port.send("frame");
  assert.deepEqual(native.sent, []);
});

Deno.test("[SE9] A socket that never opens is nobody's", () => {
  const { native, isConnected } = adopted();
  native.happens("error");
  native.happens("close");
  assert.equal(isConnected(), false);
});
