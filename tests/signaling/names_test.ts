import assert from "node:assert/strict";
import { foldName, type NameProof, proofText } from "../../lib/protocol/names.ts";
import { CHALLENGE_MS } from "../../lib/protocol/names_limits.ts";
import type { NamesClientBody } from "../../lib/protocol/names_messages.ts";
import { verifyProof } from "../../lib/signaling/name_proofs.ts";
import type { Keep } from "../../lib/signaling/ports.ts";
import { keyOf, signWith } from "../support/fake_names.ts";
import { ORIGIN, type Page, roomId, type Stage, staged } from "./stage.ts";

type Register = Extract<NamesClientBody, { type: "register" }>;

const CALL = { type: "call", call: "c1", to: "Ben", kind: "talk", key: keyOf("x") };

/** A page that said hello. */
async function arrive(stage: Stage): Promise<Page> {
  const page = stage.connect();
  await page.say({ type: "hello", v: 1 });
  return page;
}

async function ask(page: Page, name: string, owner: string, more: Partial<Register> = {}) {
  const register = { type: "register", name, key: keyOf(owner), listed: true, dnd: false };
  await page.say({ ...register, ...more });
}

/** Signs the challenge that is out; `more` changes what is signed. */
async function prove(page: Page, name: string, owner: string, more: Partial<NameProof> = {}) {
  const { nonce } = page.lastNamed("challenge");
  const { session } = page.welcome;
  const key = keyOf(owner);
  const text = proofText({ origin: ORIGIN, session, nonce, name: foldName(name), key, ...more });
  await page.say({ type: "prove", signature: signWith(key, text) });
}

async function named(stage: Stage, name: string, owner: string, more: Partial<Register> = {}) {
  const page = await arrive(stage);
  await ask(page, name, owner, more);
  await prove(page, name, owner);
  return page;
}

/** One value in memory, which outlives a restart. */
function drawer(): Keep & { value: Uint8Array | null } {
  return {
    value: null,
    read() {
      return Promise.resolve(this.value);
    },
    write(value) {
      this.value = value;
      return Promise.resolve();
    },
  };
}

staged(
  "[DR4] A name is had by a signature of the challenge, and comes with a claim",
  async (stage) => {
    const page = await named(stage, "Ana", "ana");
    assert.deepEqual(page.namesNews(), ["challenge", "registered"]);
  },
);

staged(
  "[DR4] A signature for another origin, session, challenge, name or key is worth nothing",
  async (stage) => {
    const other = await arrive(stage);
    const wrong: Partial<NameProof>[] = [
      { origin: "https://evil.example" },
      { session: other.welcome.session },
      { nonce: "n" },
      { name: "ben" },
      { key: keyOf("another") },
    ];
    for (const more of wrong) {
      const page = await arrive(stage);
      await ask(page, "Ana", "ana");
      await prove(page, "Ana", "ana", more);
      assert.deepEqual(
        page.namesNews(),
        ["challenge", "names-error bad-proof"],
        JSON.stringify(more),
      );
    }
  },
);

staged("[DR4] A recorded signature is good once, for a while, on its own socket", async (stage) => {
  const page = await arrive(stage);
  await ask(page, "Ana", "ana");
  const { nonce } = page.lastNamed("challenge");
  const proof = {
    origin: ORIGIN,
    session: page.welcome.session,
    nonce,
    name: "ana",
    key: keyOf("ana"),
  };
  const recorded = { type: "prove", signature: signWith(keyOf("ana"), proofText(proof)) };
  await page.say(recorded);
  assert.deepEqual(page.namesNews(), ["challenge", "registered"]);
  await page.say(recorded);
  assert.deepEqual(page.namesNews(), ["names-error bad-proof"], "said again");
  const thief = await arrive(stage);
  await ask(thief, "Ana", "ana");
  await thief.say(recorded);
  assert.deepEqual(thief.namesNews(), ["challenge", "names-error bad-proof"], "in another session");
  const back = await stage.resume(page);
  await back.say(recorded);
  assert.deepEqual(back.namesNews(), ["names-error bad-proof"], "on another socket of the session");
  await ask(back, "Ana", "ana");
  await stage.pass(CHALLENGE_MS);
  await prove(back, "Ana", "ana");
  assert.deepEqual(back.namesNews(), ["challenge", "names-error bad-proof"], "too late");
});

