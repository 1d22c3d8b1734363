/**
 * Names and calls in this process: reads what clients say of them, folds their log, and performs
 * the effects for the sockets this process holds.
 */
import * as v from "valibot";
import { mintId, type RoomId, type SessionId } from "../protocol/ids.ts";
import { AWAY_KEPT_MS, RECOVERING_MS } from "../protocol/limits.ts";
import { parseName, proofText } from "../protocol/names.ts";
import { CHALLENGE_MS, RING_MS, TAB_KEPT_MS } from "../protocol/names_limits.ts";
import type {
  NamesClientBody,
  NamesFault,
  NamesServerMessage,
} from "../protocol/names_messages.ts";
import { mintRoomId } from "../protocol/room_name.ts";
import type { Connection } from "./connection.ts";
import { keptOf, wornBy } from "./directory.ts";
import type { CommandLog, LogEntry } from "./log.ts";
import type { Verify } from "./name_proofs.ts";
import { Onlookers } from "./onlookers.ts";
import { peopleDueAt, stepPeople } from "./people.ts";
import type { KeptNames, PeopleCommand, PeopleEffect, Reservation } from "./people_commands.ts";
import { nobody, type PeopleState } from "./people_state.ts";
import type { Keep, Undo } from "./ports.ts";
import type { World } from "./world.ts";

/** One log for all: names are few and change rarely. */
const LOG = "people";
/** What is registered is kept after this; until then others may come along. */
const SAVE_AFTER_MS = 500;
/** All names are written at once, so the more they are, the less often. */
const SAVE_AFTER_MS_PER_NAME = 0.1;

export interface PeopleOptions {
  readonly log: CommandLog<PeopleCommand>;
  /** Where reservations outlive the process. */
  readonly keep: Keep;
  readonly verify: Verify;
  /** Told when a session has a name, or none any more: its seat's mark may change. */
  readonly renamed: (session: SessionId) => void;
}

type Register = Extract<NamesClientBody, { type: "register" }>;

/** A `register` whose challenge is out. */
interface Claimant {
  readonly message: Register;
  readonly name: string;
  readonly folded: string;
  readonly nonce: string;
  readonly at: number;
}

const reservation: v.GenericSchema<unknown, Reservation> = v.object({
  name: v.string(),
  keys: v.array(v.string()),
  issuedAt: v.number(),
  usedAt: v.number(),
});
const keptNames: v.GenericSchema<unknown, KeptNames> = v.object({
  names: v.array(reservation),
  given: v.array(v.tuple([v.string(), v.number()])),
});

export class People {
  readonly state: PeopleState = nobody();
  readonly #world: () => World;
  readonly #options: PeopleOptions;
  readonly #onlookers: Onlookers;
  readonly #origins = new WeakMap<Connection, string>();
  readonly #claimants = new WeakMap<Connection, Claimant>();
  readonly #unsubscribe: Undo;
  /** Settles once what was kept is here: nobody gets a name before. */
  readonly #loaded: Promise<void>;
  #cancelSave: Undo | null = null;

  /** @param world asked for when needed, since the world knows the people too */
  constructor(world: () => World, options: PeopleOptions) {
    this.#world = world;
    this.#options = options;
    this.#onlookers = new Onlookers(world, this.state);
    this.#unsubscribe = options.log.subscribe(LOG, 0, (entry) => this.#heard(entry));
    this.#loaded = this.#load();
  }

  // ---- what connections tell ------------------------------------------------------------------------

  /** @param origin of the page, as its upgrade named it */
  opened(connection: Connection, origin: string): void {
    this.#origins.set(connection, origin);
  }

  /** @param wasLatest the session has no other socket */
  closed(connection: Connection, wasLatest: boolean): void {
    this.#onlookers.remove(connection);
    const { session } = connection;
    if (wasLatest && session !== null) this.#detach(session.id, TAB_KEPT_MS);
  }

  /** The page says that it goes. */
  away(session: SessionId): void {
    this.#detach(session, AWAY_KEPT_MS);
  }

