import assert from "node:assert/strict";
import { steadyNow } from "../lib/clock.ts";

/** A computer's clock that is set at will, and one nobody sets. */
class Readings {
  wallMs = Date.UTC(2026, 0, 1);
  elapsedMs = 5_000;
  asked = 0;

  wall(): number {
    return this.wallMs;
  }

  elapsed(): number {
    this.asked++;
    return this.elapsedMs;
  }

  pass(ms: number): void {
    this.wallMs += ms;
    this.elapsedMs += ms;
  }
}

Deno.test("[SV13] Time is the computer's at the start and goes on as it passes", () => {
  const readings = new Readings();
  const now = steadyNow(readings);
  const start = now();
  assert.equal(start, readings.wallMs);
  readings.asked = 0;
  for (let i = 1; i <= 100; i++) {
    readings.pass(1_000);
    assert.equal(now(), start + i * 1_000);
  }
  assert.equal(readings.asked, 0, "the dear reading is not asked for what is swept every second");
});

Deno.test("[SV13] Setting the clock on or back, or a sleep, changes nothing", () => {
  for (const jumpMs of [3_600_000, -3_600_000, 20_000, -20_000, 13 * 3_600_000]) {
    const readings = new Readings();
    const now = steadyNow(readings);
    const start = now();
    readings.pass(700);
    readings.wallMs += jumpMs;
    readings.pass(500);
    assert.equal(now() - start, 1_200, `${jumpMs}`);
    readings.pass(500);
    assert.equal(now() - start, 1_700, `${jumpMs}, later`);
  }
});

Deno.test("[SV13] After a time in which nothing was asked it is right at once", () => {
  const readings = new Readings();
  const now = steadyNow(readings);
  const start = now();
  readings.pass(60_000);
  assert.equal(now() - start, 60_000);
});

Deno.test("[SV13] It never goes back, small steps of the clock included", () => {
  const readings = new Readings();
  const now = steadyNow(readings);
  readings.wallMs += 1_000; // too small to be doubted
  const told = now();
  readings.wallMs -= 3_600_000;
  assert.ok(now() >= told);
});
