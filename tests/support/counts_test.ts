import assert from "node:assert/strict";
import { addCounts, countReport } from "./counts.ts";

const REPORT = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="6" failures="2" errors="0" time="0.009">
    <testsuite name="./a_test.ts" tests="5" disabled="1" errors="0" failures="1">
        <testcase name="a" classname="./a_test.ts" time="0.002">
        </testcase>
        <testcase name="b" classname="./a_test.ts" time="0.000">
            <skipped/>
        </testcase>
        <testcase name="c &gt; d" classname="./a_test.ts" time="0.001">
            <failure message="Uncaught Error: x">Error: x</failure>
        </testcase>
        <testcase name="a &gt; s1" classname="./a_test.ts" time="0.001">
        </testcase>
        <testcase name="a &gt; s1 &gt; s2" classname="./a_test.ts" time="0.000">
        </testcase>
    </testsuite>
    <testsuite name="./b_test.ts" tests="1" disabled="0" errors="1" failures="0">
        <testcase name="a &gt; s1" classname="./b_test.ts" time="0.001">
            <error message="leak">x</error>
        </testcase>
    </testsuite>
</testsuites>`;

Deno.test("[HS5] Each test is counted once, its steps are not", () => {
  assert.deepEqual(countReport(REPORT), { passed: 1, failed: 2, skipped: 1 });
});

Deno.test("[HS5] No report is no test", () => {
  assert.deepEqual(countReport(""), { passed: 0, failed: 0, skipped: 0 });
});

Deno.test("[HS5] Runs add up", () => {
  const one = { passed: 1, failed: 2, skipped: 3 };
  assert.deepEqual(addCounts(one, one), { passed: 2, failed: 4, skipped: 6 });
});
