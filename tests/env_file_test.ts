import assert from "node:assert/strict";
import { parseEnvFile } from "../lib/env_file.ts";

const lines: [string, string | undefined][] = [
  ["A=1", "1"],
  ["  A = 1  ", "1"],
  ["export A=1", "1"],
  ["A=", ""],
  ["A=# nothing", ""],
  ["A=turn:a.example?transport=udp", "turn:a.example?transport=udp"],
  ["A=a#b", "a#b"],
  ["A=a b # why", "a b"],
  ['A="a # b" # why', "a # b"],
  ["A='a \\n \"b\"'", 'a \\n "b"'],
  ['A="a\\n\\"b\\"\\\\"', 'a\n"b"\\'],
  ["# A=1", undefined],
  ["A", undefined],
  ["1A=1", undefined],
  ["", undefined],
];

for (const [line, value] of lines) {
  Deno.test(`[CF1] A line of .env: ${line}`, () => {
    assert.equal(parseEnvFile(`B=0\n${line}\r\nC=2`).get("A"), value);
  });
}

Deno.test("[CF1] Of a .env file the last value of a name counts, others stand beside it", () => {
  assert.deepEqual([...parseEnvFile("\uFEFFA=1\nB=2\nA=3")], [["A", "3"], ["B", "2"]]);
});