  /** The session has a seat in another room, or in none. */
  seated(session: SessionId, room: RoomId | null): void {
    if (this.#isNamed(session)) this.#append({ do: "seat", session, at: this.#now, room });
  }

  /** Whether a name may be worn in a room: held by nobody, by this session, or by somebody else. */
  wornBy(name: string, session: SessionId): ReturnType<typeof wornBy> {
    return wornBy(this.state, name, session, this.#now);
  }

  /** Does what a welcomed client asks, or tells it why not. */
  handle(connection: Connection, message: NamesClientBody): void {
    const { id: session } = connection.session!;
    const by = { session, at: this.#now };
    switch (message.type) {
      case "register":
        return this.#challenge(connection, message);
      case "prove":
        return connection.whileBusy("prove", () => this.#prove(connection, message.signature));
      case "forget":
        return this.#append({ do: "forget", ...by });
      case "reach":
        return this.#append({ do: "reach", ...by, listed: message.listed, dnd: message.dnd });
      case "who":
        return this.#look(connection, message.on);
      case "call": {
        const { call, to, kind, key } = message;
        const { random, config: { ringMs = RING_MS } } = this.#world();
        const room = mintRoomId(random);
        return this.#append({ do: "call", ...by, call, to, kind, key, room, ringMs });
      }
      case "accept": {
        const { call, key, camera } = message;
        return this.#append({ do: "accept", ...by, call, key, camera });
      }
      case "cancel":
      case "decline":
      case "hangup":
        return this.#append({ do: message.type, ...by, call: message.call });
      case "call?": {
        const { call, known, key = null } = message;
        const recoveringUntil = this.#world().bootAt + RECOVERING_MS;
        const told = known === undefined ? {} : { known };
        return this.#append({ do: "ask", ...by, call, key, recoveringUntil, ...told });
      }
    }
  }

  // ---- time ---------------------------------------------------------------------------------------

  /** Once a second: what falls due by time. */
  sweep(now: number): void {
    const due = peopleDueAt(this.state);
    if (due !== null && due <= now) this.#append({ do: "tick", at: now });
  }

  /** Keeps what is not kept yet. */
  async flush(): Promise<void> {
    if (this.#cancelSave === null) return;
    this.#cancelSave();
    this.#cancelSave = null;
    await this.#save();
  }

  dispose(): void {
    this.#unsubscribe();
    this.#onlookers.dispose();
    this.#cancelSave?.();
  }

  /** How many are there by name. */
  get online(): number {
    let count = 0;
    for (const { tabs } of this.state.names.values()) if (tabs.length > 0) count++;
    return count;
  }

  // ---- taking a name up ---------------------------------------------------------------------------

  #challenge(connection: Connection, message: Register): void {
    const parsed = parseName(message.name);
    if (!parsed.ok) return this.#refuse(connection, "register", "bad-name", parsed.why);
    const { name, folded } = parsed;
    const nonce = mintId<SessionId>(this.#world().random) as string;
    this.#claimants.set(connection, { message, name, folded, nonce, at: this.#now });
    tell(connection, { type: "challenge", nonce });
  }

  async #prove(connection: Connection, signature: string): Promise<void> {
    const claimant = this.#claimants.get(connection);
    this.#claimants.delete(connection); // good for one try
    const session = connection.session!;
    if (claimant === undefined || this.#now >= claimant.at + CHALLENGE_MS) {
      this.#refuse(connection, "prove", "bad-proof", "no challenge is out");
    } else if (!await this.#isProven(connection, claimant, signature)) {
      this.#refuse(connection, "prove", "bad-proof", "not signed by that key for this");
    } else {
      const { message: { key, claim, listed, dnd }, name, folded } = claimant;
      const issuedAt = claim === undefined ? null : await this.#readClaim(claim, folded, key);
      await this.#loaded;
      if (session.socket === connection) {
        const { id, room } = session;
        const as = { name, folded, key, issuedAt, listed, dnd, room };
        this.#append({ do: "register", session: id, at: this.#now, ...as });
      }
    }
    connection.ready();
  }

  #isProven(connection: Connection, claimant: Claimant, signature: string): Promise<boolean> {
    const { message: { key }, folded, nonce } = claimant;
    const origin = this.#origins.get(connection) ?? "";
    const session = connection.session!.id;
    const text = proofText({ origin, session, nonce, name: folded, key });
    return this.#options.verify(key, signature, text);
  }

  /** When the name was first taken, if the claim is ours, of this name and of this key. */
  async #readClaim(text: string, folded: string, key: string): Promise<number | null> {
    const claim = await this.#world().tokens.readClaim(text, this.#now);
    if (claim === null || !claim.keys.includes(key)) return null;
    const name = parseName(claim.name);
    return name.ok && name.folded === folded ? claim.issuedAt : null;
  }

  // ---- the log and its effects ----------------------------------------------------------------------

  get #now(): number {
    return this.#world().clock.now();
  }

  #append(command: PeopleCommand): void {
    Promise.resolve(this.#options.log.append(LOG, command)).catch((error) => {
      this.#world().logger.error("append failed", { command: command.do, why: `${error}` });
    });
  }

  /** Never throws: who called may be the sweep of everybody. */
  #heard({ p, command }: LogEntry<PeopleCommand>): void {
    try {
      const { effects } = stepPeople(this.state, command);
      for (const effect of effects) this.#perform(effect);
    } catch (error) {
      this.#world().logger.error("people step failed", { command: command.do, why: `${error}` });
    }
    this.#options.log.trim(LOG, p); // the state says it all
  }

  #perform(effect: PeopleEffect): void {
    switch (effect.do) {
      case "tell":
        for (const session of effect.to) {
          const socket = this.#world().sessions.get(session)?.socket;
          if (socket) tell(socket, effect.message);
        }
        return;
      case "registered":
        return this.#world().background(this.#tellRegistered(effect), "claim");
      case "news":
        return this.#onlookers.tell(effect.news);
      case "renamed":
        return this.#options.renamed(effect.session);
      case "save":
        return this.#saveSoon();
    }
  }

  async #tellRegistered(
    { session, reservation }: Extract<PeopleEffect, { do: "registered" }>,
  ): Promise<void> {
    const { tokens, sessions } = this.#world();
    if (!sessions.get(session)?.socket) return;
    const claim = await tokens.claim(reservation, this.#now);
    const socket = sessions.get(session)?.socket;
    if (socket) tell(socket, { type: "registered", name: reservation.name, claim });
  }

  #look(connection: Connection, on: boolean): void {
    if (!on) return this.#onlookers.remove(connection);
    if (!this.#isNamed(connection.session!.id)) {
      return this.#refuse(connection, "who", "no-name", "take a name first");
    }
    this.#onlookers.add(connection);
  }

  #detach(session: SessionId, keptMs: number): void {
    if (this.#isNamed(session)) this.#append({ do: "detach", session, at: this.#now, keptMs });
  }

  #isNamed(session: SessionId): boolean {
    return this.state.bySession.has(session);
  }

  #refuse(
    connection: Connection,
    re: NamesClientBody["type"],
    code: NamesFault,
    message: string,
  ): void {
    tell(connection, { type: "names-error", code, message, re });
  }

  // ---- what outlives the process --------------------------------------------------------------------

  async #load(): Promise<void> {
    const { logger } = await Promise.resolve().then(() => this.#world());
    try {
      const kept = await this.#options.keep.read();
      if (kept === null) return;
      const parsed = v.safeParse(keptNames, JSON.parse(new TextDecoder().decode(kept)));
      if (!parsed.success) throw new TypeError("no names");
      this.#append({ do: "load", at: this.#now, kept: parsed.output });
    } catch (error) {
      logger.error("the kept names cannot be read", { why: `${error}` });
    }
  }

  #saveSoon(): void {
    const waitMs = SAVE_AFTER_MS + SAVE_AFTER_MS_PER_NAME * this.state.names.size;
    this.#cancelSave ??= this.#world().clock.after(waitMs, () => {
      this.#cancelSave = null;
      this.#world().background(this.#save(), "names");
    });
  }

  async #save(): Promise<void> {
    const text = JSON.stringify(keptOf(this.state, this.#now));
    await this.#options.keep.write(new TextEncoder().encode(text));
  }
}

function tell({ outbox }: Pick<Connection, "outbox">, message: NamesServerMessage): void {
  outbox.frame(JSON.stringify(message));
}
