/** What `getStats` says of one connection, rebuilt from its records (WebRTC Statistics; pure). */
import type { Conditions } from "./budget_policy.ts";
import type { Reception } from "./weakness.ts";

/** A record as browsers give it: which fields there are depends on its type and the browser. */
export interface StatsRecord {
  readonly id: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface Reading {
  readonly conditions: Conditions;
  readonly roundTripMs: number | null;
  /** Of all that was sent to us so far. */
  readonly received: number;
  readonly lost: number;
  /** Through a TURN server, theirs or ours. */
  readonly relayed: boolean;
}

export function readStats(report: Iterable<StatsRecord>): Reading {
  const all = new Map([...report].map((record) => [record.id, record]));
  const of = (type: string) => [...all.values()].filter((record) => record.type === type);
  const pair = selectedPair(all);
  const candidate = (field: string) => all.get(String(pair?.[field]))?.candidateType;
  const inbound = of("inbound-rtp");
  const camera = of("outbound-rtp").find(({ kind, active, framesSent }) =>
    kind === "video" && active !== false && number(framesSent) > 0
  );
  const roundTrip = pair?.currentRoundTripTime;
  const available = pair?.availableOutgoingBitrate;
  return {
    conditions: {
      limitedBy: camera ? String(camera.qualityLimitationReason ?? "none") : null,
      lossRatio: Math.max(
        0,
        ...of("remote-inbound-rtp").map(({ fractionLost }) => number(fractionLost)),
      ),
      availableBitsPerSecond: typeof available === "number" ? available : null,
    },
    roundTripMs: typeof roundTrip === "number" ? roundTrip * 1000 : null,
    received: sum(inbound, "packetsReceived"),
    lost: sum(inbound, "packetsLost"),
    relayed: [candidate("localCandidateId"), candidate("remoteCandidateId")].includes("relay"),
  };
}

/** What was lost between two looks; counters that went back are another connection's. */
export function receptionOf(before: Reading | null, now: Reading): Reception {
  const received = now.received - (before?.received ?? now.received);
  const lost = now.lost - (before?.lost ?? now.lost);
  const sane = received > 0 && lost > 0;
  return { lossRatio: sane ? lost / (received + lost) : 0, roundTripMs: now.roundTripMs };
}

/** Named by the transport; Firefox marks the pair itself. */
function selectedPair(all: ReadonlyMap<string, StatsRecord>): StatsRecord | undefined {
  const records = [...all.values()];
  const transport = records.find(({ type }) => type === "transport");
  return all.get(String(transport?.selectedCandidatePairId)) ??
    records.find(({ type, selected }) => type === "candidate-pair" && selected === true);
}

function number(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

function sum(records: readonly StatsRecord[], field: string): number {
  return records.reduce((total, record) => total + number(record[field]), 0);
}
