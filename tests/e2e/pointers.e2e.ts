/** Pointers between windows of different shapes, over a screen and over a camera's picture. */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { screenOf } from "./support/screens.ts";
import type { Person } from "./support/person.ts";
import { nextFrame, until } from "./support/until.ts";
import { withWorld } from "./support/world.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

declare global {
  /** Everybody's channels for what may be lost, as the page opened them. */
  var fastChannels: RTCDataChannel[];
  /** When somebody's pointer was seen to move, in ms since 1970. */
  var movedAtMs: number;
}

/** Nearer than this two places are one. */
const NEAR_PX = 3;
const SEEN_WITHIN_MS = 100;

/**
 * Where a point of a picture is in a window, in px, worked out from the element alone. Runs in the
 * page, serialised.
 */
function placeOn(video: Element, { x, y, mirrored }: Point & { mirrored: boolean }): Point {
  const { videoWidth, videoHeight } = video as HTMLVideoElement;
  const box = video.getBoundingClientRect(); // enlarged, where it is
  const { objectFit } = getComputedStyle(video);
  const ratios = [box.width / videoWidth, box.height / videoHeight];
  const ratio = objectFit === "contain" ? Math.min(...ratios) : Math.max(...ratios);
  const across = mirrored ? 1 - x : x;
  return {
    x: box.left + box.width / 2 + (across - 0.5) * videoWidth * ratio,
    y: box.top + box.height / 2 + (y - 0.5) * videoHeight * ratio,
  };
}

/** A person's page, and the picture on it. */
interface Window {
  readonly person: Person;
  readonly video: Locator;
  /** Seen as in a mirror. */
  readonly mirrored?: boolean;
}

/** How far the pointer of `owner` is from a point of the picture, in px; infinitely without one. */
async function distance(
  { person: { page }, video, mirrored = false }: Window,
  owner: string,
  point: Point,
): Promise<number> {
  const wanted = await video.evaluate(placeOn, { ...point, mirrored });
  return await page.evaluate(([owner, { x, y }]) => {
    const mark = document.querySelector(`[data-pointer="${owner}"]`);
    if (!mark) return Infinity;
    const { left, top } = mark.getBoundingClientRect();
    return Math.hypot(left - x, top - y);
  }, [owner, wanted] as const);
}

async function moveTo({ person: { page }, video }: Window, point: Point): Promise<void> {
  const { x, y } = await video.evaluate(placeOn, { ...point, mirrored: false });
  await page.mouse.move(x, y);
}

/** Points in one window until the pointer is at its place in others, as a hand that trembles. */
async function point(owner: Window, at: Point, others: readonly Window[]): Promise<void> {
  const seat = await seatOf(owner.person);
  await until(
    "the pointer at its place",
    async () => {
      await moveTo(owner, { x: at.x, y: at.y + 0.02 });
      await moveTo(owner, at);
      return await Promise.all(others.map((other) => distance(other, seat, at)));
    },
    (distances) => distances.every((px) => px <= NEAR_PX),
    () => others[0].person.page.evaluate(nextFrame),
  );
}

const gone = ({ page }: Person, owner: string) =>
  page.locator(`[data-pointer="${owner}"]`).waitFor({ state: "detached" });

const seatOf = async ({ page }: Person) =>
  await page.locator("[data-self]").getAttribute("data-peer") ?? assert.fail("no seat");

/** Waits until the picture has its size. */
async function shown({ person, video }: Window): Promise<void> {
  await until(
    "a picture",
    () => video.evaluate((each: HTMLVideoElement) => each.videoWidth),
    (width) => width > 0,
    () => person.page.evaluate(nextFrame),
  );
}

