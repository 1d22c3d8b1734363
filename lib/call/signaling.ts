/**
 * The call's link to the server: wires the socket, the membership and the delivery together.
 * docs/protocol.md tells what goes over the wire, `link.ts` what the call sees of it.
 */
import type { ReadonlySignal } from "@preact/signals-core";
import type { EndpointId, RoomId, SeatId } from "../protocol/ids.ts";
import type {
  Act,
  ClientBody,
  ErrorMessage,
  OwnState,
  Reaction,
  Request,
  Saying,
  ServerMessage,
  Settling,
  SignalBody,
  Welcome,
} from "../protocol/messages.ts";
import type { NamesClientBody } from "../protocol/names_messages.ts";
import { speaks, write } from "../protocol/frame.ts";
import { parseServer } from "../protocol/from_server.ts";
import { Delivery } from "./delivery.ts";
import type { JoinRequest, LinkEvent, LinkPart, LinkStatus, SignalingLink } from "./link.ts";
import { Membership } from "./membership.ts";
import type { Draft } from "./outbox.ts";
import { OwnStateSaid } from "./own_state.ts";
import type { Env, Undo } from "./ports.ts";
import { ReconnectingSocket } from "./reconnecting_socket.ts";

export type SignalingEnv = Pick<
  Env,
  "clock" | "openSocket" | "signalUrl" | "random" | "page" | "log" | "tab"
>;

/** What the rate limit kept from being taken, and is no event, is said again after this. */
const SAY_AGAIN_MS = 1000;
const NAME_PATIENCE = 3; // a key is proven within a round trip or two

export class SignalingClient implements SignalingLink {
  readonly #env: SignalingEnv;
  readonly #socket: ReconnectingSocket;
  readonly #delivery: Delivery;
  readonly #membership: Membership;
  readonly #state = new OwnStateSaid();
  readonly #listeners = new Set<(event: LinkEvent) => void>();
  readonly #undo: Undo[];
  #watched: RoomId | null = null;
  #watchSaid: RoomId | null = null;
  #knocks: Parameters<SignalingLink["knock"]>[0] = null;
  #wentAway = false;
  #cancelAgain: Undo | null = null;
  #part: LinkPart | null = null;
  #patience = 0; // how often a join may still be put off for one's name
  /** Of the present socket. */
  #welcome: Welcome | null = null;

