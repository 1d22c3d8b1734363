/**
 * One session's way into a room, through it and out again, over as many sockets as it takes: takes
 * its seat up after every loss, and gives it back when told to, however long that takes.
 */
import type { EndpointId, RoomId } from "../protocol/ids.ts";
import { PROTOCOL_VERSION } from "../protocol/limits.ts";
import type {
  ClientBody,
  ErrorCode,
  Joined,
  OwnState,
  Synced,
  Welcome,
} from "../protocol/messages.ts";
import type { Delivery } from "./delivery.ts";
import type { JoinRequest, LinkEvent, Snapshot } from "./link.ts";
import type { Memory } from "./ports.ts";
import type { OwnStateSaid } from "./own_state.ts";
import { recall, remember, type Remembered } from "./session_memory.ts";

/** How far the talk on the present socket has come. */
type Stage =
  | { readonly is: "down" }
  /** `hello`, or a `resume` with or without `reloaded`, was said. */
  | { readonly is: "greeted"; readonly reloaded: boolean }
  | { readonly is: "outside" }
  /** A seat stands, its snapshot or `synced` is under way. */
  | { readonly is: "resuming"; readonly reloaded: boolean }
  | { readonly is: "joining" }
  /** Inside, everything of before said again: events flow. */
  | { readonly is: "seated" };

export interface MembershipOwner {
  say(body: ClientBody): void;
  /** Gives the socket up for another one. */
  renew(): void;
  /** In no room, and none is asked for. */
  outside(): void;
  /** Inside: what the server does not know yet may be said. */
  seated(): void;
  emit(event: LinkEvent): void;
}

export class Membership {
  /** The room the tab's memory says this session sat in when the page was unloaded. */
  returning: RoomId | null;
  readonly #tab: Memory;
  readonly #delivery: Delivery;
  readonly #state: OwnStateSaid;
  readonly #owner: MembershipOwner;
  #stage: Stage = { is: "down" };
  #session: Remembered | null;
  /** This page's place; null until it had one. Outlives sockets. */
  #self: Snapshot["self"] | null = null;
  /** The endpoint of a session that is forgotten, for which unsettled chat is numbered still. */
  #formerly: EndpointId | null = null;
  /** The seat, if any, was another page's: this page needs an endpoint of its own. */
  #reloaded: boolean;
  /** The room this page means to be in. */
  #room: RoomId | null;
  /** How to join it; null while nobody asked to, but the session sits in it from before. */
  #request: JoinRequest | null = null;
  /** The seat is to be given back, and the server has not said that it is. */
  #leaving = false;
  /** `leave`s said on this socket and not answered: what comes before `bye` is of the old seat. */
  #byesDue = 0;

  constructor(tab: Memory, delivery: Delivery, state: OwnStateSaid, owner: MembershipOwner) {
    this.#tab = tab;
    this.#delivery = delivery;
    this.#state = state;
    this.#owner = owner;
    this.#session = recall(tab);
    this.#reloaded = this.#session !== null;
    this.returning = this.#room = this.#session?.room ?? null;
  }

  /** The room this page means to be in. */
  get room(): RoomId | null {
    return this.#room;
  }

  get stage(): Stage["is"] {
    return this.#stage.is;
  }

  /** True while a room is meant to be joined or kept, and no older one is being left. */
  get belongs(): boolean {
    return this.#room !== null && !this.#leaving;
  }

  /** True while what comes may be of a seat that is given back. */
  get isDeaf(): boolean {
    return this.#byesDue > 0;
  }

  // ---- what the page wants ------------------------------------------------------------------------

