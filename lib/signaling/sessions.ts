/** The sessions this process knows: those with a socket here, and those with a seat. */
import type { RoomId, SessionId } from "../protocol/ids.ts";
import { type Bucket, fullBucket, type Rate, take } from "./limits.ts";

/** What a session may be told, and how its socket is ended. */
export interface SessionSocket {
  readonly epoch: number;
  replaced(): void;
}

export interface Session<Socket extends SessionSocket> {
  readonly id: SessionId;
  /** Rises with each resume. */
  epoch: number;
  socket: Socket | null;
  /** Where it has a seat, or has asked for one. */
  room: RoomId | null;
  /** Made when first needed; they outlive sockets, so that reconnecting fills none. */
  readonly buckets: Map<Rate, Bucket>;
}

export class Sessions<Socket extends SessionSocket> {
  readonly #sessions = new Map<SessionId, Session<Socket>>();
  readonly #moved: (id: SessionId, room: RoomId | null) => void;

  /** @param moved told when a session has a seat in another room, or in none */
  constructor(moved: (id: SessionId, room: RoomId | null) => void = () => {}) {
    this.#moved = moved;
  }

  get size(): number {
    return this.#sessions.size;
  }

  get(id: SessionId): Session<Socket> | undefined {
    return this.#sessions.get(id);
  }

  /**
   * The next epoch of a session: above every one known here, and above the token's, which may be of
   * another boot.
   */
  nextEpoch(id: SessionId, tokenEpoch: number): number {
    return Math.max(tokenEpoch, this.#sessions.get(id)?.epoch ?? 0) + 1;
  }

  /** Gives the session to a socket; one of a lower epoch is told that it was replaced. */
  bind(id: SessionId, socket: Socket): Session<Socket> {
    const session = this.#open(id);
    const old = session.socket;
    session.socket = socket;
    session.epoch = socket.epoch;
    if (old !== null && old !== socket) old.replaced();
    return session;
  }

  /** The socket is gone; true when it was the session's latest. */
  unbind(id: SessionId, socket: Socket): boolean {
    const session = this.#sessions.get(id);
    if (session?.socket !== socket) return false;
    session.socket = null;
    this.#forgetIdle(session);
    return true;
  }

  /** The session has a seat in this room, or (null) in none. */
  setRoom(id: SessionId, room: RoomId | null): void {
    const session = room === null ? this.#sessions.get(id) : this.#open(id);
    if (session === undefined) return;
    const before = session.room;
    session.room = room;
    this.#forgetIdle(session);
    if (before !== room) this.#moved(id, room);
  }

  #open(id: SessionId): Session<Socket> {
    let session = this.#sessions.get(id);
    if (session === undefined) {
      session = { id, epoch: 0, socket: null, room: null, buckets: new Map() };
      this.#sessions.set(id, session);
    }
    return session;
  }

  /** A token carries what must be known of a session that has neither socket nor seat. */
  #forgetIdle(session: Session<Socket>): void {
    if (session.socket === null && session.room === null) this.#sessions.delete(session.id);
  }
}

/** Takes a token of the session's bucket for this rate. */
export function may(
  { buckets }: { readonly buckets: Map<Rate, Bucket> },
  rate: Rate,
  now: number,
): boolean {
  let bucket = buckets.get(rate);
  if (bucket === undefined) buckets.set(rate, bucket = fullBucket(rate, now));
  return take(bucket, rate, now);
}
