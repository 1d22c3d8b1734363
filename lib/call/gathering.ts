/** Being inside a room: one's own place, who else is there, and the lines to them. */
import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import type { EndpointId, RoomId, SeatId } from "../protocol/ids.ts";
import type { LeaveReason, SeatView, SignalEvent } from "../protocol/messages.ts";
import { isGenerated } from "../protocol/room_name.ts";
import { Certificates } from "./certificates.ts";
import { POINTER_COLOURS, seatColours } from "./colours.ts";
import { Lines, type Self } from "./lines.ts";
import type { SignalingLink, Snapshot } from "./link.ts";
import type { Inside, NoticeKey, Participant } from "./model.ts";
import type { Notices } from "./notices.ts";
import { Participants } from "./participants.ts";
import type { Env } from "./ports.ts";
import { endpointsOf, foldRoster, type Roster, type RosterEvent } from "./roster.ts";
import type { Tracks } from "./senders.ts";

const LEAVE_NOTICES: Readonly<Record<LeaveReason, NoticeKey>> = {
  left: "notice.left",
  timeout: "notice.gone",
  removed: "notice.removed",
};

export class Gathering {
  readonly #certificates: Certificates;
  readonly #participants: Participants;
  readonly #notices: Notices;
  readonly #self = signal<Self | null>(null);
  readonly #roster = signal<Roster>([]);
  readonly #capacity = signal(0);

  /** To everybody else's endpoints. */
  readonly lines: Lines;
  readonly others: ReadonlySignal<readonly Participant[]>;
  readonly roster: ReadonlySignal<Roster> = this.#roster;
  readonly seat: ReadonlySignal<SeatId | null> = computed(() => this.#self.value?.seat ?? null);
  readonly capacity: ReadonlySignal<number> = this.#capacity;
  readonly colours = computed(() => seatColours(this.#roster.value));
  readonly pointerColours = computed(() => seatColours(this.#roster.value, POINTER_COLOURS));
  /** One's own seat as the room has it. */
  readonly own: ReadonlySignal<SeatView | undefined> = computed(() =>
    seatIn(this.#roster.value, this.seat.value)
  );

  constructor(env: Env, link: SignalingLink, outgoing: ReadonlySignal<Tracks>, notices: Notices) {
    this.#certificates = new Certificates(env.rtc);
    this.#notices = notices;
    this.lines = new Lines(env, link, outgoing);
    this.#participants = new Participants(
      env,
      this.lines,
      (name) => notices.say("notice.gone", { name }),
    );
    this.others = this.#participants.others;
  }

  /** Settles when entering will not have to wait for anything of this page's. */
  get ready(): Promise<void> {
    return this.#certificates.ready;
  }

  /** A snapshot: a new place in the room, or the old one after a resume with losses. */
  enter(snapshot: Snapshot): void {
    const { self, fresh, ice, capacity } = snapshot;
    this.#self.value = self;
    this.#capacity.value = capacity;
    if (fresh) this.lines.enter(self, this.#certificates.take(), ice);
    else this.lines.resend();
    this.follow(snapshot);
  }

  /** Settles once everybody met on entering was sent an offer. */
  begun(): Promise<void> {
    return this.lines.begun();
  }

  /** Somebody came, left or changed. */
  follow(event: RosterEvent): void {
    const seat = this.seat.peek();
    if (!seat) return;
    const before = this.#roster.peek();
    const roster = foldRoster(before, event);
    this.#announce(event, before, roster);
    this.#roster.value = roster;
    // The newcomer offers, those inside wait for it. But whom one finds on coming back may have come
    // to a room that did not remember one, and wait as well: better two offers than none.
    const offers = event.type === "snapshot";
    this.lines.reconcile(endpointsOf(roster, seat), offers);
    this.#participants.update(roster, seat, this.colours.peek());
  }

  /** Whose endpoint it is. */
  seatOf(id: EndpointId): SeatId | undefined {
    const has = (seat: SeatView) => seat.endpoints.some(({ endpoint }) => endpoint === id);
    return this.#roster.peek().find(has)?.seat;
  }

  /** Who stays when this person goes. */
  inside(room: RoomId): Inside {
    const names = this.others.peek().map(({ name }) => name.peek());
    const capacity = this.#capacity.peek();
    return { count: names.length, capacity, names: isGenerated(room) ? names : [] };
  }

  /** How loud each is, and whether anybody is heard. */
  get sound(): Pick<Participants, "person" | "deaf"> {
    return this.#participants;
  }

  signal(event: SignalEvent): void {
    this.lines.handle(event);
  }

  setIceServers(servers: Snapshot["ice"]): void {
    this.lines.setIceServers(servers);
  }

  /** Ends every connection and takes every tile down. */
  clear(): void {
    this.lines.clear();
    this.#participants.clear();
    this.#self.value = null;
    this.#roster.value = [];
  }

  dispose(): void {
    this.clear();
    this.lines.dispose();
  }

  #announce(event: RosterEvent, before: Roster, after: Roster): void {
    switch (event.type) {
      case "arrived":
        if (seatIn(before, event.seat.seat)) return; // a reload or a second device
        return this.#notices.say("notice.joined", { name: event.seat.name });
      case "left": {
        const shown = this.others.peek().some(({ seat }) => seat === event.seat);
        const name = seatIn(before, event.seat)?.name;
        if (!shown || !name || seatIn(after, event.seat)) return;
        return this.#notices.say(LEAVE_NOTICES[event.why], { name });
      }
      case "seats":
        for (const { seat, name, hand } of after) {
          const raised = hand && seatIn(before, seat)?.hand === false;
          if (raised && seat !== this.seat.peek()) this.#notices.say("notice.handUp", { name });
        }
        return;
      case "snapshot":
        return;
    }
  }
}

function seatIn(roster: Roster, id: SeatId | null): SeatView | undefined {
  return roster.find(({ seat }) => seat === id);
}
