/** Names and calls as a pure fold, with sessions that only hear. */
import assert from "node:assert/strict";
import { asId, type CallId, type RoomId, type SessionId } from "../../lib/protocol/ids.ts";
import { foldName } from "../../lib/protocol/names.ts";
import { RING_MS } from "../../lib/protocol/names_limits.ts";
import type {
  CallKind,
  NamesServerMessage,
  NamesServerType,
  PersonNews,
} from "../../lib/protocol/names_messages.ts";
import { peopleDueAt, stepPeople } from "../../lib/signaling/people.ts";
import type {
  PeopleCommand,
  PeopleEffect,
  RegisterCommand,
} from "../../lib/signaling/people_commands.ts";
import { nobody } from "../../lib/signaling/people_state.ts";

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const DAY = 24 * 60 * MINUTE;

export const session = (name: string) => asId<SessionId>(name);
export const callId = (name: string) => asId<CallId>(name);
export const roomOf = (call: string) => asId<RoomId>(`room of ${call}`);

type MessageOf<T extends NamesServerType> = Extract<NamesServerMessage, { type: T }>;
type CommandOf<K extends PeopleCommand["do"]> = Extract<PeopleCommand, { do: K }>;

export class Village {
  state = nobody();
  at = Date.UTC(2026, 0, 1);
  readonly commands: PeopleCommand[] = [];
  readonly effects: PeopleEffect[] = [];
  readonly #heard = new Map<string, NamesServerMessage[]>();

  run(command: PeopleCommand): PeopleEffect[] {
    this.commands.push(structuredClone(command));
    const { effects } = stepPeople(this.state, command);
    for (const effect of effects) {
      this.effects.push(effect);
      if (effect.do !== "tell") continue;
      for (const to of effect.to) {
        this.#heard.set(to, [...this.#heard.get(to) ?? [], effect.message]);
      }
    }
    return [...effects];
  }

  /** Lets time pass; falls due what does, each at its time. */
  pass(ms: number): void {
    const end = this.at + ms;
    for (;;) {
      const due = peopleDueAt(this.state);
      if (due === null || due > end) break;
      this.at = Math.max(due, this.at);
      this.run({ do: "tick", at: this.at });
    }
    this.at = end;
  }

  /** Takes a name up from a tab; the key's owner proved it, as the shell saw to. */
  register(
    who: string,
    name: string,
    key: string,
    more: Partial<RegisterCommand> = {},
  ): PeopleEffect[] {
    return this.run({
      do: "register",
      session: session(who),
      at: this.at,
      name,
      folded: foldName(name),
      key,
      issuedAt: null,
      listed: true,
      dnd: false,
      room: null,
      ...more,
    });
  }

  /** Two who are there, each in one tab. */
  anaAndBen(): this {
    this.register("a1", "Ana", "key-a");
    this.register("b1", "Ben", "key-b");
    this.hears("a1");
    this.hears("b1");
    return this;
  }

  call(who: string, to: string, call: string, kind: CallKind = "talk"): void {
    this.run({
      ...this.by(who),
      do: "call",
      call: callId(call),
      to,
      kind,
      key: `of ${who}`,
      room: roomOf(call),
      ringMs: RING_MS,
    });
  }

  accept(who: string, call: string, camera = true): void {
    this.run({ ...this.by(who), do: "accept", call: callId(call), key: `of ${who}`, camera });
  }

  say(what: "cancel" | "decline" | "hangup", who: string, call: string): void {
    this.run({ ...this.by(who), do: what, call: callId(call) });
  }

  ask(who: string, call: string, more: Partial<CommandOf<"ask">> = {}): void {
    this.run({
      ...this.by(who),
      do: "ask",
      call: callId(call),
      recoveringUntil: 0,
      key: null,
      ...more,
    });
  }

  detach(who: string, keptMs = 15 * SECOND): void {
    this.run({ ...this.by(who), do: "detach", keptMs });
  }

  seat(who: string, room: RoomId | null): void {
    this.run({ ...this.by(who), do: "seat", room });
  }

  by(who: string): { readonly session: SessionId; readonly at: number } {
    return { session: session(who), at: this.at };
  }

  /** What a session heard since it was asked last. */
  hears(who: string): NamesServerMessage[] {
    const heard = this.#heard.get(who) ?? [];
    this.#heard.delete(who);
    return heard;
  }

  /** In short: `ended declined`, `names-error not-there`. */
  news(who: string): string[] {
    return this.hears(who).map((message) => {
      if ("why" in message) return `${message.type} ${message.why}`;
      return "code" in message ? `${message.type} ${message.code}` : message.type;
    });
  }

  /** The one message a session heard, of this type. */
  single<T extends NamesServerType>(who: string, type: T): MessageOf<T> {
    const heard = this.hears(who);
    assert.deepEqual(heard.map((each) => each.type), [type]);
    return heard[0] as MessageOf<T>;
  }
}

/** What those who look at who is there were told. */
export function newsIn(effects: readonly PeopleEffect[]): PersonNews[] {
  return effects.flatMap((effect) => effect.do === "news" ? [effect.news] : []);
}

/** Whether a session got its name. */
export function isRegistered(effects: readonly PeopleEffect[]): boolean {
  return effects.some((effect) => effect.do === "registered");
}
