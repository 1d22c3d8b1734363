import assert from "node:assert/strict";
import { generate } from "lean-qr";
import { darkRuns } from "../../components/qr_path.ts";

/** The modules a path covers, as rows of `#` and `.`. */
function painted(path: string, size: number): string[] {
  const rows = Array.from({ length: size }, () => Array<string>(size).fill("."));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let i = 0; i < Number(width); i++) rows[Number(y)][Number(x) + i] = "#";
  }
  return rows.map((row) => row.join(""));
}

Deno.test("[UI11] a code is drawn module for module", () => {
  const code = generate("https://tertulia.example/r/q7vd#k=secret");
  const wanted = Array.from(
    { length: code.size },
    (_, y) => Array.from({ length: code.size }, (_, x) => code.get(x, y) ? "#" : ".").join(""),
  );
  assert.deepEqual(painted(darkRuns(code), code.size), wanted);
  assert.match(wanted[0], /^#######\..*\.#######$/, "a finder pattern's edge");
});

Deno.test("[UI11] light modules alone are an empty path", () => {
  assert.equal(darkRuns({ size: 3, get: () => false }), "");
});
