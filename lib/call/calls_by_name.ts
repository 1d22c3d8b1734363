/**
 * Calls by name as one tab sees them: the one it has placed, the one that rings, and the talk either
 * becomes. The server says how each stands; after every loss of the socket it is asked.
 */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { BootId, CallId, RoomId } from "../protocol/ids.ts";
import type {
  CallAccepted,
  CallEnding,
  CallKind,
  NamesClientBody,
  NamesError,
  NamesServerMessage,
} from "../protocol/names_messages.ts";
import { roomPath } from "../protocol/room_name.ts";
import { type CallsEnv, HeldCall, type Prepare } from "./held_call.ts";
import type { IncomingCall, NoCall, OutgoingCall, RecentCall, Talk } from "./names_model.ts";
import { isMissed, type RecentCalls } from "./recent_calls.ts";
import { Unconfirmed } from "./unconfirmed.ts";

export interface CallsOwner {
  /** Says something if the name is held on this socket; false: it is not. */
  say(body: NamesClientBody): boolean;
  readonly prepare: Prepare;
  /** The two of the talk have seen each other in their room: from then on that tells the rest. */
  met(): boolean;
  /** Whether this page, loaded anew, goes on sitting in a room. */
  sitsIn(room: RoomId): boolean;
}

export class CallsByName {
  readonly #env: CallsEnv;
  readonly #owner: CallsOwner;
  readonly #recent: RecentCalls;
  readonly #unconfirmed: Unconfirmed;
  readonly #outgoing = signal<OutgoingCall | null>(null);
  readonly #incoming = signal<IncomingCall | null>(null);
  readonly #talk = signal<Talk | null>(null);
  #placed: HeldCall | null = null;
  #rung: HeldCall | null = null;
  /** The accepted call whose secret is being agreed on. */
  #agreeing: CallId | null = null;
  /** This page's, of the talk. */
  #talkKey: string | undefined;
  #boot: BootId | null = null;
  readonly #restored: Promise<void>;
  #disposed = false;

  readonly outgoing: ReadonlySignal<OutgoingCall | null> = this.#outgoing;
  readonly incoming: ReadonlySignal<IncomingCall | null> = this.#incoming;
  readonly talk: ReadonlySignal<Talk | null> = this.#talk;

  constructor(env: CallsEnv, owner: CallsOwner, recent: RecentCalls) {
    this.#env = env;
    this.#owner = owner;
    this.#recent = recent;
    this.#unconfirmed = new Unconfirmed(env.clock, recent, (body) => void owner.say(body));
    this.#restored = this.#restore();
  }

  // ---- what the person does -------------------------------------------------------------------------

