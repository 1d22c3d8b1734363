/**
 * Exactly-once delivery for one page: outbox and inbox together, and the acknowledgements between
 * them. Outlives sockets; `open` and `resume` say when events may flow on the present one.
 */
import type { EndpointId, EventNumber, LogId, Position } from "../protocol/ids.ts";
import { ACK_AFTER_MS } from "../protocol/limits.ts";
import type { ClientBody, RoomEvent } from "../protocol/messages.ts";
import { type Cursor, Inbox } from "./inbox.ts";
import { type Added, type Draft, Outbox, type OutEvent } from "./outbox.ts";
import type { Clock, Undo } from "./ports.ts";

export class Delivery {
  readonly #clock: Clock;
  readonly #say: (body: ClientBody) => void;
  readonly #outbox = new Outbox();
  readonly #inbox = new Inbox();
  #flows = false;
  /** Events up to this number were written on the present socket. */
  #written: EventNumber = 0;
  #cancelAck: Undo | null = null;

  /** @param say writes a frame on the present socket, `rider` included */
  constructor(clock: Clock, say: (body: ClientBody) => void) {
    this.#clock = clock;
    this.#say = say;
  }

  /**
   * The page has a new endpoint, whose events are counted anew.
   *
   * @param before the endpoint it had, if it had one
   */
  renumber(before: EndpointId | null): void {
    this.#outbox.renumber(before);
    this.#written = 0;
  }

  /** A snapshot was had: what is unsettled goes again, unless this socket carried it already. */
  open(log: LogId, p: Position): void {
    this.#inbox.open(log, p);
    this.resume();
  }

  /** The log covers what was missed: what is unsettled goes again. */
  resume(): void {
    this.#flows = true;
    for (const event of this.#outbox.after(this.#written)) this.#write(event);
  }

  /** The socket is gone. */
  stop(): void {
    this.#flows = false;
    this.#written = 0;
    this.#cancelAck?.();
    this.#cancelAck = null;
  }

  /** The room is left: nothing of it is kept. */
  forget(): void {
    this.stop();
    this.#outbox.clear();
    this.#inbox.close();
  }

  /** Keeps an event until it is settled, and writes it as soon as events flow. */
  send(draft: Draft): Added {
    const added = this.#outbox.add(draft);
    if (added.ok && this.#flows) this.#write(added.event);
    return added;
  }

  settle(n: EventNumber): void {
    this.#outbox.settle(n);
  }

  /** An event was refused: it is settled alone, and given back. */
  drop(n: EventNumber): OutEvent | undefined {
    return this.#outbox.drop(n);
  }

  /** Notes an event as had; true when it is to be handed on, false when it was had before. */
  take(event: RoomEvent): boolean {
    if (!this.#flows) return false;
    const isNew = this.#inbox.take(event);
    if (this.#inbox.mustAck) this.#acknowledge();
    else this.#cancelAck ??= this.#clock.after(ACK_AFTER_MS, () => this.#acknowledge());
    return isNew;
  }

  /** What rides on the frame about to be written. */
  rider(): { readonly ack?: Position } {
    const ack = this.#flows ? this.#inbox.takeAck() : undefined;
    if (ack === undefined) return {};
    this.#cancelAck?.();
    this.#cancelAck = null;
    return { ack };
  }

  /** Where this page stands, to be shown in a resume. */
  get cursor(): Cursor | null {
    return this.#inbox.cursor;
  }

  /** How many events are unsettled. */
  get unsettled(): number {
    return this.#outbox.size;
  }

  #write(event: ClientBody & { readonly n: EventNumber }): void {
    this.#written = event.n;
    this.#say(event);
  }

  #acknowledge(): void {
    this.#cancelAck?.();
    this.#cancelAck = null;
    if (this.#inbox.owesAck) this.#say({ type: "ack" });
  }
}
