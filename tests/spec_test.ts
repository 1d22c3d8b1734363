import assert from "node:assert/strict";
import { lacks } from "./support/permissions.ts";
import { sources } from "./support/sources.ts";

const ID = /[A-Z]{2}\d+/;

/** Rules by id, as SPEC.md lists them. */
function rules(): string[] {
  const text = Deno.readTextFileSync(new URL("../SPEC.md", import.meta.url));
  return [...text.matchAll(new RegExp(`^- \\*\\*(${ID.source})\\*\\* \\S`, "gm"))].map(([, id]) =>
    id
  );
}

/** Ids at the start of tests' titles, which may cite several. */
function citations(): Map<string, string[]> {
  const cited = new Map<string, string[]>();
  const tests = sources(["tests", "lib/fresh"], ["_test.ts", "_test.tsx", ".e2e.ts"]);
  for (const { path, text } of tests) {
    for (const [title] of text.matchAll(new RegExp(`["'\`](\\[${ID.source}\\])+`, "g"))) {
      for (const [id] of title.matchAll(new RegExp(ID, "g"))) {
        cited.set(id, [...cited.get(id) ?? [], path]);
      }
    }
  }
  return cited;
}

Deno.test({
  name: "[HS4] Every rule of SPEC.md has a test that cites it",
  ignore: lacks("read"),
  fn() {
    const cited = citations();
    assert.deepEqual(rules().filter((id) => !cited.has(id)), []);
  },
});

Deno.test({
  name: "[HS4] Every id a test cites is a rule of SPEC.md, and each rule has one id",
  ignore: lacks("read"),
  fn() {
    const known = rules();
    const strange = [...citations()].filter(([id]) => !known.includes(id))
      .map(([id, files]) => `${id} in ${[...new Set(files)].join(", ")}`);
    assert.deepEqual(strange, []);
    assert.equal(new Set(known).size, known.length);
  },
});
