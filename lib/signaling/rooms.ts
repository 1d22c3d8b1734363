/** All rooms of this process: opens and forgets them, writes to their logs. */
import type { Position, RoomId, SessionId } from "../protocol/ids.ts";
import { CLOSE_RETRY } from "../protocol/limits.ts";
import type { Reaction } from "../protocol/messages.ts";
import type { Undo } from "./ports.ts";
import type { RoomCommand } from "./room_commands.ts";
import { RoomShell } from "./room_shell.ts";
import {
  dueAt,
  endpointOf,
  type EndpointState,
  hasVanished,
  type RoomState,
} from "./room_state.ts";
import type { World } from "./world.ts";

interface Open {
  readonly shell: RoomShell;
  unsubscribe: Undo;
  /** Commands given to the log that it has not taken yet. */
  inFlight: number;
  /** Position of the last command it took. */
  last: Position;
  /** Runs when it has taken one; made once, since a signal costs little more than this. */
  readonly kept: (p: Position) => void;
}

export class Rooms {
  readonly #rooms = new Map<RoomId, Open>();
  readonly #world: () => World;

  /** @param world asked for when needed, since the world knows the rooms too */
  constructor(world: () => World) {
    this.#world = world;
  }

  stateOf(room: RoomId): RoomState | undefined {
    return this.#rooms.get(room)?.shell.state;
  }

  *states(): Iterable<RoomState> {
    for (const { shell } of this.#rooms.values()) yield shell.state;
  }

  /** A session's endpoint in a room, as this process knows it. */
  endpointOf(room: RoomId, session: SessionId): EndpointState | undefined {
    const state = this.stateOf(room);
    return state && endpointOf(state, session);
  }

  /**
   * Writes a command to the room's log; its effects come when the log tells it. If the log fails,
   * the sender's socket is closed: it comes back and says again what was not settled.
   */
  append(room: RoomId, command: RoomCommand): void {
    const open = this.#open(room);
    open.inFlight++;
    const kept = this.#world().log.append(room, command);
    if (typeof kept === "number") open.kept(kept);
    else kept.then(open.kept, (error) => this.#notKept(open, command, error));
  }

  typing(room: RoomId, session: SessionId, on: boolean): void {
    this.#rooms.get(room)?.shell.typing(session, on);
  }

  react(room: RoomId, session: SessionId, reaction: Reaction): void {
    this.#rooms.get(room)?.shell.react(session, reaction);
  }

  /** Once a second: what falls due by time. */
  sweep(now: number): void {
    for (const [room, open] of this.#rooms) {
      const { shell } = open;
      const due = dueAt(shell.state);
      if (due !== null && due <= now) this.append(room, { do: "tick", at: now });
      shell.trimLog();
      shell.renewCard(now);
      this.#forgetIfVanished(room, open, now);
    }
  }

  /** Lets go of every room; their logs stay. */
  dispose(): void {
    for (const { unsubscribe } of this.#rooms.values()) unsubscribe();
    this.#rooms.clear();
  }

  #open(room: RoomId): Open {
    const known = this.#rooms.get(room);
    if (known !== undefined) return known;
    const world = this.#world();
    const shell = new RoomShell(room, world);
    const kept = (p: Position) => {
      open.last = p;
      open.inFlight--;
    };
    const open: Open = { shell, unsubscribe: () => {}, inFlight: 0, last: 0, kept };
    // Before subscribing: a log that tells at once must find the room.
    this.#rooms.set(room, open);
    open.unsubscribe = world.log.subscribe(room, 0, (entry) => shell.heard(entry));
    return open;
  }

  #notKept(open: Open, command: RoomCommand, error: unknown): void {
    const { logger, sessions } = this.#world();
    open.inFlight--;
    logger.error("append failed", { command: command.do, why: `${error}` });
    if ("session" in command) sessions.get(command.session)?.socket?.end(CLOSE_RETRY, "internal");
  }

  #forgetIfVanished(room: RoomId, { shell, unsubscribe, inFlight, last }: Open, now: number): void {
    if (inFlight > 0 || shell.state.p < last || !hasVanished(shell.state, now)) return;
    const { log, logger } = this.#world();
    unsubscribe();
    this.#rooms.delete(room);
    log.drop(room);
    logger.debug("room vanished");
  }
}