  async place(to: string, kind: CallKind): Promise<void> {
    const talk = this.#talk.peek();
    if (this.#placed !== null || (talk !== null && !talk.over)) return;
    const about = { with: to, kind, incoming: false, camera: kind === "talk" };
    const held = new HeldCall(this.#env, about, (late) => this.#giveUp(late));
    this.#placed = held;
    this.#showOutgoing(held, { is: "asking" });
    const ready = await held.ready(this.#owner.prepare);
    if (this.#placed !== held) return;
    if (!ready) return this.#endPlaced("failed");
    this.#showOutgoing(held, { is: "calling" });
    this.#sayCall(held);
  }

  cancel(): void {
    const held = this.#placed;
    if (held === null) return;
    if (held.said) this.#unconfirmed.part(held.call, "cancel");
    this.#endPlaced("cancelled", true);
    this.#outgoing.value = null;
  }

  dismiss(): void {
    if (this.#outgoing.peek()?.stage.is === "over") this.#outgoing.value = null;
  }

  async accept(camera: boolean): Promise<void> {
    const held = this.#rung;
    if (held === null || this.#incoming.peek()?.answering) return;
    held.camera = camera;
    this.#showIncoming(held, true);
    const ready = await held.ready(this.#owner.prepare);
    if (this.#rung !== held) return;
    if (ready) this.#owner.say(held.saying());
    else this.decline();
  }

  decline(): void {
    if (this.#rung === null) return;
    this.#unconfirmed.part(this.#rung.call, "decline");
    this.#endRung("declined", true);
  }

  hangUp(): void {
    const talk = this.#talk.peek();
    if (talk !== null && !talk.over) this.#unconfirmed.part(talk.call, "hangup");
    this.#talk.value = null;
  }

  /** The other one is gone. */
  endTalk(): void {
    const talk = this.#talk.peek();
    if (talk !== null && !talk.over) this.#talk.value = { ...talk, over: true };
  }

  // ---- what the server says -------------------------------------------------------------------------

  /** The name is held on a new socket: the server is asked about everything that is open. */
  async held(boot: BootId): Promise<void> {
    await this.#restored;
    this.#unconfirmed.sayAgain(this.#boot !== boot);
    this.#boot = boot;
    const [placed, rung, talk] = [this.#placed, this.#rung, this.#talk.peek()];
    if (placed?.said) {
      const isFresh = this.#outgoing.peek()?.stage.is === "calling" &&
        (placed.boot === null || placed.boot === boot);
      if (isFresh) this.#sayCall(placed);
      else this.#askOf(placed);
    }
    if (rung !== null) this.#askOf(rung);
    if (talk !== null && !talk.over && !this.#owner.met()) this.#ask(talk.call, this.#talkKey);
  }

  hear(message: NamesServerMessage): void {
    switch (message.type) {
      case "ring":
        return this.#ring(message.call, message.from, message.kind);
      case "ringing":
        if (this.#placed?.call === message.call) {
          return this.#showOutgoing(this.#placed, { is: "ringing" });
        }
        return this.#unconfirmed.part(message.call, "cancel"); // by a tab that is gone
      case "accepted":
        return void this.#accepted(message);
      case "ended":
        return this.#ended(message.call, message.why);
      case "missed": {
        const { call, from, kind } = message;
        const at = this.#env.clock.now();
        return this.#note({ call, name: from, at, incoming: true, kind }, "busy");
      }
      case "hungup":
        return this.#hungUp(message.call);
      case "names-error":
        if (message.call !== undefined) this.#failed(message.call, message);
    }
  }

  /** A `call` was dropped: there were too many messages. */
  tooMany(): void {
    if (this.#placed?.said) this.#endPlaced("too-many-calls");
  }

  dispose(): void {
    this.#disposed = true;
    this.#placed?.dispose();
    this.#rung?.dispose();
    this.#placed = this.#rung = null;
  }

  // ---- within ---------------------------------------------------------------------------------------

  #ring(call: CallId, from: string, kind: CallKind): void {
    if (this.#unconfirmed.isParting(call)) return;
    if (this.#rung?.call === call) {
      if (this.#rung.said) this.#owner.say(this.#rung.saying()); // the first one was lost
      return;
    }
    if (this.#rung !== null) this.#giveUp(this.#rung);
    const about = { call, with: from, kind, incoming: true, camera: true };
    this.#rung = new HeldCall(this.#env, about, (late) => this.#giveUp(late));
    this.#showIncoming(this.#rung, false);
  }

  async #accepted(message: CallAccepted): Promise<void> {
    const { call, as, key, room } = message;
    const held = [this.#placed, this.#rung].find((each) => each?.call === call);
    if (!held?.agreement) {
      const known = this.#agreeing === as || this.#talk.peek()?.call === as;
      if (known || this.#owner.sitsIn(room)) return;
      this.#ended(as, "accepted"); // in the moment it was cancelled, or by a tab that is gone
      return this.#unconfirmed.part(as, "hangup");
    }
    this.#agreeing = as;
    this.#talkKey = held.agreement.publicKey;
    this.#unconfirmed.parted(as);
    this.#release(held);
    if (this.#rung?.call === as) this.#release(this.#rung); // the two called each other
    this.#note({ ...aboutOf(held), call: as, name: message.with }, "accepted");
    try {
      const secret = await held.agreement.secret(key, room);
      // Hung up or ended meanwhile, it is over before it began.
      this.#talk.value = talkOf(held, message, secret, this.#agreeing !== as);
    } catch (error) {
      this.#env.log("warn", `no secret could be agreed on: ${error}`);
      this.#unconfirmed.part(as, "hangup");
      if (!held.incoming) this.#showOutgoing(held, { is: "over", why: "failed" });
    }
    this.#agreeing = null;
  }

  #ended(call: CallId, why: CallEnding): void {
    this.#unconfirmed.parted(call);
    if (this.#placed?.call === call) return this.#endPlaced(why);
    if (this.#rung?.call === call) return this.#endRung(why);
    const isOld = why === "accepted" && this.#owner.met(); // they talk: what it came from is over
    if (!isOld) this.#endTalkOf(call);
    const known = this.#recent.all.peek().find((each) => each.call === call);
    if (known !== undefined) this.#note(known, why);
  }

  #hungUp(call: CallId): void {
    this.#unconfirmed.parted(call);
    this.#endTalkOf(call);
  }

  #endTalkOf(call: CallId): void {
    if (this.#agreeing === call) this.#agreeing = null;
    if (this.#talk.peek()?.call === call) this.endTalk();
  }

  #failed(call: CallId, { code, re }: NamesError): void {
    switch (re) {
      case "cancel":
      case "decline":
      case "hangup":
        return this.#unconfirmed.refused(call, code === "no-call");
      case "call?":
        return this.#ended(call, "interrupted");
      case "accept":
        if (this.#rung?.call !== call) return;
        if (code === "no-call") this.#askOf(this.#rung); // the server was started anew
        else if (code !== "call-over") this.#ended(call, "interrupted");
        return;
      case "call":
        if (this.#placed?.call === call) this.#endPlaced(noCallOf(code));
    }
  }

  /** @param open the server has not confirmed it */
  #endPlaced(why: NoCall | "accepted", open = false): void {
    const held = this.#placed;
    if (held === null) return;
    this.#release(held);
    if (why !== "accepted") this.#showOutgoing(held, { is: "over", why });
    const end = endOf(why);
    if (end !== null && held.said) this.#note(aboutOf(held), end, open);
  }

  #endRung(why: CallEnding, open = false): void {
    const held = this.#rung;
    if (held === null) return;
    this.#release(held);
    this.#note(aboutOf(held), why, open);
  }

  /** Nobody has said for too long how it stands, or another call rings: the ending comes later. */
  #giveUp(held: HeldCall): void {
    if (held.incoming) this.#endRung("interrupted", true);
    else this.#endPlaced("interrupted", true);
  }

  #release(held: HeldCall): void {
    held.release();
    if (this.#placed === held) {
      this.#placed = null;
      this.#outgoing.value = null;
    }
    if (this.#rung === held) {
      this.#rung = null;
      this.#incoming.value = null;
    }
  }

  #sayCall(held: HeldCall): void {
    if (this.#owner.say(held.saying())) held.boot = this.#boot;
  }

  #askOf({ call, said, agreement }: HeldCall): void {
    this.#ask(call, said ? agreement?.publicKey : undefined);
  }

  /** @param key with which this page placed or answered it */
  #ask(call: CallId, key?: string): void {
    this.#owner.say({ type: "call?", call, ...key === undefined ? {} : { key } });
  }

  #showOutgoing({ call, with: to, kind }: HeldCall, stage: OutgoingCall["stage"]): void {
    this.#outgoing.value = { call, to, kind, stage };
  }

  #showIncoming({ call, with: from, kind }: HeldCall, answering: boolean): void {
    this.#incoming.value = { call, from, kind, answering };
  }

  #note(about: Omit<RecentCall, "end" | "missed">, end: RecentCall["end"], open = false): void {
    const { call, name, at, incoming, kind } = about;
    const missed = incoming && end !== "not-there" && isMissed(end);
    this.#recent.note({ call, name, at, incoming, kind, end, missed }, open);
  }

  /** A tab loaded anew takes up the call it was in the midst of. */
  async #restore(): Promise<void> {
    const held = await HeldCall.restore(this.#env, (late) => this.#giveUp(late));
    if (held === null) return;
    if (this.#disposed) return held.dispose();
    if (held.incoming) {
      this.#rung?.dispose(); // it rang here once more already
      this.#rung = held;
      this.#showIncoming(held, true);
    } else {
      this.#placed = held;
      this.#showOutgoing(held, { is: "ringing" });
    }
    if (held.sends) void this.#owner.prepare(held.camera).catch(() => {});
  }
}

function aboutOf({ call, with: name, at, incoming, kind }: HeldCall) {
  return { call, name, at, incoming, kind };
}

function talkOf(held: HeldCall, message: CallAccepted, secret: string, over: boolean): Talk {
  const { as: call, with: other, room, kind, role, camera: theirCamera } = message;
  const sends = kind === "talk" || role === "callee";
  const address = `${roomPath(room)}#k=${secret}`;
  return { call, with: other, room, address, kind, sends, camera: held.camera, theirCamera, over };
}

function noCallOf(code: NamesError["code"]): NoCall {
  switch (code) {
    case "not-there":
    case "own-name":
    case "too-many-calls":
    case "in-call":
      return code;
    default:
      return "failed";
  }
}

/** What is noted of a call that was placed; null: it never came to be one. */
function endOf(why: NoCall | "accepted"): RecentCall["end"] | null {
  switch (why) {
    case "own-name":
    case "too-many-calls":
    case "in-call":
    case "failed":
      return null;
    default:
      return why;
  }
}
