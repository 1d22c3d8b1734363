/** A caller that speaks docs/protocol.md: numbers what it says, acknowledges what it hears. */
import type { EndpointId, Position } from "../../../lib/protocol/ids.ts";
import { asId } from "../../../lib/protocol/ids.ts";
import {
  ACK_AFTER_MS,
  ACK_EVERY_MESSAGES,
  PROTOCOL_VERSION,
} from "../../../lib/protocol/limits.ts";
import type { ClientBody, ServerMessage, SignalBody } from "../../../lib/protocol/messages.ts";
import { write } from "../../../lib/protocol/frame.ts";
import { type Caller, CANDIDATE, type Said, SDP } from "../caller.ts";
import { closeSocket, openSocket, waiting } from "./sockets.ts";

/** Opens a socket and greets; the answer is not waited for, as the protocol allows. */
export async function connectTertulia(port: number): Promise<Caller> {
  const origin = `http://127.0.0.1:${port}`;
  const socket = await openSocket(`ws://127.0.0.1:${port}/api/signal`, { origin });
  return new TertuliaCaller(socket);
}

class TertuliaCaller implements Caller {
  onTurn = () => {};
  onHeard: (what: Said) => void = () => {};
  readonly #socket: WebSocket;
  readonly #answers;
  #other: EndpointId | null = null;
  #n = 0;
  #had: Position = 0;
  #unacked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    this.#answers = waiting<"joined" | "bye">(socket);
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(data));
    socket.addEventListener("close", () => clearTimeout(this.#timer));
    this.#send({ type: "hello", v: PROTOCOL_VERSION });
  }

  join(room: string): Promise<void> {
    const media = { microphone: true, camera: true, screen: false };
    this.#n = 0;
    this.#send({ type: "join", room: asId(room), name: "Ana", media });
    return this.#answers.for("joined");
  }

  say(what: Said): void {
    const n = ++this.#n;
    this.#send({ type: "signal", to: this.#other!, ...bodyOf(what, n), n }); // as pages order it
  }

  leave(): Promise<void> {
    this.#send({ type: "leave" });
    return this.#answers.for("bye");
  }

  close(): Promise<void> {
    return closeSocket(this.#socket);
  }

  #hear(message: ServerMessage): void {
    switch (message.type) {
      case "ping":
        return this.#send({ type: "pong" });
      case "joined":
        return this.#joined(message);
      case "arrived":
        this.#other = message.endpoint;
        return this.#acknowledgeSoon(message.p - 1);
      case "left":
        return this.#acknowledgeSoon(message.p - 1);
      case "signal":
        this.#other = message.from;
        this.#acknowledgeSoon(message.p);
        return this.onHeard(message.desc?.type ?? "candidate");
      case "bye":
        this.#forgetAcks();
        return this.#answers.had("bye");
      case "error":
        throw new Error(`The server answers ${message.code}: ${message.message}`);
    }
  }

  #joined({ p, endpoint, seats }: Extract<ServerMessage, { type: "joined" }>): void {
    this.#forgetAcks();
    this.#had = p;
    this.#other = seats.map(({ main }) => main).find((main) => main !== endpoint) ?? null;
    this.#answers.had("joined");
    if (this.#other !== null) this.onTurn();
  }

  #acknowledgeSoon(p: Position): void {
    this.#had = Math.max(this.#had, p);
    this.#unacked++;
    if (this.#unacked >= ACK_EVERY_MESSAGES) return this.#send({ type: "ack" });
    this.#timer ??= setTimeout(() => this.#send({ type: "ack" }), ACK_AFTER_MS);
  }

  /** Writes a frame; an acknowledgement that is owed rides on it. */
  #send(body: ClientBody): void {
    const rider = this.#unacked > 0 ? { ack: this.#had } : {};
    this.#forgetAcks();
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(write({ ...body, ...rider }));
  }

  #forgetAcks(): void {
    this.#unacked = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function bodyOf(what: Said, n: number): SignalBody {
  if (what === "candidate") return { conn: 1, candidate: CANDIDATE };
  return { conn: 1, desc: { id: `d${n}`, type: what, sdp: SDP } };
}
