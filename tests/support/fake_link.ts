/** Signaling without a server: one room, several links, everything delivered in order. */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import { asId, type EndpointId, type RoomId, type SeatId } from "../../lib/protocol/ids.ts";
import type {
  Act,
  LeaveReason,
  OwnState,
  Presence,
  Reaction,
  Request,
  Role,
  Saying,
  SeatView,
  SignalBody,
} from "../../lib/protocol/messages.ts";
import type {
  JoinRequest,
  LinkEvent,
  LinkPart,
  LinkStatus,
  SignalingLink,
} from "../../lib/call/link.ts";
import type { NamesClientBody } from "../../lib/protocol/names_messages.ts";

/** A signal on its way, as tests see it. */
export interface Passing {
  readonly from: EndpointId;
  readonly to: EndpointId;
  readonly body: SignalBody;
}

/** The room: what the server is to links. */
export class FakeRoom {
  readonly links: FakeLink[] = [];
  /** Every signal sent, in order. */
  readonly passed: Passing[] = [];
  /** Signals for which this says true are lost. */
  loses: (passing: Passing) => boolean = () => false;
  readonly capacity: number;
  locked = false;
  #seats: SeatView[] = [];
  #p = 0;
  #ids = 0;
  readonly #post: (task: () => void) => void;

  /** @param post delivers a frame later, in order; by default in a microtask */
  constructor({ capacity = 6, post = queueMicrotask as (task: () => void) => void } = {}) {
    this.capacity = capacity;
    this.#post = post;
  }

  get seats(): readonly SeatView[] {
    return this.#seats;
  }

  /** A page's link; `returning` as after a reload. */
  connect(returning: { readonly seat: SeatId; readonly room: RoomId } | null = null): FakeLink {
    const link = new FakeLink(this, returning);
    this.links.push(link);
    return link;
  }

