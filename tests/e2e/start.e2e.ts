/** The app as it is started and first seen: the task, the pages, and the silence towards others. */
import assert from "node:assert/strict";
import { PROTOCOL_VERSION } from "../../lib/protocol/limits.ts";
import { inTemporaryFolder } from "../support/temporary.ts";
import { launchChromium } from "./support/chromium.ts";
import { startServer } from "./support/server.ts";
import { openSilentSocket } from "./support/silent_socket.ts";
import { type Started, whileStarted } from "./support/started.ts";

async function textOf(url: URL): Promise<string> {
  const response = await fetch(url);
  const text = await response.text();
  assert.equal(response.status, 200, `${url}: ${text}`);
  return text;
}

/** Opens the signaling socket as a page of that origin would. Deno takes headers, the DOM does not. */
function openSocket(base: string): WebSocket {
  const options = { headers: { origin: base } } as unknown as string[];
  return new WebSocket(new URL("/api/signal", base), options);
}

/** Runs `task` beside the started app, which keeps its data in a folder of its own. */
function beside(task: (started: Started, folder: string) => Promise<void>): Promise<void> {
  return inTemporaryFolder((folder) =>
    whileStarted(
      { PORT: "0", DATA_DIR: folder, LOG_LEVEL: "info" },
      (started) => task(started, folder),
    )
  );
}

Deno.test("[SV8][SE14] deno task start serves pages with all they name, and writes only its key", () =>
  beside(async (started, folder) => {
    for (const path of ["/", "/r/sunday"]) {
      const html = await textOf(new URL(path, started.url));
      const named = [...html.matchAll(/(?:href|from ?)="(\/[^"#]+\.(?:js|css|svg)[^"#]*)/g)];
      assert.ok(named.length > 3, html);
      for (const [, file] of named) await textOf(new URL(file, started.url));
    }
    const { code } = await started.end("SIGINT");
    assert.equal(code, 0, started.said());
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["signing-key"]);
    assert.doesNotMatch(started.said(), / (warn|error) /);
  }));

Deno.test("[CF2] deno task start refuses a wrong setting by its name", async () => {
  const started = whileStarted(
    { PORT: "many", ROOM_CAPACITY: "1" },
    () => assert.fail("it serves"),
  );
  await assert.rejects(started, (error: Error) => {
    assert.match(error.message, /ended with 1:[^]*PORT must be [^]*ROOM_CAPACITY must be/);
    assert.doesNotMatch(error.message, /at .*\.ts:\d/, "for people, not a stack");
    return true;
  });
});

Deno.test("[SV6] On SIGTERM everybody is told within 500 ms, and the process is gone within 4 s", () =>
  beside(async (started) => {
    const socket = openSocket(started.url);
    const heard = (type: string) =>
      new Promise<number>((resolve, reject) => {
        socket.addEventListener("message", ({ data }) => {
          if (JSON.parse(data).type === type) resolve(performance.now());
        });
        socket.addEventListener("close", () => reject(new Error(`closed before ${type}`)));
      });
    socket.onopen = () => socket.send(JSON.stringify({ type: "hello", v: PROTOCOL_VERSION }));
    await heard("welcome");
    const from = performance.now();
    const [told, { code, tookMs }] = await Promise.all([heard("draining"), started.end("SIGTERM")]);
    assert.equal(code, 0, started.said());
    assert.ok(told - from <= 500, `told after ${told - from} ms`);
    assert.ok(tookMs <= 4000, `gone after ${tookMs} ms`);
  }));

Deno.test("[SV6] A client that answers nothing does not keep the process", () =>
  beside(async (started) => {
    using silent = await openSilentSocket(started.url);
    assert.ok(silent);
    const { code, tookMs } = await started.end("SIGTERM");
    assert.equal(code, 0, started.said());
    assert.ok(tookMs <= 4000, `gone after ${tookMs} ms`);
  }));

Deno.test("[SE17] No page asks anything of another host, and none complains", async () => {
  const server = await startServer();
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const hosts = new Set<string>();
    const complaints: string[] = [];
    page.on("request", (request) => hosts.add(new URL(request.url()).host));
    page.on("websocket", (socket) => hosts.add(new URL(socket.url()).host));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (line) => {
      if (["error", "warning"].includes(line.type())) complaints.push(line.text());
    });
    for (const path of ["/", "/r/sunday"]) {
      const response = await page.goto(new URL(path, server.base).href, { waitUntil: "load" });
      assert.equal(response?.status(), 200);
      await page.getByRole("button").first().waitFor();
    }
    assert.deepEqual(complaints, []);
    assert.deepEqual([...hosts], [new URL(server.base).host]);
  } finally {
    await browser.close();
    await server.stop();
  }
});
