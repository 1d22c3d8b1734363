import assert from "node:assert/strict";
import { type CommandLog, type LogEntry, MemoryLog } from "../../lib/signaling/log.ts";
import { step } from "../../lib/signaling/room.ts";
import type { RoomCommand } from "../../lib/signaling/room_commands.ts";
import { emptyRoom, type RoomState } from "../../lib/signaling/room_state.ts";
import { type Page, roomId, Stage } from "./stage.ts";

/** Keeps every command for ever, beside a log that trims. */
class RecordingLog extends MemoryLog<RoomCommand> implements CommandLog<RoomCommand> {
  readonly recorded: LogEntry<RoomCommand>[] = [];

  override async append(log: string, command: RoomCommand): Promise<number> {
    const kept = structuredClone(command);
    const entry = { p: this.recorded.length + 1, command: kept };
    this.recorded.push(entry);
    return await super.append(log, command);
  }
}

/** Plays people at random in one room, and gives its log. */
async function play(seed: number): Promise<readonly LogEntry<RoomCommand>[]> {
  const log = new RecordingLog();
  const stage = new Stage({ seed, log });
  const { random } = stage;
  const pages: Page[] = [await stage.enter("0")];
  const numbers = new Map<string, number>();
  for (let turn = 0; turn < 150; turn++) {
    const page = random.pick(pages);
    const inside = page.closed === null && page.got.at(-1)?.type !== "bye" &&
      page.all("joined").length > 0;
    const n = (numbers.get(page.welcome.session) ?? 0) + 1;
    const to = pages.find((each) => each !== page && each.all("joined").length > 0)?.endpoint;
    const move = random.below(10);
    if (move === 0 && pages.length < 9) pages.push(await stage.enter(`${turn}`));
    else if (move === 1) page.pair.cut();
    else if (move === 2 && page.closed !== null) {
      pages[pages.indexOf(page)] = await stage.resume(page, { reloaded: random.oneIn(3) });
    } else if (move === 3) await stage.pass(random.below(20_000));
    else if (!inside) continue;
    else if (move === 4 && random.oneIn(4)) await page.say({ type: "leave" });
    else if (move === 5) await page.say({ type: "state", hand: random.oneIn(2) });
    else if (move === 6) await page.say({ type: "away" });
    else if (to !== undefined && move > 7) {
      numbers.set(page.welcome.session, n);
      await page.say({ type: "signal", n, to, conn: 1, proof: `${turn}` });
    } else {
      numbers.set(page.welcome.session, n);
      await page.say({ type: "chat", n, body: { kind: "plain", text: `${turn}` } });
    }
  }
  stage.end();
  return log.recorded;
}

function fold(entries: readonly LogEntry<RoomCommand>[]): [RoomState, string[]] {
  let state = emptyRoom(roomId("lunch"));
  const effects: string[] = [];
  for (const entry of entries) {
    const result = step(state, structuredClone(entry));
    state = result.state;
    effects.push(JSON.stringify(result.effects));
    assert.deepEqual(JSON.parse(JSON.stringify(state)), state, "plain JSON after each step");
  }
  return [state, effects];
}

Deno.test("[RM1] One recorded log folded on two shells gives equal state and effects", async () => {
  for (const seed of [1, 2, 3]) {
    const entries = await play(seed);
    assert.ok(entries.length > 80, `${entries.length} commands`);
    const [one, effects] = fold(entries);
    const [two, again] = fold(JSON.parse(JSON.stringify(entries)));
    assert.deepEqual(one, two);
    assert.deepEqual(effects, again);
  }
});

Deno.test("[RM1] A shell that joins late folds the log to the same state", async () => {
  const entries = await play(4);
  const [folded] = fold(entries);
  const half = entries.length >> 1;
  const [state] = fold(entries.slice(0, half));
  let late: RoomState = JSON.parse(JSON.stringify(state));
  for (const entry of entries.slice(half)) late = step(late, entry).state;
  assert.deepEqual(late, folded);
});

Deno.test("[RM1] A step that has nothing to do with the state leaves it as it was", () => {
  const state = emptyRoom(roomId("lunch"));
  const by = { session: "s" as never, epoch: 1, at: 5 };
  for (const command of ["detach", "away", "ack"] as const) {
    const { effects } = step(state, { p: state.p + 1, command: { do: command, ...by } });
    assert.deepEqual(effects, []);
  }
  assert.deepEqual(state, { ...emptyRoom(roomId("lunch")), p: 3 });
});