Deno.test("[DR4] WebCrypto's signatures are checked as they are made, and garbage is none", async () => {
  const how = { name: "ECDSA", namedCurve: "P-256" };
  const pair = await crypto.subtle.generateKey(how, false, ["sign", "verify"]);
  const url = { alphabet: "base64url", omitPadding: true } as const;
  const key = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)).toBase64(url);
  const text = "a text to sign";
  const made = await crypto.subtle.sign(
    { name: "ECDSA", hash: "SHA-256" },
    pair.privateKey,
    new TextEncoder().encode(text),
  );
  const signature = new Uint8Array(made).toBase64(url);
  assert.equal(key.length, 87);
  assert.equal(signature.length, 86);
  assert.equal(await verifyProof(key, signature, text), true);
  assert.equal(await verifyProof(key, signature, `${text}.`), false);
  const other = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
  assert.equal(await verifyProof(key, other, text), false);
  for (const bad of ["", "A".repeat(87), "é"]) {
    assert.equal(await verifyProof(bad, signature, text), false);
    assert.equal(await verifyProof(key, bad, text), false);
  }
});

staged("[DR3] The owner is never locked out by a ghost of their own", async (stage) => {
  const page = await named(stage, "Ana", "ana");
  page.pair.halfOpen(); // crashed: the server does not know yet
  const next = await named(stage, "Ana", "ana");
  assert.deepEqual(next.namesNews(), ["challenge", "registered"]);
  const thief = await named(stage, "Ana", "thief");
  assert.equal(thief.lastNamed("names-error").suggestion, "Ana 2");
});

staged("[DR6] A reservation outlives a restart where it is kept", async (stage) => {
  stage.keptNames = drawer();
  await stage.restart();
  const page = await named(stage, "Ana", "ana");
  assert.deepEqual(page.namesNews(), ["challenge", "registered"]);
  await stage.pass(1000);
  await stage.restart();
  const thief = await named(stage, "Ana", "thief");
  assert.deepEqual(thief.namesNews(), ["challenge", "names-error name-taken"]);
  const owner = await named(stage, "Ana", "ana");
  assert.deepEqual(owner.namesNews(), ["challenge", "registered"]);
});

staged(
  "[DR6] What is kept and cannot be read is said, and names are had all the same",
  async (stage) => {
    stage.keptNames = drawer();
    await stage.keptNames.write(new TextEncoder().encode("[{}]"));
    await stage.restart();
    const page = await named(stage, "Ana", "ana");
    assert.deepEqual(page.namesNews(), ["challenge", "registered"]);
    assert.equal(stage.errors.splice(0).length, 1);
  },
);

staged(
  "[DR6] A server that has kept nothing honours the claim, the earliest first",
  async (stage) => {
    const owner = await named(stage, "Ana", "ana");
    const { claim } = owner.lastNamed("registered");
    await stage.restart();
    await stage.pass(1000);
    const thief = await named(stage, "Ana", "thief");
    assert.deepEqual(thief.namesNews(), ["challenge", "registered"]);
    const stolen = await named(stage, "Ana", "thief-2", { claim });
    assert.deepEqual(stolen.namesNews(), ["challenge", "names-error name-taken"], "of another key");
    const again = await named(stage, "Ana", "ana", { claim: `${claim}x` });
    assert.deepEqual(again.namesNews(), ["challenge", "names-error name-taken"], "not ours");
    const back = await named(stage, "Ana", "ana", { claim });
    assert.deepEqual(back.namesNews(), ["challenge", "registered"]);
    assert.deepEqual(thief.namesNews(), ["unnamed claimed"]);
    const late = await named(stage, "Ana", "thief");
    assert.deepEqual(late.namesNews(), ["challenge", "names-error name-taken"]);
  },
);

