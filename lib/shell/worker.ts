/**
 * The service worker. Its one function is sent to browsers as text, so it uses nothing from outside
 * itself; its world is handed to it, so that tests run it too.
 */
import type { Shell } from "./shell.ts";

/** The part of `ServiceWorkerGlobalScope` in use. */
export interface WorkerScope {
  readonly location: { readonly origin: string };
  readonly caches: Pick<CacheStorage, "open" | "keys" | "delete" | "match">;
  readonly clients: { claim(): Promise<void> };
  readonly crypto: Pick<Crypto, "getRandomValues">;
  fetch(request: Request | string): Promise<Response>;
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", task: (event: LastingEvent) => void): void;
  addEventListener(type: "message", task: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "fetch", task: (event: FetchEvent) => void): void;
}
/** Lasts as long as what it waits for. */
interface LastingEvent {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent {
  readonly request: Pick<Request, "url" | "method" | "mode">;
  respondWith(response: Promise<Response>): void;
}

/**
 * Keeps the files of one build, and nothing else: no page but the one for being offline, no answer
 * of the API, nothing with a name or a query of anybody's in it.
 *
 * A new one waits until the person lets it take over, or every page of the old one is gone. Files of
 * the build before stay one build longer, for pages that still run it.
 */
export function serveShell(scope: WorkerScope, shell: Shell): void {
  const PREFIX = "tertulia ";
  const NAME = PREFIX + shell.version;
  const OFFLINE = "/offline";
  const BUNDLES = "/_fresh/js/";
  const pathOf = (file: string) => file.replace(/\?.*$/, "");

  scope.addEventListener("install", (event) => event.waitUntil(fill()));
  scope.addEventListener("activate", (event) => event.waitUntil(tidy()));
  scope.addEventListener("message", ({ data }) => {
    if (data === "take over") scope.skipWaiting();
  });
  scope.addEventListener("fetch", (event) => {
    const { url, method, mode } = event.request;
    const { origin, pathname, search } = new URL(url);
    if (method !== "GET" || origin !== scope.location.origin) return;
    if (mode === "navigate") return event.respondWith(visit(event.request as Request));
    const isOfOld = pathname.startsWith(BUNDLES) && search === "";
    if (shell.files.includes(pathname + search) || isOfOld) {
      event.respondWith(serve(event.request as Request, pathname, isOfOld));
    }
  });

  async function fill(): Promise<void> {
    const cache = await scope.caches.open(NAME);
    await Promise.all(shell.files.map(async (file) => {
      const response = await scope.fetch(file);
      if (!response.ok) throw new Error(`${file} answers ${response.status}`);
      await cache.put(pathOf(file), response);
    }));
  }

  /** Keys come in the order the caches were made. */
  async function tidy(): Promise<void> {
    const ours = (await scope.caches.keys()).filter((name) => name.startsWith(PREFIX));
    const before = ours.filter((name) => name !== NAME);
    await Promise.all(before.slice(0, -1).map((name) => scope.caches.delete(name)));
    await scope.clients.claim();
  }

  /** Bundles have their hash in their name, so whichever build's cache has one has the right one. */
  async function serve(request: Request, path: string, fromAny: boolean): Promise<Response> {
    const kept = fromAny
      ? await scope.caches.match(path)
      : await (await scope.caches.open(NAME)).match(path);
    return kept ?? await scope.fetch(request);
  }

  async function visit(request: Request): Promise<Response> {
    try {
      return await scope.fetch(request);
    } catch (error) {
      const page = await (await scope.caches.open(NAME)).match(OFFLINE);
      if (!page) throw error;
      return await withNewNonce(page);
    }
  }

  /** The page was rendered once: each showing gets a nonce of its own all the same. */
  async function withNewNonce(page: Response): Promise<Response> {
    const policy = page.headers.get("content-security-policy") ?? "";
    const [, old = ""] = /'nonce-([^']+)'/.exec(policy) ?? [];
    const bytes = scope.crypto.getRandomValues(new Uint8Array(16));
    const nonce = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const renewed = (text: string) => old === "" ? text : text.replaceAll(old, nonce);
    const headers = new Headers(page.headers);
    headers.set("content-security-policy", renewed(policy));
    headers.delete("content-length");
    return new Response(renewed(await page.text()), { headers });
  }
}