Deno.test("[PT1][PT4][PT5][PT6][SH7] pointers are at their place in every window, at once", () =>
  withWorld(async (world) => {
    const ana = await world.person("Ana");
    const ben = await world.person("Ben", { viewport: { width: 900, height: 1000 } });
    const carla = await world.person("Carla", {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    for (const person of [ana, ben, carla]) {
      await person.enter("/r/pointers");
      await person.phase("waiting", "live");
    }
    await ana.button("Share screen").click();
    const [anas, bens, carlas]: readonly Window[] = [
      { person: ana, video: screenOf(ana, "My screen").locator("video") },
      { person: ben, video: screenOf(ben, "Screen of Ana").locator("video") },
      { person: carla, video: screenOf(carla, "Screen of Ana").locator("video") },
    ];
    await Promise.all([anas, bens, carlas].map(shown));
    const [bensSeat, carlasSeat] = [await seatOf(ben), await seatOf(carla)];

    // Two at once, one of them in the preview of what is shared.
    await point(anas, { x: 0.9, y: 0.1 }, [bens, carlas]);
    await point(bens, { x: 0.25, y: 0.625 }, [anas, carlas]);
    assert.match(await ana.page.locator("[data-pointer]").innerText(), /Ben/);

    // Enlarged by one of them, for herself: by buttons and keys, then by the wheel.
    const lies = ({ video }: Window) => video.evaluate((each) => getComputedStyle(each).transform);
    await carla.button("Zoom in").click();
    await carla.button("Zoom in").click();
    const before = await lies(carlas);
    await carla.button("Zoom in").press("ArrowRight");
    assert.notEqual(await lies(carlas), before);
    await point(bens, { x: 0.55, y: 0.55 }, [anas, carlas]);
    assert.equal(await lies(bens), "none");
    await ben.page.keyboard.down("Control");
    await ben.page.mouse.wheel(0, -300);
    await ben.page.keyboard.up("Control");
    await until(
      "enlarged",
      () => lies(bens),
      (how) => how !== "none",
      () => ben.page.evaluate(nextFrame),
    );
    await point(bens, { x: 0.5, y: 0.5 }, [anas, carlas]);
    await ben.button("Zoom out").click();
    assert.equal(await lies(bens), "none");

    // By touch while the finger is down, on the enlarged picture.
    const finger = { x: 0.5, y: 0.5 };
    const { x, y } = await carlas.video.evaluate(placeOn, { ...finger, mirrored: false });
    const touch = await carla.page.context().newCDPSession(carla.page);
    const say = (type: "touchStart" | "touchEnd", touchPoints: Point[]) =>
      touch.send("Input.dispatchTouchEvent", { type, touchPoints });
    await say("touchStart", [{ x, y }]);
    await until(
      "the finger's pointer",
      () => distance(bens, carlasSeat, finger),
      (px) => px <= NEAR_PX,
      () => ben.page.evaluate(nextFrame),
    );
    await say("touchEnd", []);
    await gone(ben, carlasSeat);

    // Seen soon: from the hand's movement to the mark's, by the clock all pages share.
    await screenOf(carla, "Screen of Ana").locator(".pointers").evaluate((layer) =>
      new MutationObserver(() => globalThis.movedAtMs = Date.now())
        .observe(layer, { subtree: true, attributeFilter: ["style"] })
    );
    await ben.page.evaluate(() =>
      addEventListener("pointermove", (event) => {
        globalThis.movedAtMs = performance.timeOrigin + event.timeStamp;
      }, { capture: true })
    );
    await point(bens, { x: 0.4, y: 0.5 }, [carlas]);
    const tookMs: number[] = [];
    for (let step = 1; step <= 9; step++) {
      const next = { x: 0.4 + step / 100, y: 0.5 };
      await moveTo(bens, next);
      await until(
        "the pointer moved",
        () => distance(carlas, bensSeat, next),
        (px) => px <= NEAR_PX,
        () => carla.page.evaluate(nextFrame),
      );
      const [from, to] = [
        await ben.page.evaluate(() => globalThis.movedAtMs),
        await carla.page.evaluate(() => globalThis.movedAtMs),
      ];
      tookMs.push(to - from);
    }
    const median = tookMs.toSorted((a, b) => a - b)[4];
    assert.ok(median <= SEEN_WITHIN_MS, `seen after ${tookMs.map(Math.round)} ms`);

    // Off the picture there is none; nor while one does not want to point.
    await ben.page.mouse.move(450, 20);
    await gone(ana, bensSeat);
    await ben.button("Point").click();
    await moveTo(bens, { x: 0.5, y: 0.5 });
    await ana.button("Stop sharing").click();
    await bens.video.waitFor({ state: "detached" });
    assert.equal(await carla.page.locator("[data-pointer]").count(), 0);

    // On a camera's picture, which its owner sees as in a mirror.
    await ben.button("Point at the picture of Ana").click();
    const own = ana.page.locator("[data-self] video");
    assert.match(await own.evaluate((video) => getComputedStyle(video).scale), /^-1/);
    await point({ person: ben, video: ben.tile("Ana").locator("video") }, { x: 0.42, y: 0.4 }, [
      { person: ana, video: own, mirrored: true },
      { person: carla, video: carla.tile("Ana").locator("video") },
    ]);
    await ben.button("Leave call").click();
    await gone(ana, bensSeat);
    await gone(carla, bensSeat);
  }, { framesPerSecond: 8 }));

Deno.test("[PT3] forged, foreign and endless messages show nothing, and break nothing", () =>
  withWorld(async (world) => {
    const [ana, ben] = [await world.person("Ana"), await world.person("Ben")];
    await ben.page.addInitScript(() => {
      globalThis.fastChannels = [];
      const open = RTCPeerConnection.prototype.createDataChannel;
      RTCPeerConnection.prototype.createDataChannel = function (label, init) {
        const channel = open.call(this, label, init);
        if (label === "fast") globalThis.fastChannels.push(channel);
        return channel;
      };
    });
    for (const person of [ana, ben]) {
      await person.enter("/r/forged");
      await person.phase("waiting", "live");
    }
    await ana.button("Share screen").click();
    await screenOf(ben, "Screen of Ana").waitFor();
    const [anasSeat, bensSeat] = [await seatOf(ana), await seatOf(ben)];
    await ben.page.evaluate(({ anasSeat }) => {
      const say = (text: string) => globalThis.fastChannels.forEach((each) => each.send(text));
      say(`point 1 screen ${anasSeat} 99999 1 0`);
      say(`point 2 screen <b>${anasSeat}</b> 1 1 0`);
      say(`{"seat":"${anasSeat}","x":0.5,"y":0.5}`);
      say("\u202e".repeat(1000));
      globalThis.fastChannels.forEach((each) => each.send(new Uint8Array(1000)));
      for (let n = 0; n < 3000; n++) say(`point ${1000 + n} window ${anasSeat} 1 1 0`);
    }, { anasSeat });
    // A second later this one is heard again, and shows whose it is.
    await until(
      "the true one",
      async () => {
        await ben.page.evaluate((seat) => {
          const text = `point ${Date.now() % 1e8 + 1e8} screen ${seat} 5000 5000 0`;
          globalThis.fastChannels.forEach((each) => each.send(text));
        }, anasSeat);
        return await ana.page.locator("[data-pointer]").count();
      },
      (count) => count === 1,
      () => ana.page.evaluate(nextFrame),
    );
    assert.equal(await ana.page.locator("[data-pointer]").getAttribute("data-pointer"), bensSeat);
    const own = { person: ana, video: screenOf(ana, "My screen").locator("video") };
    assert.ok(await distance(own, bensSeat, { x: 0.5, y: 0.5 }) <= NEAR_PX);
    await ana.phase("live");
  }, { framesPerSecond: 8 }));
