/** The signaling of one process: everything about it is made here and ends here. */
import { type BootId, mintId } from "../protocol/ids.ts";
import { CLOSE_RETRY } from "../protocol/limits.ts";
import { Connection, type Incoming } from "./connection.ts";
import { Drain } from "./drain.ts";
import { SocketCount } from "./limits.ts";
import { type CommandLog, MemoryLog } from "./log.ts";
import { type Verify, verifyProof } from "./name_proofs.ts";
import type { PeopleCommand } from "./people_commands.ts";
import { People } from "./people_shell.ts";
import type { Clock, Keep, Logger, Metrics, Random, ServerSocket } from "./ports.ts";
import type { RoomCommand } from "./room_commands.ts";
import { markSeat } from "./marks.ts";
import { Rooms } from "./rooms.ts";
import { Sessions } from "./sessions.ts";
import { SettledTeller } from "./settled_teller.ts";
import { createTokens, type Mac, macOf } from "./tokens.ts";
import { refuseForLoad, type UpgradeRefusal } from "./upgrade.ts";
import { Watchers } from "./watchers.ts";
import type { Member, SignalingConfig, World } from "./world.ts";

const SWEEP_EVERY_MS = 1_000;

export interface SignalingOptions {
  readonly clock: Clock;
  /** Secure randomness. */
  readonly random: Random;
  /** 32 bytes or an HMAC-SHA-256 key, the same after a restart; or what makes MACs with one. */
  readonly key: Uint8Array | CryptoKey | Mac;
  readonly log: CommandLog<RoomCommand>;
  /** Of names and calls; in memory unless told. */
  readonly peopleLog?: CommandLog<PeopleCommand>;
  /** Where names are kept; nowhere unless told. */
  readonly keptNames?: Keep;
  /** Checks signatures; WebCrypto does unless told. */
  readonly verify?: Verify;
  readonly config: SignalingConfig;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Whose socket it is, as far as the request told. */
export interface Peer {
  /** What sockets are counted by: an address, or a group of them. */
  readonly address: string;
  /** By which the server was reached. */
  readonly hostname: string;
  /** Of the page. */
  readonly origin: string;
}

export interface SignalingStats {
  readonly sockets: number;
  readonly sessions: number;
  readonly rooms: number;
  readonly seats: number;
  readonly endpoints: number;
  /** Events somebody has not acknowledged. */
  readonly pending: number;
}

export interface Signaling {
  /** Asked before a request is upgraded; null: another socket of this address is taken. */
  refuses(address: string): UpgradeRefusal | null;
  /** Takes a socket on; never throws. */
  connect(socket: ServerSocket, peer: Peer): Incoming;
  /** What is done once a second; runs by itself. */
  sweep(): void;
  /** Tells everybody to come back later and closes; resolves when all are gone or after 500 ms. */
  drain(): Promise<void>;
  stats(): SignalingStats;
  /** Ends the timers and lets go of everything. */
  dispose(): void;
}

/** Makes signaling. Two in one process share nothing. */
export function createSignaling(options: SignalingOptions): Signaling {
  const { clock, random, log, config, logger, metrics } = options;
  const connections = new Set<Connection>();
  const count = new SocketCount(config);
  const relayed = metrics.counter("tertulia_frames_received_total", "Frames from pages.");
  const rooms = new Rooms(() => world);
  const people = new People(() => world, {
    log: options.peopleLog ?? new MemoryLog(),
    keep: options.keptNames ??
      { read: () => Promise.resolve(null), write: () => Promise.resolve() },
    verify: options.verify ?? verifyProof,
    renamed: (session) => markSeat(world, rooms, session),
  });
  const settled = new SettledTeller(clock);
  const world: World = {
    boot: mintId<BootId>(random),
    bootAt: clock.now(),
    clock,
    random,
    log,
    logger,
    config,
    tokens: createTokens(typeof options.key === "function" ? options.key : macOf(options.key)),
    sessions: new Sessions<Member>((id, room) => people.seated(id, room)),
    watchers: new Watchers((room) => rooms.stateOf(room), config.roomCapacity),
    background: (work, what) =>
      void work.catch((why) => logger.error("work failed", { what, why: `${why}` })),
    people,
    tellSettledSoon: (outbox) => settled.add(outbox),
  };
  let drain: Drain | null = null;

  const sweep = () => {
    const now = clock.now();
    for (const connection of connections) connection.sweep(now);
    rooms.sweep(now);
    people.sweep(now);
  };
  const stopSweeping = clock.every(SWEEP_EVERY_MS, sweep);

  const connect = (socket: ServerSocket, { address, hostname, origin }: Peer): Incoming => {
    const connection = new Connection(world, rooms, socket, hostname, (ended) => {
      connections.delete(ended);
      count.remove(address);
    });
    connections.add(connection);
    people.opened(connection, origin);
    count.add(address);
    if (drain !== null) connection.end(CLOSE_RETRY, "draining");
    return {
      receive: (data) => {
        relayed.add();
        connection.receive(data);
      },
      closed: () => {
        connection.closed();
        drain?.closed(connection);
      },
    };
  };

  const stats = (): SignalingStats => ({
    sockets: connections.size,
    sessions: world.sessions.size,
    ...countRooms(rooms),
  });
  publish(metrics, stats);
  metrics.reading("tertulia_names_online", "People online by name.", () => people.online);

  return {
    refuses(address) {
      const why = drain !== null ? "draining" : count.refusal(address);
      return why === null ? null : refuseForLoad(why);
    },
    connect,
    sweep,
    async drain() {
      drain ??= new Drain([...connections], clock);
      await Promise.all([drain.finished(), people.flush()]);
    },
    stats,
    dispose: () => {
      stopSweeping();
      for (const connection of [...connections]) connection.end(CLOSE_RETRY, "draining");
      settled.dispose();
      rooms.dispose();
      people.dispose();
    },
  };
}

function countRooms(rooms: Rooms): Omit<SignalingStats, "sockets" | "sessions"> {
  const sum = { rooms: 0, seats: 0, endpoints: 0, pending: 0 };
  for (const state of rooms.states()) {
    if (state.seats.length > 0) sum.rooms++;
    sum.seats += state.seats.length;
    sum.endpoints += state.endpoints.length;
    sum.pending += state.pending.length;
  }
  return sum;
}

function publish(metrics: Metrics, stats: () => SignalingStats): void {
  metrics.reading("tertulia_sockets", "Open signaling sockets.", () => stats().sockets);
  metrics.reading("tertulia_rooms", "Rooms somebody is in.", () => stats().rooms);
  metrics.reading("tertulia_seats", "People in rooms.", () => stats().seats);
  metrics.reading("tertulia_events_pending", "Events not acknowledged.", () => stats().pending);
}