staged("[DR8] Who looks is told who is there once, then of differences", async (stage) => {
  const page = await named(stage, "Ana", "ana");
  const ben = await named(stage, "Ben", "ben");
  const hidden = await named(stage, "Cleo", "cleo", { listed: false });
  page.namesNews();
  await page.say({ type: "who", on: true });
  const { all, people } = page.lastNamed("people");
  assert.equal(all, true);
  assert.deepEqual(people, [{ name: "Ana", reach: "free" }, { name: "Ben", reach: "free" }]);
  page.namesNews();
  await ben.say({ type: "reach", listed: true, dnd: true });
  await ben.say({ type: "reach", listed: true, dnd: false });
  await ben.say({ type: "reach", listed: true, dnd: true });
  await hidden.say({ type: "reach", listed: false, dnd: true });
  await stage.pass(1000);
  assert.deepEqual(page.gotNames, [
    { type: "people", all: false, people: [{ name: "Ben", reach: "dnd" }] },
  ]);
  await page.say({ type: "who", on: false });
  ben.pair.cut();
  page.namesNews();
  await stage.pass(20_000);
  assert.deepEqual(page.namesNews(), []);
});

staged("[DR8] Who has no name looks at nobody", async (stage) => {
  const page = await arrive(stage);
  await page.say({ type: "who", on: true });
  assert.deepEqual(page.namesNews(), ["names-error no-name"]);
});

staged("[DR8] Who has fallen behind is told the whole of it again", async (stage) => {
  const page = await named(stage, "Ana", "ana");
  await page.say({ type: "who", on: true });
  page.namesNews();
  page.stalled = true;
  // What waits for it comes to more than state may wait behind.
  for (let i = 0; i < 1500; i++) {
    page.pair.server.send(JSON.stringify({ type: "ack", filler: "x".repeat(40) }));
  }
  await named(stage, "Ben", "ben");
  await stage.pass(1000);
  page.stalled = false;
  await stage.settle();
  await stage.pass(2000);
  const told = page.gotNames.filter((each) => each.type === "people");
  assert.deepEqual(told, [
    {
      type: "people",
      all: true,
      people: [{ name: "Ana", reach: "free" }, { name: "Ben", reach: "free" }],
    },
  ]);
});

staged("[DR9] Being in a room makes busy, leaving it free again", async (stage) => {
  const page = await named(stage, "Ana", "ana");
  const ben = await named(stage, "Ben", "ben");
  await ben.say({ type: "who", on: true });
  const media = { microphone: false, camera: false, screen: false };
  await page.say({ type: "join", room: roomId("lunch"), name: "Ana", media });
  await stage.pass(1000);
  assert.deepEqual(ben.lastNamed("people").people, [{ name: "Ana", reach: "busy" }]);
  await page.say({ type: "leave" });
  await stage.pass(1000);
  assert.deepEqual(ben.lastNamed("people").people, [{ name: "Ana", reach: "free" }]);
});

staged("[DR10] A page that says it goes is gone sooner than one that is cut off", async (stage) => {
  const [said, cut] = [await named(stage, "Ana", "ana"), await named(stage, "Ben", "ben")];
  await said.say({ type: "away" });
  said.pair.cut();
  cut.pair.cut();
  await stage.pass(7_000);
  assert.equal(stage.online, 1);
  await stage.pass(10_000);
  assert.equal(stage.online, 0);
});

