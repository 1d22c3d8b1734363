import assert from "node:assert/strict";
import fc from "fast-check";
import { cleanLine, cleanText, cut, lengthOf } from "../../lib/protocol/text.ts";

// deno-lint-ignore no-control-regex
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

Deno.test("[PR4] length is in code points", () => {
  assert.equal(lengthOf("aé🍲"), 3);
  assert.equal(lengthOf("👨‍👩‍👧"), 5);
});

Deno.test("[PR4] a line is one line without controls or turned directions", () => {
  assert.equal(cleanLine("  Ana\r\n\u0007 \u202eMaría\u2069\t López \u0000"), "Ana María López");
  assert.equal(cleanLine("👩‍🦰 نوشین"), "👩‍🦰 نوشین");
  assert.equal(cleanLine("e\u0301"), "\u00e9");
});

Deno.test("[PR4] text keeps its lines and tabs", () => {
  assert.equal(cleanText("one\r\ntwo\rthree\n\n\tfour\u0000\u202e"), "one\ntwo\nthree\n\n\tfour");
});

Deno.test("[PR4] cleaning is done once and for all, whatever came", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const clean of [cleanLine, cleanText]) {
        const once = clean(text);
        assert.equal(clean(once), once);
        assert.doesNotMatch(once, UNSAFE);
      }
      assert.doesNotMatch(cleanLine(text), /[\n\t]| {2}/);
    }),
    { seed: 4, numRuns: 2000 },
  );
});

Deno.test("[PR4] cutting leaves code points whole", () => {
  assert.equal(cut("🍲🍲🍲", 2), "🍲🍲");
  assert.equal(cut("ab", 2), "ab");
});
