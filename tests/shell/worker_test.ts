/** The service worker in a world of doubles: caches, a network that may be away, events. */
import assert from "node:assert/strict";
import { TAKE_OVER } from "../../components/app_update.ts";
import { serveShell, type WorkerScope } from "../../lib/shell/worker.ts";

const ORIGIN = "https://calls.example";
const OLD_NONCE = "0123456789abcdef";

type Stores = Map<string, Map<string, Response>>;

/** What a browser keeps for an origin; several workers share it. */
function cacheStorage(stores: Stores): WorkerScope["caches"] {
  const open = (name: string) => {
    const store = stores.get(name) ?? new Map<string, Response>();
    stores.set(name, store);
    return {
      match: (key: string) => Promise.resolve(store.get(key)?.clone()),
      put: (key: string, response: Response) => Promise.resolve(void store.set(key, response)),
    } as unknown as Cache;
  };
  return {
    open: (name) => Promise.resolve(open(name)),
    keys: () => Promise.resolve([...stores.keys()]),
    delete: (name) => Promise.resolve(stores.delete(name)),
    match: async (key) => {
      for (const name of stores.keys()) {
        const found = await open(name).match(key);
        if (found) return found;
      }
    },
  };
}

/** A worker of a build, and what is done with it. */
function worker(version: string, stores: Stores, files: string[] = []) {
  const done: string[] = [];
  const tasks = new Map<string, (event: never) => void>();
  const network = { away: false, asked: [] as string[] };
  const scope: WorkerScope = {
    location: { origin: ORIGIN },
    caches: cacheStorage(stores),
    clients: { claim: () => Promise.resolve(void done.push("claim")) },
    crypto,
    skipWaiting: () => Promise.resolve(void done.push("skip")),
    addEventListener: (type: string, task: (event: never) => void) => void tasks.set(type, task),
    fetch(request) {
      const path = typeof request === "string" ? request : request.url.slice(ORIGIN.length);
      network.asked.push(path);
      if (network.away) return Promise.reject(new TypeError("no network"));
      if (path === "/gone.js") return Promise.resolve(new Response(null, { status: 404 }));
      const headers = { "content-security-policy": `script-src 'nonce-${OLD_NONCE}'` };
      const text = `${version} ${path} <script nonce="${OLD_NONCE}">`;
      return Promise.resolve(new Response(text, { headers }));
    },
  };
  serveShell(scope, { version, files: ["/offline", "/_fresh/js/a.js", "/app.css?m=1", ...files] });
  const lasting = async (type: "install" | "activate") => {
    let work: Promise<unknown> = Promise.resolve();
    tasks.get(type)!({ waitUntil: (given: Promise<unknown>) => work = given } as never);
    await work;
  };
  return {
    done,
    network,
    install: () => lasting("install"),
    activate: () => lasting("activate"),
    say: (data: unknown) => tasks.get("message")!({ data } as never),
    /** The worker's answer, or null where it leaves the request to the browser. */
    ask(path: string, { method = "GET", mode = "no-cors", origin = ORIGIN } = {}) {
      let answer: Promise<Response> | null = null;
      const request = { url: origin + path, method, mode };
      const respondWith = (given: Promise<Response>) => answer = given;
      tasks.get("fetch")!({ request, respondWith } as never);
      return answer as Promise<Response> | null;
    },
  };
}

const textOf = async (answer: Promise<Response> | null) => (await answer)!.text();

Deno.test("[PW2] It keeps the files of its build by their paths, and nothing else", async () => {
  const stores: Stores = new Map();
  const one = worker("v1", stores);
  await one.install();
  const kept = [...stores.get("tertulia v1")!.keys()];
  assert.deepEqual(kept.toSorted(), ["/_fresh/js/a.js", "/app.css", "/offline"]);
  for (const path of ["/r/sunday-lunch", "/r/x?from=mail", "/", "/offline"]) {
    await one.ask(path, { mode: "navigate" });
  }
  assert.deepEqual([...stores.get("tertulia v1")!.keys()], kept, "pages pass through");
  const passed = ["/api/signal", "/metrics", "/app.css?m=2", "/app.css", "/r/sunday-lunch"];
  for (const path of [...passed, "/_fresh/js/a.js?x=1"]) assert.equal(one.ask(path), null, path);
  assert.equal(one.ask("/offline", { method: "POST" }), null);
  assert.equal(one.ask("/app.css?m=1", { origin: "https://elsewhere.example" }), null);
});

Deno.test("[PW2] Files of the build come from what is kept", async () => {
  const one = worker("v1", new Map());
  await one.install();
  one.network.away = true;
  assert.match(await textOf(one.ask("/_fresh/js/a.js")), /v1 \/_fresh\/js\/a\.js/);
  assert.match(await textOf(one.ask("/app.css?m=1")), /v1 \/app\.css/);
});

Deno.test("[PW3] A page that cannot be had gives way to the offline page, with a new nonce", async () => {
  const one = worker("v1", new Map());
  await one.install();
  assert.match(await textOf(one.ask("/r/x", { mode: "navigate" })), /v1 \/r\/x/);
  one.network.away = true;
  const nonces = new Set<string>([OLD_NONCE]);
  for (let i = 0; i < 3; i++) {
    const response = await one.ask("/r/x", { mode: "navigate" })!;
    const [, nonce] = /'nonce-([0-9a-f]{32})'/.exec(
      response.headers.get("content-security-policy")!,
    )!;
    const text = await response.text();
    assert.match(text, /v1 \/offline/);
    assert.ok(text.includes(`nonce="${nonce}"`) && !text.includes(OLD_NONCE));
    nonces.add(nonce);
  }
  assert.equal(nonces.size, 4);
});

Deno.test("[PW4] A new build waits until it is told to take over", async () => {
  const one = worker("v1", new Map());
  await one.install();
  one.say("something else");
  assert.deepEqual(one.done, []);
  one.say(TAKE_OVER);
  assert.deepEqual(one.done, ["skip"]);
});

Deno.test("[PW4] A page of the build before still finds its files; those before it are let go", async () => {
  const stores: Stores = new Map([["something else's", new Map()]]);
  for (const version of ["v1", "v2", "v3"]) {
    const next = worker(version, stores, [`/_fresh/js/${version}.js`]);
    await next.install();
    await next.activate();
    assert.deepEqual(next.done, ["claim"]);
  }
  assert.deepEqual([...stores.keys()], ["something else's", "tertulia v2", "tertulia v3"]);
  const last = worker("v3", stores);
  last.network.away = true;
  assert.match(await textOf(last.ask("/_fresh/js/v2.js")), /v2 /);
  await assert.rejects(last.ask("/_fresh/js/v1.js")!, /no network/);
});

Deno.test("[PW2] Half a build is none", async () => {
  const one = worker("v1", new Map(), ["/gone.js"]);
  await assert.rejects(one.install(), /\/gone\.js answers 404/);
});

Deno.test("[PW2] It needs nothing but its world: as text it is the same", async () => {
  const text = String(serveShell);
  const rebuilt: typeof serveShell = (0, eval)(`(${text})`);
  const tasks: string[] = [];
  const scope = { addEventListener: (type: string) => void tasks.push(type) };
  rebuilt(scope as unknown as WorkerScope, { version: "v", files: [] });
  assert.deepEqual(tasks.toSorted(), ["activate", "fetch", "install", "message"]);
  await Promise.resolve();
});
