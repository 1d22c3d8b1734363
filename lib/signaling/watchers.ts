/** Who waits in a lobby and wants to know who is inside. */
import type { RoomId } from "../protocol/ids.ts";
import { isGenerated } from "../protocol/room_name.ts";
import { write } from "../protocol/frame.ts";
import type { Outbox } from "./outbox.ts";
import type { RoomState } from "./room_state.ts";

/** Sockets by the room they watch. A socket watches one room at most; that is its owner's care. */
export class Watchers {
  readonly #byRoom = new Map<RoomId, Set<Outbox>>();

  /** @param stateOf the room as it is; undefined when nobody is in */
  constructor(
    private readonly stateOf: (room: RoomId) => RoomState | undefined,
    private readonly capacity: number,
  ) {}

  add(room: RoomId, outbox: Outbox): void {
    let watching = this.#byRoom.get(room);
    if (watching === undefined) this.#byRoom.set(room, watching = new Set());
    watching.add(outbox);
    this.#tell(room, outbox);
  }

  remove(room: RoomId, outbox: Outbox): void {
    const watching = this.#byRoom.get(room);
    watching?.delete(outbox);
    if (watching?.size === 0) this.#byRoom.delete(room);
  }

  /** Who is inside changed. */
  changed(room: RoomId): void {
    for (const outbox of this.#byRoom.get(room) ?? []) this.#tell(room, outbox);
  }

  /** Who is inside, as a frame; names only where the room's name cannot be guessed. */
  inside(room: RoomId): string {
    const state = this.stateOf(room);
    const seats = state?.seats ?? [];
    return write({
      type: "inside",
      room,
      count: seats.length,
      capacity: seats.length > 0 ? state!.settings.capacity : this.capacity,
      names: isGenerated(room) ? seats.map(({ name }) => name) : [],
    });
  }

  #tell(room: RoomId, outbox: Outbox): void {
    outbox.state("inside", () => this.inside(room));
  }
}
