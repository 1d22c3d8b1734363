import assert from "node:assert/strict";
import {
  HELD_CANDIDATES,
  negotiate,
  type Negotiation,
  type NegotiationAct,
  type NegotiationInput,
  newNegotiation,
  usernameFragments,
} from "../../lib/call/negotiation.ts";
import type { Candidate, Description } from "../../lib/protocol/messages.ts";

function description(
  type: "offer" | "answer",
  id: string,
  fragment: string,
  re?: string,
): Description {
  return { id, type, sdp: `v=0\r\na=ice-ufrag:${fragment}\r\n`, ...re !== undefined && { re } };
}

const offer = (id: string, fragment = "remote") => description("offer", id, fragment);
const answer = (id: string, re: string, fragment = "remote") =>
  description("answer", id, fragment, re);
const candidate = (usernameFragment: string, text = "c"): Candidate => ({
  candidate: text,
  sdpMid: "0",
  sdpMLineIndex: 0,
  usernameFragment,
});

/** Feeds inputs one after the other; returns the last state and the acts of each. */
function run(start: Negotiation, ...inputs: NegotiationInput[]) {
  let state = start;
  const acts: (readonly NegotiationAct[])[] = [];
  for (const input of inputs) {
    const step = negotiate(state, input);
    state = step.state;
    acts.push(step.acts);
  }
  return { state, acts, last: acts.at(-1)! };
}

const OFFERED = { is: "offered", desc: offer("mine", "local") } as const;

Deno.test("[NG2] those inside make no offer before the newcomer's first one came", () => {
  const inside = newNegotiation(true, false);
  assert.deepEqual(run(inside, { is: "needed" }).last, []);
  const after = run(inside, { is: "applied", desc: offer("first") }, { is: "needed" });
  assert.deepEqual(after.last, [{ do: "offer", restart: false }]);
});

Deno.test("[NG1] the polite side gives its offer up, the impolite passes over the other's", () => {
  for (const polite of [true, false]) {
    const { last } = run(
      newNegotiation(polite, true),
      OFFERED,
      { is: "description", desc: offer("theirs") },
    );
    assert.deepEqual(last, polite ? [{ do: "apply", desc: offer("theirs"), rollback: true }] : []);
  }
});

Deno.test("[NG1] while an offer is out no second one is made", () => {
  assert.deepEqual(run(newNegotiation(false, true), OFFERED, { is: "needed" }).last, []);
});

Deno.test("[NG3] an offer that comes again gets the same answer again", () => {
  const mine = { ...answer("a1", "o1", "local") };
  const { acts } = run(
    newNegotiation(true, false),
    { is: "description", desc: offer("o1") },
    { is: "applied", desc: offer("o1") },
    { is: "answered", desc: mine },
    { is: "description", desc: offer("o1") },
  );
  assert.deepEqual(acts.slice(1), [
    [{ do: "answer", offer: "o1" }],
    [{ do: "send", desc: mine }],
    [{ do: "send", desc: mine }],
  ]);
});

Deno.test("[NG3] an answer counts only for the offer that is out", () => {
  const start = newNegotiation(true, true);
  const fits = { is: "description", desc: answer("a", "mine") } as const;
  const stale = { is: "description", desc: answer("a", "older") } as const;
  assert.deepEqual(run(start, stale).last, []);
  assert.deepEqual(run(start, OFFERED, stale).last, []);
  assert.deepEqual(run(start, OFFERED, fits).last, [
    { do: "apply", desc: fits.desc, rollback: false },
  ]);
  assert.equal(run(start, OFFERED, { is: "applied", desc: fits.desc }).state.pending, null);
});

Deno.test("[NG4] candidates wait for their description and follow the answer", () => {
  const { acts } = run(
    newNegotiation(true, false),
    { is: "candidate", candidate: candidate("remote") },
    { is: "candidate", candidate: candidate("other") },
    { is: "applied", desc: offer("o1") },
    { is: "candidate", candidate: candidate("remote", "late") },
  );
  assert.deepEqual(acts, [
    [],
    [],
    [{ do: "answer", offer: "o1" }, { do: "add", candidate: candidate("remote") }],
    [{ do: "add", candidate: candidate("remote", "late") }],
  ]);
});

Deno.test("[NG4] candidates of an older description, or of one passed over, are dropped", () => {
  const { state, acts } = run(
    newNegotiation(false, true),
    OFFERED,
    { is: "description", desc: offer("passed over", "passed") },
    { is: "candidate", candidate: candidate("passed") },
    { is: "applied", desc: answer("a1", "mine", "one") },
    { is: "applied", desc: offer("o2", "two") },
    { is: "candidate", candidate: candidate("one") },
  );
  assert.deepEqual(acts.slice(3), [[], [{ do: "answer", offer: "o2" }], []]);
  assert.deepEqual(state.held, []);
  assert.deepEqual(state.older, ["one"]);
});

Deno.test("[NG4] no more candidates are held than a peer could have", () => {
  let state = newNegotiation(true, false);
  for (let i = 0; i < HELD_CANDIDATES + 10; i++) {
    state = run(state, { is: "candidate", candidate: candidate("x", `${i}`) }).state;
  }
  assert.equal(state.held.length, HELD_CANDIDATES);
  assert.equal(state.held[0].candidate, "10");
});

Deno.test("[NG6] what signaling may have lost, and a restart while an offer is out, send it again", () => {
  const start = newNegotiation(false, true);
  const again = [{ do: "send", desc: OFFERED.desc }];
  assert.deepEqual(run(start, OFFERED, { is: "lossy" }).last, again);
  assert.deepEqual(run(start, OFFERED, { is: "restart" }).last, again);
  assert.deepEqual(run(start, { is: "lossy" }).last, []);
});

Deno.test("[NG6] a restart makes new ICE credentials; where nothing stands yet, a first offer", () => {
  const waiting = newNegotiation(true, false);
  assert.deepEqual(run(waiting, { is: "restart" }).last, [{ do: "offer", restart: false }]);
  const standing = run(waiting, { is: "applied", desc: offer("o1") }).state;
  assert.deepEqual(run(standing, { is: "restart" }).last, [{ do: "offer", restart: true }]);
});

Deno.test("[NG4] username fragments are read wherever they stand, each once", () => {
  const sdp = "a=ice-ufrag:ab+/\r\nm=audio\r\na=ice-ufrag:cd12\r\na=ice-ufrag:cd12\r\n";
  assert.deepEqual(usernameFragments(sdp), ["ab+/", "cd12"]);
});
