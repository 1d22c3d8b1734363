/** What several people at browsers see of each other, at the price of one look at each page. */
import type { Person } from "./person.ts";
import { until } from "./until.ts";

const LOOK_EVERY_MS = 250;

/** Frames decoded of each tile's picture on this page, by name; runs in the page, serialised. */
async function framesInPage(): Promise<Record<string, number>> {
  const decoded = new Map<string, number>();
  for (const peer of globalThis.probe.peers) {
    if (peer.connectionState !== "connected") continue;
    for (const report of (await peer.getStats()).values()) {
      if (report.type !== "inbound-rtp" || report.kind !== "video") continue;
      decoded.set(report.trackIdentifier, report.framesDecoded ?? 0);
    }
  }
  const frames: Record<string, number> = {};
  for (const tile of document.querySelectorAll("[data-peer]:not([data-self])")) {
    const stream = tile.querySelector("video")?.srcObject as MediaStream | null;
    const id = stream?.getVideoTracks()[0]?.id;
    frames[tile.getAttribute("aria-label") ?? ""] = id === undefined ? 0 : decoded.get(id) ?? 0;
  }
  return frames;
}

/** Waits until everybody has exactly the others' tiles, and each one's picture moves. */
export async function everybodyAdvances(people: readonly Person[]): Promise<void> {
  await Promise.all(people.map(async (one) => {
    const others = people.filter((other) => other !== one).map(({ name }) => name).toSorted();
    const read = () => one.page.evaluate(framesInPage);
    const pause = () => new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
    const hasAll = (now: Record<string, number>) =>
      Object.keys(now).toSorted().join() === others.join();
    const start = await until(
      `a picture of each of ${others} for ${one.name}`,
      read,
      (now) => hasAll(now) && others.every((name) => now[name] > 0),
      pause,
    );
    await until(
      `a moving picture of each of ${others} for ${one.name}`,
      read,
      (now) => hasAll(now) && others.every((name) => now[name] > start[name]),
      pause,
    );
  }));
}
