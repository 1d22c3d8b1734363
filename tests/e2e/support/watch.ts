/**
 * What a page goes through during a fault, seen from outside the app: how long each inbound track
 * stood still, whose tiles came and went, what was announced, which phases the room had.
 *
 * The functions named `…InPage` run in the page, serialised: they refer to nothing outside.
 */
import type { Page } from "playwright-core";

/** One inbound track while it was watched. */
export interface TrackWatch {
  readonly kind: "audio" | "video";
  /** The longest time between two looks that found more packets (sound) or frames (picture). */
  readonly gapMs: number;
  /** By how much `totalAudioEnergy` rose; 0 for pictures. */
  readonly energy: number;
  /** The seat whose tile plays it; null where no tile does. */
  readonly seat: string | null;
}

/** Everything seen since the watch began. */
export interface Seen {
  readonly tracks: readonly TrackWatch[];
  /** Names of the tiles that were put on or taken off the stage. */
  readonly came: readonly string[];
  readonly went: readonly string[];
  /** What the polite live region said. */
  readonly said: readonly string[];
  readonly phases: readonly PhaseSeen[];
}

/** A phase of the room and when it was first seen, in ms since 1970. */
export interface PhaseSeen {
  readonly phase: string;
  readonly atMs: number;
}

interface WatchInPage {
  readonly phases: readonly PhaseSeen[];
  end(): Promise<Seen>;
}

declare global {
  var watch: WatchInPage | undefined;
}

const LOOK_EVERY_MS = 100;

async function beginInPage(everyMs: number): Promise<void> {
  interface Kept {
    kind: "audio" | "video";
    track: string;
    count: number;
    grewMs: number;
    gapMs: number;
    firstEnergy: number;
    energy: number;
  }
  const kept = new Map<string, Kept>();
  const look = async () => {
    for (const [index, peer] of globalThis.probe.peers.entries()) {
      if (peer.connectionState === "closed") continue;
      const reports = await peer.getStats();
      const now = performance.now();
      for (const report of reports.values()) {
        if (report.type !== "inbound-rtp") continue;
        const count = (report.kind === "video" ? report.framesDecoded : report.packetsReceived) ??
          0;
        const energy = report.totalAudioEnergy ?? 0;
        const key = `${index} ${report.kind} ${report.ssrc}`;
        const known = kept.get(key);
        if (!known) {
          const track = report.trackIdentifier as string;
          const fresh = { kind: report.kind, track, count, grewMs: now, gapMs: 0 };
          kept.set(key, { ...fresh, firstEnergy: energy, energy });
          continue;
        }
        known.energy = energy;
        known.gapMs = Math.max(known.gapMs, now - known.grewMs);
        if (count > known.count) known.grewMs = now;
        known.count = count;
      }
    }
  };
  const tileSelector = "[data-peer]:not([data-self])";
  const tilesIn = (node: Node) =>
    node instanceof Element
      ? [...node.matches(tileSelector) ? [node] : [], ...node.querySelectorAll(tileSelector)]
      : [];
  const nameOf = (tile: Element) => tile.getAttribute("aria-label") ?? "";
  const came: string[] = [];
  const went: string[] = [];
  const said: string[] = [];
  const phases: { phase: string; atMs: number }[] = [];
  const seePhase = () => {
    const phase = document.querySelector("[data-phase]")?.getAttribute("data-phase") ?? "";
    if (phase !== phases.at(-1)?.phase) phases.push({ phase, atMs: Date.now() });
  };
  const spoken = () => document.querySelector("[role=status]")?.textContent ?? "";
  let last = spoken();
  const observer = new MutationObserver((records) => {
    for (const { addedNodes, removedNodes } of records) {
      for (const node of addedNodes) came.push(...tilesIn(node).map(nameOf));
      for (const node of removedNodes) went.push(...tilesIn(node).map(nameOf));
    }
    const now = spoken();
    if (now !== last && now !== "") said.push(now);
    last = now;
    seePhase();
  });
  seePhase();
  observer.observe(document, {
    childList: true,
    subtree: true,
    characterData: true,
    attributeFilter: ["data-phase"],
  });
  await look();
  let looking = Promise.resolve();
  const timer = setInterval(() => looking = looking.then(look), everyMs);
  globalThis.watch = {
    phases,
    async end() {
      clearInterval(timer);
      await looking;
      await look();
      observer.disconnect();
      const seatOf = (track: string) => {
        const tile = [...document.querySelectorAll(tileSelector)].find((each) => {
          const stream = each.querySelector("video")?.srcObject as MediaStream | null;
          return stream?.getTracks().some(({ id }) => id === track);
        });
        return tile?.getAttribute("data-peer") ?? null;
      };
      const tracks = [...kept.values()].map(({ kind, track, gapMs, firstEnergy, energy }) => ({
        kind,
        gapMs,
        energy: energy - firstEnergy,
        seat: seatOf(track),
      }));
      return { tracks, came, went, said, phases };
    },
  };
}

/** Begins to watch a page; what is returned ends it and tells what was seen. */
export async function watch(page: Page): Promise<() => Promise<Seen>> {
  await page.evaluate(beginInPage, LOOK_EVERY_MS);
  return () => page.evaluate(() => globalThis.watch!.end());
}

/** Waits until the room has left a phase, since the watch began, and come back to it. */
export async function againIn(page: Page, phase: string, patienceMs: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const { phases } = globalThis.watch!;
      return phases.length > 1 && phases.at(-1)!.phase === wanted;
    },
    phase,
    { timeout: patienceMs },
  );
}

/** The longest standstill of any of the tracks, in ms. */
export function worstGapMs(seen: readonly Seen[]): number {
  return Math.max(0, ...seen.flatMap(({ tracks }) => tracks.map(({ gapMs }) => gapMs)));
}

/** When the room last came to a phase, in ms since 1970. */
export function phaseAtMs({ phases }: Seen, wanted: string): number {
  const seen = phases.findLast(({ phase }) => phase === wanted);
  if (!seen) throw new Error(`never ${wanted}: ${JSON.stringify(phases)}`);
  return seen.atMs;
}