  join(request: JoinRequest): void {
    if (this.#room !== null && this.#room !== request.room) this.leave();
    this.#room = request.room;
    this.#request = request;
    this.#save();
    const { is } = this.#stage;
    if (is === "outside" || is === "joining" || is === "seated") this.#sayJoin(request);
  }

  leave(): void {
    const { is } = this.#stage;
    this.#room = this.#request = this.returning = null;
    if (is === "outside" || this.#session === null) {
      this.#forget();
    } else {
      this.#leaving = true;
      if (is === "joining" || is === "seated") this.#sayLeave();
    }
    this.#save();
  }

  /** Another page holds or held this session: this one asks for an endpoint of its own. */
  takeOver(): void {
    this.#reloaded = this.#session !== null;
  }

  // ---- the socket's life ------------------------------------------------------------------------

  /** Says the first word on a new socket. */
  greet(): void {
    this.#stage = { is: "greeted", reloaded: this.#reloaded };
    const session = this.#session;
    if (session === null) return this.#owner.say({ type: "hello", v: PROTOCOL_VERSION });
    const cursor = this.#reloaded || this.#self === null ? null : this.#delivery.cursor;
    const state = this.#stateInResume(session);
    this.#owner.say({
      type: "resume",
      v: PROTOCOL_VERSION,
      token: session.token,
      cursors: cursor === null ? [] : [cursor],
      ...(session.card === null ? {} : { card: session.card }),
      reloaded: this.#reloaded,
      ...(state === undefined ? {} : { state }),
    });
  }

  lost(): void {
    this.#stage = { is: "down" };
    this.#byesDue = 0;
    this.#delivery.stop();
    this.#state.unsay();
  }

  /**
   * Forgets the session, not what the page wants: the next one joins where this one was, and goes on
   * with the chat of this one's endpoint.
   */
  startAnew(): void {
    this.#formerly = this.#self?.endpoint ?? this.#formerly;
    this.#session = this.#self = null;
    this.#room = this.#request?.room ?? null;
    this.#leaving = this.#reloaded = false;
    this.#save();
  }

  // ---- what is heard ----------------------------------------------------------------------------

  welcomed({ token, room }: Welcome): void {
    const reloaded = this.#stage.is === "greeted" && this.#stage.reloaded;
    if (room !== null) {
      this.#stage = { is: "resuming", reloaded };
      this.#leaving ||= room !== this.#room;
      this.#session = { card: null, room: null, ...this.#session, token };
      return this.#save();
    }
    if (this.#leaving) this.#forget();
    this.#stage = { is: "outside" };
    this.#leaving = false;
    this.#room = this.#request?.room ?? null; // a seat from before the reload was given up
    this.#session = { token, card: null, room: null };
    this.#save();
    // Not said together with `hello`: a join whose welcome is lost leaves a seat nobody holds.
    if (this.#request !== null) this.#sayJoin(this.#request);
    else this.#owner.outside();
  }

  joined(message: Joined): void {
    const { seat, endpoint, seats, settings, ice } = message;
    const stage = this.#stage;
    const fresh = this.#self?.endpoint !== endpoint;
    const wasHeld = stage.is !== "resuming" || stage.reloaded || !fresh;
    if (!wasHeld) return this.#leaving ? this.#giveBack() : this.#disown();
    const before = this.#self?.endpoint ?? this.#formerly;
    this.#self = { seat, endpoint };
    this.#formerly = null;
    this.#reloaded = false;
    if (this.#session !== null) this.#session = { ...this.#session, room: message.room };
    if (fresh) this.#delivery.renumber(before);
    this.#delivery.open(message.log, message.p);
    this.#takeSeat();
    const { capacity, locked } = settings;
    const { log } = message;
    this.tell({ type: "snapshot", self: this.#self, fresh, seats, capacity, locked, log, ice });
  }

  synced({ log, seats, locked }: Synced): void {
    const self = this.#self?.endpoint;
    const isListed = seats.some((seat) => seat.endpoints.some((each) => each.endpoint === self));
    if (!isListed || this.#delivery.cursor?.log !== log) return this.#disown();
    this.#delivery.resume();
    this.#takeSeat();
    this.tell({ type: "seats", seats });
    this.tell({ type: "lock", on: locked });
    this.tell({ type: "knocks", knocks: [] }); // if there are any, they are told next
  }

  keepCard(card: string): void {
    if (this.#session === null) return;
    this.#session = { ...this.#session, card };
    this.#save();
  }

  keepToken(token: string): void {
    if (this.#session === null) return;
    this.#session = { ...this.#session, token };
    this.#save();
  }

  /** A `leave` was answered; or the seat was given up by the server, and is to be had again. */
  left(): void {
    const wasAsked = this.#byesDue > 0;
    if (wasAsked) this.#byesDue--;
    if (this.#byesDue > 0) return;
    this.#leaving = false;
    // A card from before would bring the seat back.
    if (this.#session !== null) this.#session = { ...this.#session, card: null, room: null };
    if (!wasAsked) this.#delivery.stop();
    this.#stage = { is: "outside" };
    this.#save();
    if (this.#request !== null) this.#sayJoin(this.#request);
    else this.#owner.outside();
  }

  /** @param suggestion a free name, where the one that was said is somebody's */
  joinRefused(code: ErrorCode, suggestion?: string): void {
    const request = this.#request;
    if (code === "in-another-room" && request !== null) {
      this.#leaving = true;
      return this.#sayLeave();
    }
    if (this.#stage.is === "joining") {
      this.#stage = { is: "outside" };
      this.#room = this.#request = null;
      this.#forget();
      this.#save();
    }
    this.#owner.emit({ type: "refused", code, re: "join", ...suggestion && { suggestion } });
  }

  /** Says a `join` again that was put off. */
  joinAgain(): void {
    if (this.#stage.is === "joining" && this.#request !== null) this.#sayJoin(this.#request);
  }

  /** Hands on what is of the room, unless it is being left. */
  tell(event: LinkEvent): void {
    if (!this.#leaving) this.#owner.emit(event);
  }

  // ---- within -----------------------------------------------------------------------------------

  #stateInResume(session: Remembered): OwnState | undefined {
    return this.#self !== null || session.room !== null ? this.#state.inResume() : undefined;
  }

  #sayJoin(request: JoinRequest): void {
    if (this.#byesDue > 0) return; // said once the old seat is given back
    const asked = { ...request, ...this.#state.inJoin(request) };
    // A seat that stands keeps its name and media: these are said after the answer.
    if (this.#stage.is === "seated") this.#state.unsay();
    else this.#stage = { is: "joining" };
    this.#owner.say({ type: "join", ...asked });
  }

  #sayLeave(): void {
    this.#giveBack();
    this.#forget();
  }

  /** Nothing of the seat is kept: what is said from now on was numbered for none before. */
  #forget(): void {
    this.#delivery.forget();
    this.#self = this.#formerly = null;
  }

  /** Leaves a seat: one that is left, or one found where this page never sat. */
  #giveBack(): void {
    this.#owner.say({ type: "leave" });
    this.#byesDue++;
    this.#stage = { is: "outside" };
  }

  #takeSeat(): void {
    this.#stage = { is: "seated" };
    this.#save();
    if (!this.#leaving) return this.#owner.seated();
    this.#sayLeave();
  }

  /**
   * The seat's endpoint is one this page does not hold: another page used the session meanwhile, or
   * a card told of what was given back. Its events were counted already; ours need another one.
   */
  #disown(): void {
    this.#reloaded = true;
    this.#owner.renew();
  }

  /** The tab's memory holds what a reload needs: nothing, once no seat is held or wanted. */
  #save(): void {
    const session = this.#session;
    if (session === null || (this.#room === null && !this.#leaving)) {
      return remember(this.#tab, null);
    }
    const room = this.#room === null || this.#leaving ? null : session.room;
    remember(this.#tab, { ...session, room });
  }
}
