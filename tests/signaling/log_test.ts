import assert from "node:assert/strict";
import type { CommandLog, LogEntry } from "../../lib/signaling/log.ts";
import { MemoryLog } from "../../lib/signaling/log.ts";
import type { RoomCommand } from "../../lib/signaling/room_commands.ts";
import { staged } from "./stage.ts";

Deno.test("[SG14] A log tells every entry once, in order, also those appended while it tells", () => {
  const log = new MemoryLog<string>();
  const heard: string[] = [];
  log.append("room", "before");
  const undo = log.subscribe("room", 0, ({ p, command }) => {
    heard.push(`${p} ${command}`);
    if (command === "before") log.append("room", "meanwhile");
  });
  log.append("room", "after");
  undo();
  log.append("room", "unheard");
  assert.deepEqual(heard, ["1 before", "2 meanwhile", "3 after"]);
});

Deno.test("[SG14] A log is read from any position it still holds", async () => {
  const log = new MemoryLog<string>();
  for (const word of ["a", "b", "c", "d"]) await log.append("room", word);
  log.trim("room", 2);
  assert.deepEqual(await log.read("room", 0), [{ p: 3, command: "c" }, { p: 4, command: "d" }]);
  assert.deepEqual(await log.read("room", 3), [{ p: 4, command: "d" }]);
  assert.deepEqual(await log.read("other", 0), []);
  log.drop("room");
  assert.equal(log.size, 0);
});

/** A log somewhere else: it takes its time, and may fail. */
class FarLog implements CommandLog<RoomCommand> {
  readonly #near = new MemoryLog<RoomCommand>();
  failing = false;

  async append(log: string, command: RoomCommand): Promise<number> {
    for (let i = 0; i < 5; i++) await Promise.resolve();
    if (this.failing) throw new Error("the log is away");
    return await this.#near.append(log, command);
  }

  read(log: string, from: number): Promise<readonly LogEntry<RoomCommand>[]> {
    return this.#near.read(log, from);
  }

  subscribe(log: string, from: number, heard: (entry: LogEntry<RoomCommand>) => void) {
    let told = Promise.resolve();
    return this.#near.subscribe(log, from, (entry) => {
      told = told.then(() => Promise.resolve()).then(() => heard(entry));
    });
  }

  trim(log: string, upTo: number): void {
    this.#near.trim(log, upTo);
  }

  drop(log: string): void {
    this.#near.drop(log);
  }
}

const chat = (n: number) => ({ type: "chat", n, body: { kind: "plain", text: `${n}` } });

staged("[SG14] A log that tells later changes nothing", async (stage) => {
  const ana = await stage.enter("Ana");
  const page = stage.connect();
  page.post(JSON.stringify({ type: "hello", v: 1 }));
  page.post(JSON.stringify({ type: "join", room: "lunch", name: "Bo", media: media }));
  for (const n of [1, 2, 2, 3]) page.post(JSON.stringify(chat(n)));
  page.post(JSON.stringify({ type: "signal", n: 4, to: ana.endpoint, conn: 1 }));
  await stage.settle();
  assert.deepEqual(ana.news(), ["welcome", "joined", "arrived", "chat", "chat", "chat", "signal"]);
  page.pair.cut();
  await stage.settle();
  await ana.say(chat(1));
  const back = await stage.resume(page);
  assert.deepEqual(back.news(), ["welcome", "synced", "chat"]);
  const full = stage.connect();
  full.post(JSON.stringify({ type: "hello", v: 1 }));
  full.post(JSON.stringify({ type: "join", room: "lunch", name: "Cy", media, ticket: "no" }));
  full.post(JSON.stringify(chat(1)));
  await stage.settle();
  assert.deepEqual(full.all("error").map(({ code }) => code), ["bad-ticket", "not-in-room"]);
  await back.say({ type: "leave" });
  await ana.say({ type: "leave" });
  await stage.pass(125_000);
  assert.equal(stage.signaling.stats().rooms, 0);
}, { log: new FarLog() });

const failing = new FarLog();
staged(
  "[SG14] A log that fails costs the sender its socket; what it said comes again",
  async (stage) => {
    const ana = await stage.enter("Ana");
    const bo = await stage.enter("Bo");
    failing.failing = true;
    await bo.say(chat(1));
    failing.failing = false;
    assert.deepEqual([bo.closed, ana.closed], ["4001 internal", null]);
    const back = await stage.resume(bo);
    await back.say(chat(1));
    assert.equal(ana.all("chat").length, 1);
    assert.ok(stage.errors.splice(0).every((line) => line.includes("append")));
  },
  { log: failing },
);

const media = { microphone: true, camera: true, screen: false };
