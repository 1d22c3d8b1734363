/**
 * One socket and the conversation on it. Costs the server nothing but itself: whatever comes in, no
 * other connection notices, and nothing is thrown to whoever holds the socket.
 */
import { type EndpointId, mintId, type RoomId, type SessionId } from "../protocol/ids.ts";
import {
  CLOSE_FATAL,
  CLOSE_RETRY,
  type FatalReason,
  HELLO_DEADLINE_MS,
  PING_EVERY_MS,
  PROTOCOL_VERSION,
  type RetryReason,
  SILENT_AFTER_MS,
} from "../protocol/limits.ts";
import type { ClientMessage, ErrorCode, IceServer } from "../protocol/messages.ts";
import { speaks } from "../protocol/frame.ts";
import { type Bucket, fullBucket, MALFORMED_RATE, take } from "./limits.ts";
import { handle, unknock } from "./handlers.ts";
import { hear, type Heard } from "./heard.ts";
import { Outbox } from "./outbox.ts";
import type { ServerSocket } from "./ports.ts";
import { resume } from "./resume.ts";
import type { Rooms } from "./rooms.ts";
import type { Session } from "./sessions.ts";
import { RENEW_AFTER_MS } from "./tokens.ts";
import { iceServers, TURN_LIFE_MS } from "./turn.ts";
import type { Member, World } from "./world.ts";

/** What may come in while an answer is being made; a resume and all it sends again fit. */
const INBOX_FRAMES = 512;
const INBOX_LETTERS = 512 * 1024;

/** Credentials are made anew at a join or when asked for, once they are older than this. */
const ICE_FRESH_MS = TURN_LIFE_MS / 2;

/** What the socket's owner calls. Neither throws. */
export interface Incoming {
  receive(data: unknown): void;
  /** The socket is gone. May come never, or twice. */
  closed(): void;
}

export class Connection implements Member, Incoming {
  readonly outbox: Outbox;
  endpoint: EndpointId | null = null;
  ice: readonly IceServer[] = [];
  epoch = 0;
  /** Whose socket this is, once a welcome is under way. */
  session: Session<Member> | null = null;
  watching: RoomId | null = null;
  /** At whose door this socket's session knocks. */
  knocking: RoomId | null = null;
  /** When the latest frame came, ms since 1970: the time at which it is handled, too. */
  heardAt: number;
  readonly world: World;
  readonly rooms: Rooms;
  readonly #hostname: string;
  readonly #gone: (connection: Connection) => void;
  #iceAt = 0;
  #token = "";
  #tokenAt = 0;
  #welcomed = false;
  #ended = false;
  /** An answer is being made: what comes in meanwhile waits, so that order stays. */
  #busy = false;
  #readying = false;
  #inbox: string[] = [];
  #inboxLetters = 0;
  #malformed: Bucket | null = null;
  readonly #openedAt: number;
  #pingedAt: number;

  /**
   * @param hostname by which the server was reached; says which ICE servers are of use
   * @param gone runs once, when the connection has ended
   */
  constructor(
    world: World,
    rooms: Rooms,
    socket: ServerSocket,
    hostname: string,
    gone: (connection: Connection) => void,
  ) {
    this.world = world;
    this.rooms = rooms;
    this.#hostname = hostname;
    this.#gone = gone;
    this.outbox = new Outbox(socket, () => this.end(CLOSE_RETRY, "slow"));
    this.#openedAt = this.heardAt = this.#pingedAt = world.clock.now();
  }