  /** Opens nothing before `start`. */
  constructor(env: SignalingEnv) {
    this.#env = env;
    this.#delivery = new Delivery(env.clock, (body) => this.#say(body));
    this.#membership = new Membership(env.tab, this.#delivery, this.#state, {
      say: (body) => this.#say(body),
      renew: () => this.#socket.renew(),
      outside: () => {
        this.#sayWatch();
        this.#sayKnock();
      },
      seated: () => this.#sayState(),
      emit: (event) => this.#emit(event),
    });
    this.#socket = new ReconnectingSocket(env, {
      opened: () => this.#membership.greet(),
      frame: (data) => this.#read(data),
      lost: () => this.#lost(),
    });
    this.#undo = [
      env.page.onHide(() => this.#goAway()),
      env.page.onShow(() => this.#comeBack()),
      env.page.onVisible(() => this.#wentAway && this.#comeBack()),
    ];
  }

  get status(): ReadonlySignal<LinkStatus> {
    return this.#socket.status;
  }

  get returning(): RoomId | null {
    return this.#membership.returning;
  }

  /** How many events of this page are not settled yet. */
  get unsettled(): number {
    return this.#delivery.unsettled;
  }

  start(): void {
    if (this.status.value.is === "closed") this.#membership.takeOver();
    this.#socket.start();
  }

  join(request: JoinRequest): void {
    this.#patience = NAME_PATIENCE;
    this.#watched = this.#watchSaid = this.#knocks = null; // a join ends both, at the server too
    this.#state.merge({ name: request.name, media: request.media });
    this.#membership.join(request);
  }

  leave(): void {
    this.knock(null);
    this.#membership.leave();
  }

  setState(state: OwnState): void {
    this.#state.merge(state);
    this.#sayState();
  }

  sendSignal(to: EndpointId, body: SignalBody): void {
    this.#sendEvent({ type: "signal", to, ...body });
  }

  sendChat(body: Saying["body"], more: Pick<Saying, "mark" | "to"> = {}): void {
    this.#sendEvent({ type: "chat", body, ...more });
  }

  ask(to: SeatId, what: Request): void {
    this.#sendEvent({ type: "ask", to, what });
  }

  manage(act: Act): void {
    this.#sendEvent({ type: "manage", act });
  }

  react(reaction: Reaction): void {
    if (this.#isSeated && this.#socket.clear) this.#say({ type: "react", reaction });
  }

  knock(at: Parameters<SignalingLink["knock"]>[0]): void {
    const had = this.#knocks !== null;
    this.#knocks = at;
    if (at !== null) this.#sayKnock();
    else if (had && this.#membership.stage === "outside") this.#say({ type: "unknock" });
  }

  sendTyping(on: boolean): void {
    if (this.#isSeated && this.#socket.clear) this.#say({ type: "typing", on });
  }

  watch(room: RoomId | null): void {
    this.#watched = room;
    this.#sayWatch();
  }

  askIce(): void {
    if (!this.#isSeated) return;
    this.#say({ type: "ice?" });
    this.#socket.expectAnswer();
  }

  retry(): void {
    this.#socket.retry();
  }

  on(listener: (event: LinkEvent) => void): Undo {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  plug(part: LinkPart): Undo {
    this.#part = part;
    if (this.#welcome !== null) part.welcomed(this.#welcome);
    return () => {
      if (this.#part === part) this.#part = null;
    };
  }

  say(body: NamesClientBody): void {
    this.#say(body);
  }

  dispose(): void {
    for (const undo of this.#undo.splice(0)) undo();
    this.#listeners.clear();
    this.#socket.dispose();
    this.#lost();
  }

  // ---- the socket's and the page's life -----------------------------------------------------------

  get #isSeated(): boolean {
    return this.#membership.stage === "seated";
  }

  #lost(): void {
    this.#membership.lost();
    this.#welcome = null;
    this.#part?.lost();
    this.#cancelAgain?.();
    this.#watchSaid = null;
    this.#wentAway = false;
    const status = this.status.value;
    if (status.is === "closed" && status.why === "removed") this.#membership.startAnew();
  }

  /** Said from the welcome on: a page on its way out says nothing later. */
  #goAway(): void {
    const { stage } = this.#membership;
    if (stage === "down" || stage === "greeted") return;
    if (stage === "outside" && this.#part === null) return;
    this.#say({ type: "away" });
    this.#wentAway = true;
  }

  /** Only a resume takes `away` back. */
  #comeBack(): void {
    if (this.#wentAway) this.#socket.renew();
    else this.#socket.retry();
  }

  // ---- what is said -----------------------------------------------------------------------------

  #say(body: ClientBody): void {
    this.#socket.send(write({ ...body, ...this.#delivery.rider() }));
  }

  #sayState(): void {
    const state = this.#isSeated ? this.#state.takeNews() : null;
    if (state !== null) this.#say({ type: "state", ...state });
  }

  #sayWatch(): void {
    if (this.#membership.stage !== "outside" || this.#watchSaid === this.#watched) return;
    this.#watchSaid = this.#watched;
    if (this.#watched === null) this.#say({ type: "unwatch" });
    else this.#say({ type: "watch", room: this.#watched });
  }

  /** A knock goes with its socket: it is said again on the next one. */
  #sayKnock(): void {
    if (this.#membership.stage !== "outside" || this.#knocks === null) return;
    this.#say({ type: "knock", ...this.#knocks });
  }

  #sendEvent(draft: Draft): void {
    const re = draft.type;
    if (!this.#membership.belongs) {
      return this.#emit({ type: "refused", code: "not-in-room", re, ...markOf(draft) });
    }
    const added = this.#delivery.send(draft);
    if (!added.ok) this.#emit({ type: "refused", code: added.code, re, ...markOf(draft) });
  }

  // ---- what is heard ----------------------------------------------------------------------------

  #read(data: unknown): void {
    const parsed = parseServer(data);
    if (!parsed.ok) {
      const part = this.#part?.read(data);
      if (part) return this.#settle(part);
      return this.#env.log("warn", `server frame ignored: ${parsed.re} ${parsed.message}`);
    }
    const { message } = parsed;
    // `joined` may begin a new count; every other frame speaks of the one that stands.
    if (message.type !== "joined") this.#settle(message);
    this.#hear(message);
    if (message.type === "joined") this.#settle(message);
  }

  #settle({ settled }: Settling): void {
    if (settled !== undefined && !this.#membership.isDeaf) this.#delivery.settle(settled);
  }

  #hear(message: ServerMessage): void {
    switch (message.type) {
      case "ping":
        return this.#say({ type: "pong" });
      case "welcome":
        if (!speaks(message.v)) return this.#socket.end("version");
        this.#membership.welcomed(message);
        this.#welcome = message;
        this.#part?.welcomed(message);
        return this.#socket.accepted();
      case "bye":
        return this.#membership.left();
      case "error":
        return this.#refused(message);
      case "draining":
        return this.#socket.expectDrain();
      case "inside":
        // Unasked for with a refusal: so a page knows who fills the room.
        if (message.room === this.#watched || message.room === this.#membership.room) {
          this.#emit(message);
        }
        return;
      case "token":
        return this.#membership.keepToken(message.token);
      case "answer":
        this.#knocks = null;
        return this.#emit(message);
      case "ack":
      case "ticket":
        return;
      default:
        if (!this.#membership.isDeaf) this.#hearRoom(message);
    }
  }

  #hearRoom(message: RoomMessage): void {
    switch (message.type) {
      case "joined":
        return this.#membership.joined(message);
      case "synced":
        return this.#membership.synced(message);
      case "card":
        return this.#membership.keepCard(message.card);
      case "arrived":
      case "left":
      case "signal":
      case "ask":
      case "chat":
        if (this.#delivery.take(message)) this.#membership.tell(message);
        else if (message.type === "chat") {
          this.#membership.tell({ type: "chat-again", chat: message });
        }
        return;
      case "state":
        return this.#membership.tell({ type: "seats", seats: [message.seat] });
      case "typing":
      case "ice":
      case "past":
      case "lock":
      case "knocks":
      case "reaction":
        return this.#membership.tell(message);
      default:
        return assertNever(message);
    }
  }

  #refused({ code, message, re, n, suggestion }: ErrorMessage): void {
    this.#env.log("info", `refused: ${re} ${code} (${message})`);
    if (re === "leave") return this.#membership.left();
    if (re === "resume" && code !== "rate") {
      this.#membership.startAnew();
      return this.#membership.greet();
    }
    if (this.#membership.isDeaf && re !== "watch") return;
    const dropped = n === undefined ? undefined : this.#delivery.drop(n);
    if (code === "rate" && (re === "resume" || re === "join" || re === "state")) {
      return this.#sayAgain();
    }
    // One's own name is held by another session until this one has proven its key.
    const mayWait = code === "name-taken" && re === "join" && this.#part !== null;
    if (mayWait && this.#patience-- > 0) return this.#sayAgain();
    if (re === "join") return this.#membership.joinRefused(code, suggestion);
    this.#emit({ type: "refused", code, re, ...dropped && markOf(dropped), suggestion });
  }

  #sayAgain(): void {
    this.#cancelAgain?.();
    this.#cancelAgain = this.#env.clock.after(SAY_AGAIN_MS, () => {
      if (this.#membership.stage === "greeted") return this.#socket.renew();
      this.#membership.joinAgain();
      this.#state.unsay();
      this.#sayState();
    });
  }

  #emit(event: LinkEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

/** What is of the room one sits in. */
type RoomMessage = Exclude<
  ServerMessage,
  {
    type:
      | "welcome"
      | "bye"
      | "error"
      | "draining"
      | "inside"
      | "answer"
      | "ack"
      | "ping"
      | "ticket"
      | "token";
  }
>;

/** By what its sender knows it again. */
function markOf(event: Draft): { readonly mark?: string } {
  return event.type === "chat" && event.mark !== undefined ? { mark: event.mark } : {};
}

function assertNever(message: never): never {
  throw new TypeError(`no such message: ${JSON.stringify(message)}`);
}
