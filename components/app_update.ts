/**
 * The service worker as pages see it: asked for once, and told of a newer build. Imports nothing,
 * so that it is a small part of its own, loaded when the page has nothing else to do.
 */

/** What makes a worker that waits take over; `lib/shell/worker.ts` hears it. */
export const TAKE_OVER = "take over";

const SCRIPT = "/sw.js";
/** A page may stay open for days, and the browser looks by itself only when one is loaded. */
const LOOK_EVERY_MS = 30 * 60_000;

/** Takes the newer build into use, and loads the page anew with it. */
export type TakeUpdate = () => void;

let ready: TakeUpdate | null = null;
const listeners = new Set<(take: TakeUpdate) => void>();
let watching = false;

/**
 * Tells once a newer build is ready, at once if one is; registers the worker with the first call.
 * Where there are no workers (plain http, private windows of some browsers) nothing happens.
 *
 * @returns its undo
 */
export function onUpdate(tell: (take: TakeUpdate) => void): () => void {
  listeners.add(tell);
  if (ready) tell(ready);
  if (!watching && "serviceWorker" in navigator) {
    watching = true;
    watch(navigator.serviceWorker).catch(() => {}); // refused or out of reach: nothing is kept
  }
  return () => listeners.delete(tell);
}

async function watch(workers: ServiceWorkerContainer): Promise<void> {
  const registration = await workers.register(trusted(SCRIPT), { updateViaCache: "none" });
  const look = () => void registration.update().catch(() => {});
  const offer = () => {
    const { waiting } = registration;
    if (!waiting || !registration.active) return;
    ready = () => {
      if (waiting.state !== "installed") return location.reload(); // another tab let it take over
      workers.addEventListener("controllerchange", () => location.reload(), { once: true });
      waiting.postMessage(TAKE_OVER);
    };
    for (const tell of listeners) tell(ready);
  };
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", offer);
  });
  offer();
  setInterval(look, LOOK_EVERY_MS);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
}

interface PolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

/** The one policy the page's content policy lets be made: it trusts one script, our worker. */
function trusted(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
  if (!trustedTypes) return url;
  return trustedTypes.createPolicy("tertulia", {
    createScriptURL(asked) {
      if (asked !== SCRIPT) throw new TypeError(`${asked} is no script of ours`);
      return asked;
    },
  }).createScriptURL(url);
}
