/** What the server costs under load, beside a bare relay in Deno and beside socket.io. */
import { type Contender, contenders } from "../load/contenders.ts";
import { type Amounts, measureIdle, measureRound, type Round } from "../load/measures.ts";
import type { ServerProcess } from "../load/server_process.ts";
import { type Figure, median, printRows } from "./figures.ts";

const ROUNDS = 5;
const AMOUNTS: Amounts = { pairs: 100, bursts: 8, joins: 500, lanes: 20, callsPerLane: 15 };
/** Enough for V8 to have compiled what is often run: a server runs for weeks. */
const WARM_UP: Amounts = { ...AMOUNTS, bursts: 20, joins: 200, callsPerLane: 5 };

const IDLE_ROUNDS = 3;
const IDLE_MEMBERS = 5_000;

/** One column of the table: medians over the rounds. */
interface Column extends Round {
  readonly name: string;
  readonly bytesPerMember: number;
}

/** Measures all three in turn, prints what each came to, and gives the figures with a budget. */
export async function measureLoad(): Promise<readonly Figure[]> {
  const all = await contenders();
  const columns = await columnsOf(all);
  printTable(columns);
  const [ours, relay, socketIo] = columns;
  const cpu = "server CPU per relayed message";
  return [
    { what: `${cpu}, to ${relay.name}`, value: ratio(ours, relay), budget: 1.3, unit: "×" },
    { what: `${cpu}, to ${socketIo.name}`, value: ratio(ours, socketIo), budget: 0.7, unit: "×" },
    { what: "memory per idle member", value: ours.bytesPerMember / 1000, budget: 24, unit: "kB" },
  ];
}

async function columnsOf(all: readonly Contender[]): Promise<Column[]> {
  const rounds = await measureRounds(all);
  const idle = await measureIdleRounds(all);
  return all.map(({ name }, i) => {
    const of = (field: keyof Round) => median(rounds[i].map((round) => round[field]));
    return {
      name,
      cpuUsPerMessage: of("cpuUsPerMessage"),
      joinsPerSecond: of("joinsPerSecond"),
      cpuUsPerJoin: of("cpuUsPerJoin"),
      callsPerSecond: of("callsPerSecond"),
      cpuUsPerCall: of("cpuUsPerCall"),
      bytesPerMember: median(idle[i]),
    };
  });
}

/** Servers that stay up, in turn, so that whatever else the machine does is everybody's. */
async function measureRounds(all: readonly Contender[]): Promise<Round[][]> {
  const servers: ServerProcess[] = [];
  try {
    for (const contender of all) servers.push(await contender.start());
    const targets = all.map(({ connect }, i) => ({ server: servers[i], connect }));
    for (const target of targets) await measureRound(target, WARM_UP);
    const rounds: Round[][] = all.map(() => []);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, target] of targets.entries()) {
        rounds[i].push(await measureRound(target, AMOUNTS));
      }
    }
    return rounds;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** A new server each time: memory that was let go of would hide what the next ones take. */
async function measureIdleRounds(all: readonly Contender[]): Promise<number[][]> {
  const bytes: number[][] = all.map(() => []);
  for (let round = 0; round < IDLE_ROUNDS; round++) {
    for (const [i, { start, connect }] of all.entries()) {
      const server = await start();
      try {
        bytes[i].push(await measureIdle({ server, connect }, IDLE_MEMBERS));
      } finally {
        await server.stop();
      }
    }
  }
  return bytes;
}

function ratio(ours: Column, other: Column): number {
  return ours.cpuUsPerMessage / other.cpuUsPerMessage;
}

function printTable(columns: readonly Column[]): void {
  const row = (what: string, of: (column: Column) => string) => [what, ...columns.map(of)];
  printRows([
    row(`median of ${ROUNDS} (memory of ${IDLE_ROUNDS})`, ({ name }) => name),
    row("server CPU per relayed message", (each) => `${each.cpuUsPerMessage.toFixed(1)} µs`),
    row("server CPU per join", (each) => `${each.cpuUsPerJoin.toFixed(0)} µs`),
    row("server CPU per whole call", (each) => `${each.cpuUsPerCall.toFixed(0)} µs`),
    row("joins a second", (each) => each.joinsPerSecond.toFixed(0)),
    row("whole calls a second", (each) => each.callsPerSecond.toFixed(0)),
    row(
      `memory per idle member of ${IDLE_MEMBERS}`,
      (each) => `${(each.bytesPerMember / 1000).toFixed(1)} kB`,
    ),
  ]);
}
