/** What is read from a browser's records, and when a connection is called weak. */
import assert from "node:assert/strict";
import { readStats, receptionOf, type StatsRecord } from "../../lib/call/stats.ts";
import { type Reception, STRONG, weigh } from "../../lib/call/weakness.ts";

const CHROMIUM: readonly StatsRecord[] = [
  { id: "T", type: "transport", selectedCandidatePairId: "P2" },
  { id: "P1", type: "candidate-pair", nominated: true },
  {
    id: "P2",
    type: "candidate-pair",
    localCandidateId: "L",
    remoteCandidateId: "R",
    currentRoundTripTime: 0.08,
    availableOutgoingBitrate: 900_000,
  },
  { id: "L", type: "local-candidate", candidateType: "host" },
  { id: "R", type: "remote-candidate", candidateType: "relay" },
  { id: "IA", type: "inbound-rtp", kind: "audio", packetsReceived: 400, packetsLost: 4 },
  { id: "IV", type: "inbound-rtp", kind: "video", packetsReceived: 600, packetsLost: 6 },
  { id: "OA", type: "outbound-rtp", kind: "audio" },
  {
    id: "OV",
    type: "outbound-rtp",
    kind: "video",
    framesSent: 30,
    qualityLimitationReason: "cpu",
  },
  { id: "RA", type: "remote-inbound-rtp", kind: "audio", fractionLost: 0.01 },
  { id: "RV", type: "remote-inbound-rtp", kind: "video", fractionLost: 0.03 },
];

Deno.test("[NG13] [NG14] a connection's records are read", () => {
  assert.deepEqual(readStats(CHROMIUM), {
    conditions: { limitedBy: "cpu", lossRatio: 0.03, availableBitsPerSecond: 900_000 },
    roundTripMs: 80,
    received: 1000,
    lost: 10,
    relayed: true,
  });
});

Deno.test("[NG14] Firefox names no pair by the transport, and says less", () => {
  const reading = readStats([
    { id: "P", type: "candidate-pair", selected: true, localCandidateId: "L" },
    { id: "L", type: "local-candidate", candidateType: "relay" },
    { id: "OV", type: "outbound-rtp", kind: "video", framesSent: 2 },
  ]);
  assert.deepEqual(reading, {
    conditions: { limitedBy: "none", lossRatio: 0, availableBitsPerSecond: null },
    roundTripMs: null,
    received: 0,
    lost: 0,
    relayed: true,
  });
});

Deno.test("[NG13] a camera that is off sends nothing that could be limited", () => {
  const off = { id: "OV", type: "outbound-rtp", kind: "video", framesSent: 0 };
  assert.equal(readStats([off]).conditions.limitedBy, null);
});

Deno.test("[NG14] losses count between two looks; another connection's counters do not", () => {
  const at = (received: number, lost: number) => ({ ...readStats([]), received, lost });
  assert.equal(receptionOf(null, at(100, 50)).lossRatio, 0);
  assert.equal(receptionOf(at(100, 50), at(190, 60)).lossRatio, 0.1);
  assert.equal(receptionOf(at(100, 50), at(10, 0)).lossRatio, 0);
  assert.equal(receptionOf(at(100, 50), at(100, 50)).lossRatio, 0);
});

Deno.test("[NG14] weak after 5 s of loss or delay, sound after 5 s well below", () => {
  let state = STRONG;
  let nowMs = 0;
  const look = (seconds: number, reception: Partial<Reception>) => {
    for (let at = 0; at < seconds; at++) {
      state = weigh(state, { lossRatio: 0, roundTripMs: 50, ...reception }, nowMs);
      nowMs += 1000;
    }
    return state.weak;
  };
  assert.equal(look(5, { lossRatio: 0.1 }), false);
  assert.equal(look(1, {}), false, "over again");
  assert.equal(look(5, { lossRatio: 0.1 }), false);
  assert.equal(look(1, { roundTripMs: 600 }), true);
  assert.equal(look(20, { lossRatio: 0.03 }), true, "better, but not well");
  assert.equal(look(5, { roundTripMs: null }), true);
  assert.equal(look(1, {}), false);
});
