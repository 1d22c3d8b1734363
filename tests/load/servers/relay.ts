/**
 * The least a signaling server in Deno can do, as a yardstick: it parses each message, stamps who
 * sent it, and hands it on. No numbering, no acknowledgement, no resume, no check of what comes in.
 */
import { underControl } from "./control.mjs";

const sockets = new Map<string, WebSocket>();
const rooms = new Map<string, Set<string>>();

function join(id: string, room: string, socket: WebSocket): void {
  const inside = rooms.get(room) ?? new Set();
  rooms.set(room, inside);
  socket.send(JSON.stringify({ type: "joined", others: [...inside] }));
  inside.add(id);
}

function leave(id: string, room: string): void {
  const inside = rooms.get(room);
  if (!inside?.delete(id)) return;
  if (inside.size === 0) rooms.delete(room);
  for (const other of inside) {
    sockets.get(other)?.send(JSON.stringify({ type: "gone", from: id }));
  }
}

const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
  const { socket, response } = Deno.upgradeWebSocket(request);
  const id = crypto.randomUUID();
  let room = "";
  socket.onopen = () => void sockets.set(id, socket);
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    switch (message.type) {
      case "join":
        room = message.room;
        return join(id, room, socket);
      case "leave":
        leave(id, room);
        return socket.send(JSON.stringify({ type: "bye" }));
      default:
        message.from = id;
        sockets.get(message.to)?.send(JSON.stringify(message));
    }
  };
  socket.onclose = () => {
    leave(id, room);
    sockets.delete(id);
  };
  return response;
});
underControl(server.addr.port);
