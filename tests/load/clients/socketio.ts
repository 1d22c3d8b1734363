/** A caller of the tutorials' server (`servers/socketio.mjs`), by their events. */
import { io, WebSocket as OwnWebSocket } from "socket.io-client";
import { type Caller, CANDIDATE, SDP } from "../caller.ts";
import { within } from "../within.ts";
import { waiting } from "./sockets.ts";

const CONNECTED_WITHIN_MS = 30_000;

/**
 * Connects at once by WebSocket, Deno's own as for the others. The tutorials begin with polling and
 * upgrade, which costs the server more at each join and nothing later.
 */
export async function connectSocketIo(port: number): Promise<Caller> {
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: [OwnWebSocket],
    forceNew: true,
    reconnection: false,
  });
  const connected = new Promise<void>((resolve, reject) => {
    socket.on("connect", resolve);
    socket.on("connect_error", reject);
  });
  await within(CONNECTED_WITHIN_MS, "connection by socket.io", connected);
  const answers = waiting<"inside" | "left">();
  let room = "";

  const caller: Caller = {
    onTurn: () => {},
    onHeard: () => {},
    join(asked) {
      room = asked;
      socket.emit("create or join", room);
      return answers.for("inside");
    },
    say(what) {
      if (what === "candidate") {
        const { candidate, sdpMid, sdpMLineIndex } = CANDIDATE;
        socket.emit("candidate", { room, id: sdpMid, label: sdpMLineIndex, candidate });
      } else {
        socket.emit(what, { room, sdp: { type: what, sdp: SDP } });
      }
    },
    leave() {
      socket.emit("leave", room, () => answers.had("left"));
      return answers.for("left");
    },
    close() {
      socket.disconnect();
      return Promise.resolve();
    },
  };
  socket.on("created", () => answers.had("inside"));
  socket.on("joined", () => {
    answers.had("inside");
    socket.emit("ready", room);
  });
  socket.on("ready", () => caller.onTurn());
  for (const what of ["offer", "answer", "candidate"] as const) {
    socket.on(what, () => caller.onHeard(what));
  }
  return caller;
}
