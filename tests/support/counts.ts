/** How many tests passed, failed and were skipped, read from Deno's JUnit report. */

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };

export function addCounts(one: Counts, other: Counts): Counts {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** Counts a report's tests; their steps, which Deno lists as `test > step`, are not counted. */
export function countReport(xml: string): Counts {
  let counts = NONE;
  for (const [suite] of xml.matchAll(/<testsuite [\s\S]*?<\/testsuite>/g)) {
    const cases = [...suite.matchAll(/<testcase name="([^"]*)"[^>]*>([\s\S]*?)<\/testcase>/g)];
    const names = new Set(cases.map(([, name]) => name));
    for (const [, name, body] of cases) {
      if (isStep(name, names)) continue;
      counts = addCounts(counts, countCase(body));
    }
  }
  return counts;
}

function isStep(name: string, names: ReadonlySet<string>): boolean {
  const parts = name.split(" &gt; ");
  return parts.slice(1).some((_, index) => names.has(parts.slice(0, index + 1).join(" &gt; ")));
}

function countCase(body: string): Counts {
  if (/<(failure|error)\b/.test(body)) return { ...NONE, failed: 1 };
  return /<skipped\b/.test(body) ? { ...NONE, skipped: 1 } : { ...NONE, passed: 1 };
}
