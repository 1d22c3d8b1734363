/** What the parts of the shell share: made once by `service.ts`. */
import type { TurnSettings } from "../config.ts";
import type { BootId, EndpointId, RoomId } from "../protocol/ids.ts";
import type { CLOSE_FATAL, CLOSE_RETRY, FatalReason, RetryReason } from "../protocol/limits.ts";
import type { IceServer } from "../protocol/messages.ts";
import type { CommandLog } from "./log.ts";
import type { Outbox } from "./outbox.ts";
import type { People } from "./people_shell.ts";
import type { Clock, Logger, Random } from "./ports.ts";
import type { RoomCommand } from "./room_commands.ts";
import type { Sessions, SessionSocket } from "./sessions.ts";
import type { Tokens } from "./tokens.ts";
import type { Watchers } from "./watchers.ts";

export interface SignalingConfig {
  /** Seats of a room, and the most a first join may ask for. */
  readonly roomCapacity: number;
  /** How long a call by name rings; RING_MS unless told. */
  readonly ringMs?: number;
  readonly maxSockets: number;
  readonly maxSocketsPerAddress: number;
  /** STUN servers for somebody who reached this server by `hostname`. */
  readonly stunFor: (hostname: string) => readonly string[];
  readonly turn: TurnSettings | null;
}

/** A connection as rooms see it: a session's socket, and what it was told. */
export interface Member extends SessionSocket {
  readonly outbox: Outbox;
  /** The endpoint it was told it is; events go to no other. */
  endpoint: EndpointId | null;
  readonly ice: readonly IceServer[];
  /** Says `welcome`; false if that was said before. */
  welcome(resumed: boolean, room: RoomId | null): boolean;
  /** What came while an answer was being made may be handled now. */
  ready(): void;
  end(code: typeof CLOSE_FATAL, reason: FatalReason): void;
  end(code: typeof CLOSE_RETRY, reason: RetryReason): void;
}

export interface World {
  readonly boot: BootId;
  /** Ms since 1970. */
  readonly bootAt: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: CommandLog<RoomCommand>;
  readonly logger: Logger;
  readonly tokens: Tokens;
  readonly config: SignalingConfig;
  readonly sessions: Sessions<Member>;
  readonly watchers: Watchers;
  readonly people: People;
  /** Looks after work nobody waits for: what goes wrong in it is logged. */
  background(work: Promise<unknown>, what: string): void;
  /** Sees to it that what is settled is told soon, with other frames or alone. */
  tellSettledSoon(outbox: Outbox): void;
}