  join(link: FakeLink, request: JoinRequest): void {
    const inside = link.self && this.#seats.some(({ seat }) => seat === link.self?.seat);
    if (inside) return this.snapshot(link, false);
    const old = this.#seats.find(({ seat }) => seat === link.returningSeat);
    if (!old && this.locked) {
      return this.tell(link, { type: "refused", code: "locked", re: "join" });
    }
    if (!old && this.#seats.length >= this.capacity) {
      return this.tell(link, { type: "refused", code: "full", re: "join" });
    }
    const endpoint = asId<EndpointId>(`e${String(++this.#ids).padStart(3, "0")}`);
    const seat: SeatView = {
      seat: old?.seat ?? asId<SeatId>(`s${this.#ids}`),
      name: request.name,
      role: "guest",
      hand: false,
      main: endpoint,
      endpoints: [{ endpoint, presence: "present", media: request.media }],
    };
    this.#seats = old
      ? this.#seats.map((each) => each === old ? seat : each)
      : [...this.#seats, seat];
    link.self = { seat: seat.seat, endpoint };
    this.snapshot(link, true);
    this.#others(link, {
      type: "arrived",
      p: ++this.#p,
      seat,
      endpoint,
      ...old && { replaces: old.main },
    });
  }

  /** Sends the whole room; not `fresh` as after a resume with losses. */
  snapshot(link: FakeLink, fresh: boolean): void {
    if (!link.self) return;
    this.tell(link, {
      type: "snapshot",
      self: link.self,
      fresh,
      seats: this.#seats,
      capacity: this.capacity,
      locked: this.locked,
      log: asId("log"),
      ice: [],
    });
  }

  leave(link: FakeLink, why: LeaveReason = "left"): void {
    const { self } = link;
    if (!self) return;
    this.#seats = this.#seats.filter(({ seat }) => seat !== self.seat);
    this.#others(link, { type: "left", p: ++this.#p, ...self, why });
    link.self = null;
  }

  state(link: FakeLink, state: OwnState): void {
    this.#change(link, (seat) => ({
      ...seat,
      ...state.name !== undefined && { name: state.name },
      ...state.hand !== undefined && { hand: state.hand, handAt: this.#p++ },
      endpoints: seat.endpoints.map((each) => state.media ? { ...each, media: state.media } : each),
    }));
  }

  setRole(link: FakeLink, role: Role): void {
    this.#change(link, (seat) => ({ ...seat, role }));
  }

  presence(link: FakeLink, presence: Presence): void {
    this.#change(link, (seat) => ({
      ...seat,
      endpoints: seat.endpoints.map((each) => ({ ...each, presence })),
    }));
  }

  signal(link: FakeLink, to: EndpointId, body: SignalBody): void {
    const from = link.self?.endpoint;
    const target = this.links.find(({ self }) => self?.endpoint === to);
    if (!from || !target) return;
    // As on the wire: what arrives shares nothing with what was sent.
    const passing: Passing = { from, to, body: structuredClone(body) };
    this.passed.push(passing);
    if (this.loses(passing)) return;
    this.tell(target, { type: "signal", p: ++this.#p, n: this.#p, from, ...passing.body });
  }

  /** To everybody, its sender too, as the server does. */
  chat(link: FakeLink, saying: Saying): void {
    const { self } = link;
    if (!self) return;
    const name = this.#seats.find(({ seat }) => seat === self.seat)!.name;
    const p = ++this.#p;
    const said = { p, n: p, from: self.endpoint, seat: self.seat, name, at: 1000 * p, ...saying };
    for (const each of this.links) if (each.self) this.tell(each, { type: "chat", ...said });
  }

  ask(link: FakeLink, to: SeatId, what: Request): void {
    const target = this.links.find(({ self }) => self?.seat === to);
    if (!link.self || !target) return;
    const { seat, endpoint: from } = link.self;
    this.tell(target, { type: "ask", p: ++this.#p, n: this.#p, from, seat, what });
  }

  react({ self }: FakeLink, reaction: Reaction): void {
    for (const each of this.links) {
      if (self && each.self && each.self !== self) {
        this.tell(each, { type: "reaction", seat: self.seat, reaction });
      }
    }
  }

  tell(link: FakeLink, event: LinkEvent): void {
    this.#post(() => link.hear(event));
  }

  #others(link: FakeLink, event: LinkEvent): void {
    for (const each of this.links) if (each !== link && each.self) this.tell(each, event);
  }

  #change(link: FakeLink, change: (seat: SeatView) => SeatView): void {
    const id = link.self?.seat;
    this.#seats = this.#seats.map((each) => each.seat === id ? change(each) : each);
    const seats = this.#seats.filter(({ seat }) => seat === id);
    for (const each of this.links) if (each.self) this.tell(each, { type: "seats", seats });
  }
}

export class FakeLink implements SignalingLink {
  readonly returning: RoomId | null;
  /** The seat a reload comes back to. */
  readonly returningSeat: SeatId | null;
  self: { readonly seat: SeatId; readonly endpoint: EndpointId } | null = null;
  joins: JoinRequest[] = [];
  watched: RoomId | null = null;
  readonly acts: Act[] = [];
  readonly said: Saying[] = [];
  /** What it says in the chat reaches nobody. */
  mutes = false;
  /** Names it knocked by; null: it waits no more. */
  readonly knocks: (string | null)[] = [];
  iceAsked = 0;
  disposed = false;
  readonly states: OwnState[] = [];
  readonly #room: FakeRoom;
  readonly #status = signal<LinkStatus>({ is: "idle" });
  readonly #listeners = new Set<(event: LinkEvent) => void>();

  readonly status: ReadonlySignal<LinkStatus> = this.#status;

  constructor(room: FakeRoom, returning: { seat: SeatId; room: RoomId } | null) {
    this.#room = room;
    this.returning = returning?.room ?? null;
    this.returningSeat = returning?.seat ?? null;
  }

  /** As if the socket were opened, lost, or closed for good. */
  become(status: LinkStatus): void {
    this.#status.value = status;
  }

  hear(event: LinkEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  start(): void {
    if (this.#status.peek().is === "idle") this.become({ is: "open" });
  }

  join(request: JoinRequest): void {
    this.joins.push(request);
    this.#room.join(this, request);
  }

  leave(): void {
    this.#room.leave(this);
  }

  setState(state: OwnState): void {
    this.states.push(state);
    this.#room.state(this, state);
  }

  sendSignal(to: EndpointId, body: SignalBody): void {
    this.#room.signal(this, to, body);
  }

  sendChat(body: Saying["body"], more: Pick<Saying, "mark" | "to"> = {}): void {
    this.said.push({ body, ...more });
    if (!this.mutes) this.#room.chat(this, { body, ...more });
  }

  ask(to: SeatId, what: Request): void {
    this.#room.ask(this, to, what);
  }

  manage(act: Act): void {
    this.acts.push(act);
  }

  react(reaction: Reaction): void {
    this.#room.react(this, reaction);
  }

  knock(at: { readonly room: RoomId; readonly name: string } | null): void {
    this.knocks.push(at?.name ?? null);
  }

  sendTyping(_on: boolean): void {}

  watch(room: RoomId | null): void {
    this.watched = room;
  }

  askIce(): void {
    this.iceAsked++;
  }

  retry(): void {
    if (this.#status.peek().is === "connecting") this.become({ is: "open" });
  }

  plug(_part: LinkPart): () => void {
    return () => {};
  }

  say(_body: NamesClientBody): void {}

  on(listener: (event: LinkEvent) => void) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  dispose(): void {
    this.disposed = true;
    this.#listeners.clear();
  }
}
