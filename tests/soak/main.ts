/**
 * `deno task soak [scene] [rounds]`: plays every scene, or one, 20 times or as often as told, and
 * prints what was measured. Ends with 1 where a scene failed; a goal missed is only said. `--short`
 * waits no longer than the tests do.
 */
import { Figures, type Scene } from "./scene.ts";
import { SCENES } from "./scenes.ts";

const ROUNDS = 20;

async function play(scene: Scene, rounds: number): Promise<boolean> {
  const why = await scene.cannot?.() ?? null;
  if (why !== null) {
    console.log(`${scene.name}: skipped: ${why}`);
    return true;
  }
  const figures = new Figures();
  let failed: unknown = null;
  const from = Date.now();
  try {
    await scene.play({ rounds, full: !short }, figures);
  } catch (error) {
    failed = error;
  }
  const seconds = Math.round((Date.now() - from) / 1000);
  const load = Deno.loadavg()[0].toFixed(1);
  console.log(`${scene.name}: ${failed ? "FAILED" : "held"}, ${seconds} s, load ${load}`);
  for (const line of figures.lines()) console.log(`  ${line}`);
  if (failed) console.error(failed);
  return !failed;
}

const short = Deno.args.includes("--short");
const rounds = Deno.args.map(Number).find(Number.isInteger) ?? ROUNDS;
const names = Deno.args.filter((argument) =>
  argument !== "--short" && !Number.isInteger(Number(argument))
);
const unknown = names.filter((name) => !SCENES.some((scene) => scene.name === name));
if (unknown.length > 0) {
  const all = SCENES.map(({ name }) => name).join(", ");
  console.error(`No such scene: ${unknown.join(", ")}. There are ${all}.`);
  Deno.exit(2);
}
let held = true;
for (const scene of SCENES) {
  if (names.length > 0 && !names.includes(scene.name)) continue;
  held = await play(scene, rounds) && held;
}
Deno.exit(held ? 0 : 1);
