import assert from "node:assert/strict";
import fc from "fast-check";
import { foldName, parseName, proofText, suggestName } from "../../lib/protocol/names.ts";

function named(text: string) {
  const parsed = parseName(text);
  assert.ok(parsed.ok, text);
  return parsed;
}

Deno.test("[DR1] A name has 1 to 32 characters, a letter of any script among them", () => {
  for (
    const name of ["Ana", "Ø", "李小龍", "Ἀχιλλεύς", "नेहा", "عائشة", "O'Brien-2", "A".repeat(32)]
  ) {
    assert.equal(named(name).name, name);
  }
  assert.equal(named("  Ana \t Ruiz ").name, "Ana Ruiz");
  assert.equal(named("Ana\u200b\u00adRuiz\u2060").name, "AnaRuiz");
  // A family emoji and a heart keep the joiners and selectors they are drawn by.
  assert.equal(named("Ana 👩‍👧 ❤️").name, "Ana 👩‍👧 ❤️");
  assert.equal([...named("𝒜".repeat(32)).name].length, 32);
});

Deno.test("[DR1] What is no name is refused with the reason", () => {
  const faults: [string, string][] = [
    ["", "empty"],
    [" \u200b\u3164 \u2800", "empty"],
    ["\u200d\ufe0f", "empty"],
    ["A".repeat(33), "too-long"],
    ["A".repeat(10_000), "too-long"],
    ["1234", "bad-characters"],
    ["…", "bad-characters"],
    ["👋", "bad-characters"],
    ["Ana\ud800", "bad-characters"],
    ["Ana\ue000", "bad-characters"],
  ];
  for (const [text, why] of faults) {
    assert.deepEqual(parseName(text), { ok: false, why }, JSON.stringify(text.slice(0, 20)));
  }
});

Deno.test("[DR2] Names that read the same are one name", () => {
  const same: [string, string][] = [
    ["Ana", "aNA"],
    ["Ana", "Ａｎａ"], // full width
    ["Zoë", "Zoe\u0308"],
    ["Ana Ruiz", "Ana\u00a0\u3000Ruiz"],
    ["Ana", "A\u200bn\u2060a\u00ad"],
    ["Ana", "A\u200dna\ufe0f"],
    ["Straße", "STRASSE"],
    ["Οδυσσεύς", "ΟΔΥΣΣΕΎΣ"],
    ["ﬁona", "FIONA"],
  ];
  for (const [one, other] of same) assert.equal(named(one).folded, named(other).folded, one);
  const different: [string, string][] = [["Ana", "Ann"], ["Ana B", "AnaB"], ["Zoe", "Zoë"]];
  for (const [one, other] of different) {
    assert.notEqual(named(one).folded, named(other).folded, one);
  }
});

Deno.test("[DR2] A folded name folds to itself, and one as shown is read as it is", () => {
  const text = fc.array(fc.integer({ min: 0, max: 0x2ffff }), { maxLength: 40 })
    .map((points) => String.fromCodePoint(...points));
  fc.assert(fc.property(text, (text) => {
    const parsed = parseName(text);
    if (!parsed.ok) return;
    assert.deepEqual(parseName(parsed.name), parsed);
    assert.equal(foldName(parsed.folded), parsed.folded);
  }));
});

Deno.test("[DR5] The suggestion for a taken name is free, like it, and no longer than a name", () => {
  const taken = new Set(["ana 2", "ana 3"]);
  assert.equal(suggestName("Ana", (folded) => !taken.has(folded)), "Ana 4");
  const long = suggestName("A".repeat(32), () => true);
  assert.equal(long, `${"A".repeat(30)} 2`);
  assert.equal(suggestName(`${"A".repeat(29)} BC`, () => true), `${"A".repeat(29)} 2`);
});

Deno.test("[DR4] What is signed names purpose, origin, session, challenge, name and key", () => {
  const proof = { origin: "https://a.example", session: "s", nonce: "n", name: "ana", key: "k" };
  const text = proofText(proof);
  assert.equal(text, "tertulia: take up a name\nhttps://a.example\ns\nn\nana\nk");
  for (const field of Object.keys(proof)) {
    assert.notEqual(proofText({ ...proof, [field]: "" }), text);
  }
});
