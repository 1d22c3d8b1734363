/** A caller of the bare relay (`servers/relay.ts`). */
import { type Caller, CANDIDATE, type Said, SDP } from "../caller.ts";
import { closeSocket, openSocket, waiting } from "./sockets.ts";

interface RelayMessage {
  readonly type: Said | "joined" | "gone" | "bye";
  readonly from: string;
  readonly others: readonly string[];
}

/** Opens a socket. */
export async function connectRelay(port: number): Promise<Caller> {
  const socket = await openSocket(`ws://127.0.0.1:${port}/`);
  const answers = waiting<"joined" | "bye">(socket);
  let other: string | undefined;
  const send = (message: object) => socket.send(JSON.stringify(message));

  socket.onmessage = ({ data }) => {
    const { type, from, others }: RelayMessage = JSON.parse(data);
    switch (type) {
      case "joined":
        other = others[0];
        answers.had("joined");
        if (other !== undefined) caller.onTurn();
        break;
      case "bye":
        return answers.had("bye");
      case "gone":
        break;
      default:
        other = from;
        caller.onHeard(type);
    }
  };
  const caller: Caller = {
    onTurn: () => {},
    onHeard: () => {},
    join(room) {
      send({ type: "join", room });
      return answers.for("joined");
    },
    say: (type) =>
      send(
        type === "candidate"
          ? { type, to: other, candidate: CANDIDATE }
          : { type, to: other, sdp: SDP },
      ),
    leave() {
      send({ type: "leave" });
      return answers.for("bye");
    },
    close: () => closeSocket(socket),
  };
  return caller;
}