staged("[CA20][CA21] A call over the wire: rings, is accepted, is hung up", async (stage) => {
  const [ana, ben] = [await named(stage, "Ana", "ana"), await named(stage, "Ben", "ben")];
  ana.namesNews();
  ben.namesNews();
  await ana.say(CALL);
  assert.deepEqual([ana.namesNews(), ben.lastNamed("ring").from], [["ringing"], "Ana"]);
  await ben.say({ type: "accept", call: "c1", key: keyOf("y"), camera: true });
  const [mine, theirs] = [ana.lastNamed("accepted"), ben.lastNamed("accepted")];
  assert.equal(mine.room, theirs.room);
  assert.deepEqual([mine.key, theirs.key], [keyOf("y"), keyOf("x")]);
  await ben.say({ type: "hangup", call: "c1" });
  assert.deepEqual(ana.namesNews(), ["accepted", "hungup"]);
});

staged(
  "[CA26] After a restart a call is nobody's: whoever asks is told that it was interrupted",
  async (stage) => {
    await named(stage, "Ana", "ana").then((ana) => ana.say(CALL));
    await stage.restart();
    const ana = await named(stage, "Ana", "ana");
    const ben = await named(stage, "Ben", "ben");
    ana.namesNews();
    ben.namesNews();
    await ana.say({ type: "call?", call: "c1" });
    await stage.pass(10_000);
    await ben.say({ type: "call?", call: "c1" });
    assert.deepEqual([ana.namesNews(), ben.namesNews()], [[], []], "somebody may know better");
    await stage.pass(10_000);
    assert.deepEqual([ana.namesNews(), ben.namesNews()], [["ended interrupted"], [
      "ended interrupted",
    ]]);
  },
);

staged(
  "[DR13][CA27] What cannot be read is an error to its sender, and nothing to anybody else",
  async (stage) => {
    const [ana, ben] = [await named(stage, "Ana", "ana"), await named(stage, "Ben", "ben")];
    ana.namesNews();
    ben.namesNews();
    const register = { type: "register", name: "Ana", key: keyOf("ana"), listed: true, dnd: false };
    const wrong = [
      { ...register, name: "x".repeat(10_000) },
      { ...register, name: { toString: "Ana" } },
      { ...register, key: "short" },
      { ...register, listed: "yes" },
      { type: "prove", signature: "é" },
      { type: "who" },
      { ...CALL, to: { name: "Ben" } },
      { ...CALL, to: "x".repeat(10_000) },
      { ...CALL, call: ["c1"] },
      { ...CALL, kind: "shout" },
      { type: "accept", call: "c1", key: keyOf("x") },
      { type: "call?", call: "c1", known: "won" },
    ];
    for (const message of wrong) {
      const before = ana.all("error").length;
      await ana.say(message);
      assert.equal(ana.all("error").length, before + 1, JSON.stringify(message).slice(0, 80));
      assert.equal(ana.last("error").re, message.type);
    }
    assert.equal(ana.closed, null);
    for (const name of ["", "\u200b", "42", "__proto__"]) {
      await ask(ana, name, "ana");
      const refused = ana.namesNews();
      const right = name === "__proto__" ? ["challenge"] : ["names-error bad-name"];
      assert.deepEqual(refused, right);
    }
    assert.deepEqual(ben.namesNews(), []);
    assert.deepEqual(ben.all("error"), []);
  },
);

staged("[CA20] How long it rings is the server's to set", async (stage) => {
  const [ana, ben] = [await named(stage, "Ana", "ana"), await named(stage, "Ben", "ben")];
  await ana.say(CALL);
  ben.namesNews();
  await stage.pass(4_000);
  assert.deepEqual(ben.namesNews(), []);
  await stage.pass(1_000);
  assert.deepEqual(ben.namesNews(), ["ended unanswered"]);
}, { config: { ringMs: 5_000 } });

staged("[DR13] A command that cannot be folded is logged, and the rest goes on", async (stage) => {
  const ana = await named(stage, "Ana", "ana");
  await stage.peopleLog.append("people", { do: "nonsense", at: stage.clock.now() } as never);
  assert.equal(stage.errors.splice(0).length, 1);
  await ana.say({ type: "who", on: true });
  assert.equal(ana.lastNamed("people").people.length, 1);
});