  receive(data: unknown): void {
    if (this.#ended) return;
    this.heardAt = this.world.clock.now();
    if (!this.#busy) return this.#take(data);
    const frame = typeof data === "string" ? data : "";
    this.#inboxLetters += frame.length;
    this.#inbox.push(frame);
    if (this.#inbox.length > INBOX_FRAMES || this.#inboxLetters > INBOX_LETTERS) {
      this.end(CLOSE_RETRY, "rate");
    }
  }

  closed(): void {
    this.outbox.end();
    this.#cleanUp();
  }

  end(code: typeof CLOSE_FATAL, reason: FatalReason): void;
  end(code: typeof CLOSE_RETRY, reason: RetryReason): void;
  end(code: number, reason: string): void {
    this.outbox.close(code, reason);
    this.#cleanUp();
  }

  replaced(): void {
    this.end(CLOSE_FATAL, "replaced");
  }

  /** Once a second, for all connections by one timer. */
  sweep(now: number): void {
    if (!this.#welcomed) {
      if (now - this.#openedAt >= HELLO_DEADLINE_MS) this.end(CLOSE_FATAL, "no-hello");
      return;
    }
    if (now - this.heardAt >= SILENT_AFTER_MS) return this.end(CLOSE_RETRY, "silent");
    if (now - this.#pingedAt >= PING_EVERY_MS) {
      this.#pingedAt = now;
      this.outbox.send({ type: "ping" });
    }
    if (now - this.#tokenAt >= RENEW_AFTER_MS) this.#renewToken(now);
    this.outbox.flushStates();
  }

  welcome(resumed: boolean, room: RoomId | null): boolean {
    if (this.#welcomed || this.session === null) return false;
    this.#welcomed = true;
    this.outbox.send({
      type: "welcome",
      v: PROTOCOL_VERSION,
      boot: this.world.boot,
      session: this.session.id,
      epoch: this.epoch,
      token: this.#token,
      resumed,
      room,
    });
    this.#token = "";
    return true;
  }

  ready(): void {
    if (!this.#busy || this.#readying) return;
    this.#readying = true;
    // The caller is still telling what else follows; what waits is handled after that.
    queueMicrotask(() => this.#drainInbox());
  }

  /** Does something that takes time; frames wait until `ready`. */
  whileBusy(re: ClientMessage["type"], work: () => Promise<void>): void {
    this.#busy = true;
    const safe = work().catch((error) => {
      this.#failed(error, re);
      this.ready();
    });
    this.world.background(safe, re);
  }

  /** Takes the session on: from now on this is its socket. False when it has ended meanwhile. */
  async begin(id: SessionId, tokenEpoch: number): Promise<boolean> {
    const { sessions, tokens, clock } = this.world;
    await this.refreshIce(id);
    // Read after every wait but the last, so that two resumes at once get two epochs.
    if (this.#ended) return false;
    this.epoch = sessions.nextEpoch(id, tokenEpoch);
    this.session = sessions.bind(id, this);
    this.#tokenAt = clock.now();
    this.#token = await tokens.session(id, this.epoch, this.#tokenAt);
    return !this.#ended;
  }

  /** Makes credentials for relays anew, where they end by themselves and half their life is over. */
  async refreshIce(id: SessionId): Promise<void> {
    const { config, clock } = this.world;
    const now = clock.now();
    if (this.#iceAt > 0 && now - this.#iceAt < ICE_FRESH_MS) return;
    const stunUrls = config.stunFor(this.#hostname);
    // The id is a tag in the relay's log, not the session's, which nobody else is to know.
    this.ice = await iceServers({ stunUrls, turn: config.turn }, id.slice(0, 8), clock.date());
    this.#iceAt = now;
  }

  fail(code: ErrorCode, message: string, re: string | null, n?: number): void {
    this.outbox.send({ type: "error", code, message, re, ...(n === undefined ? {} : { n }) });
  }

  /** Counts a frame that should not have come; a stream of them ends the connection. */
  countMalformed(): void {
    const now = this.world.clock.now();
    this.#malformed ??= fullBucket(MALFORMED_RATE, now);
    if (!take(this.#malformed, MALFORMED_RATE, now)) this.end(CLOSE_FATAL, "abuse");
  }

  #take(data: unknown): void {
    const parsed = hear(data);
    if (!parsed.ok) {
      this.fail(parsed.code, parsed.message, parsed.re, parsed.n);
      return this.countMalformed();
    }
    const { message } = parsed;
    try {
      if (this.#welcomed) handle(this, message, typeof data === "string" ? data.length : 0);
      else this.#first(message);
    } catch (error) {
      this.#failed(error, message.type);
    }
  }

  #first(message: Heard): void {
    if (message.type !== "hello" && message.type !== "resume") {
      this.fail("no-hello", "say hello or resume first", message.type);
      return this.end(CLOSE_FATAL, "no-hello");
    }
    if (!speaks(message.v)) {
      this.fail("version", `version ${PROTOCOL_VERSION} is spoken here`, message.type);
      return this.end(CLOSE_FATAL, "version");
    }
    if (message.type === "resume") {
      return this.whileBusy("resume", () => resume(this, message));
    }
    this.whileBusy("hello", async () => {
      if (!await this.begin(mintId<SessionId>(this.world.random), 0)) return;
      this.welcome(false, null);
      this.ready();
    });
  }

  #drainInbox(): void {
    this.#readying = this.#busy = false;
    while (!this.#busy && !this.#ended) {
      const frame = this.#inbox.shift();
      if (frame === undefined) return;
      this.#inboxLetters -= frame.length;
      this.#take(frame);
    }
  }

  #renewToken(now: number): void {
    const { tokens, background } = this.world;
    this.#tokenAt = now;
    const told = tokens.session(this.session!.id, this.epoch, now)
      .then((token) => this.outbox.send({ type: "token", token }));
    background(told, "token");
  }

  #failed(error: unknown, re: string): void {
    this.world.logger.error("message failed", { re, why: `${error}` });
    this.fail("internal", "the server failed at this message", re);
  }

  /** Done where the end is decided: the other side may never answer a close. */
  #cleanUp(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#inbox = [];
    const { sessions, watchers, clock, people } = this.world;
    if (this.watching !== null) watchers.remove(this.watching, this.outbox);
    unknock(this);
    const { session } = this;
    const room = session?.room ?? null;
    const wasLatest = session !== null && sessions.unbind(session.id, this);
    people.closed(this, wasLatest);
    if (wasLatest && room !== null) {
      const { epoch } = this;
      this.rooms.append(room, { do: "detach", session: session.id, epoch, at: clock.now() });
    }
    this.#gone(this);
  }
}
