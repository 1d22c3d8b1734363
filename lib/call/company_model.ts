/** What views may know of chat, hands, roles and the people in a call; `company.ts` makes it. */
import type { ReadonlySignal } from "@preact/signals-core";
import type { KnockId, SeatId } from "../protocol/ids.ts";
import type { Knock, Reaction, Role } from "../protocol/messages.ts";

/** Something said in the room. */
export interface Said {
  /** Names it among all; the same while it is shown. */
  readonly key: string;
  readonly seat: SeatId;
  readonly isMine: boolean;
  /** Of the sender, as it was then. */
  readonly name: string;
  /** 0 to 5: the colour of the sender's name, by seat. */
  readonly colour: number;
  /** On the server's clock, ms since 1970; of what waits, on one's own. */
  readonly atMs: number;
  /** Null: it cannot be read here. */
  readonly text: string | null;
  /** To whom alone it was said: their name; null: to everybody. */
  readonly to: string | null;
  /** `waiting`: the server has not had it yet, and gets it as soon as it can. */
  readonly state: "said" | "waiting" | "failed";
}

export interface ChatModel {
  /** In the one order of the room; what waits is last. */
  readonly said: ReadonlySignal<readonly Said[]>;
  /** How much came unseen. */
  readonly unread: ReadonlySignal<number>;
  /** Says it to everybody, or to one seat; offline it waits. Blank text is nothing. */
  say(text: string, to: SeatId | null): void;
  /** Whether the chat is shown: what comes then is seen. */
  setShown(on: boolean): void;
  /** What was written and not said; outlives a reload. */
  readonly draft: string;
  keepDraft(text: string): void;
}

/** Somebody asks to be quieter; a question, never a command. */
export interface Question {
  readonly seat: SeatId;
  readonly name: string;
}

export interface CompanyModel {
  readonly chat: ChatModel;
  /** Who has a hand up, who was first is first; oneself included. */
  readonly hands: ReadonlySignal<readonly SeatId[]>;
  /** What each shows right now; goes by itself. */
  readonly reactions: ReadonlySignal<readonly { readonly name: string; readonly is: Reaction }[]>;
  react(reaction: Reaction): void;

  /** What another asks of this person. */
  readonly question: ReadonlySignal<Question | null>;
  /** Yes mutes; no is told. */
  answer(yes: boolean): void;
  /** Whom this person has asked, and who has not answered yet. */
  readonly asked: ReadonlySignal<ReadonlySet<SeatId>>;
  askToMute(seat: SeatId): void;

  /** 0 to 1, of each of the others; 1 where nothing was set. */
  volumeOf(seat: SeatId): number;
  setVolume(seat: SeatId, volume: number): void;
  /** Nobody is heard here. */
  readonly deaf: ReadonlySignal<boolean>;
  setDeaf(on: boolean): void;

  /** This person's own role. */
  readonly role: ReadonlySignal<Role>;
  /** Seats that look after the room. */
  readonly owners: ReadonlySignal<ReadonlySet<SeatId>>;
  readonly locked: ReadonlySignal<boolean>;
  readonly knocks: ReadonlySignal<readonly Knock[]>;
  lock(on: boolean): void;
  admit(knock: KnockId): void;
  refuse(knock: KnockId): void;
  remove(seat: SeatId): void;
  /** Gives the role away for good: this browser forgets that it made the room. */
  handOn(seat: SeatId): void;
}
