/** Somebody at a browser: the app as a person drives it, by the names DESIGN section 7 promises. */
import type { Locator, Page } from "playwright-core";
import assert from "node:assert/strict";
import type { Phase } from "../../../lib/call/model.ts";
import {
  type MediaReading,
  readMedia,
  readTile,
  readVideoSending,
  type VideoSending,
} from "./probe.ts";
import { nextFrame, PATIENCE_MS, until } from "./until.ts";

export class Person {
  /** Lines the page wrote as errors; a test ends by looking at them. */
  readonly complaints: string[] = [];

  constructor(readonly page: Page, readonly name: string, readonly base: string) {
    page.setDefaultTimeout(PATIENCE_MS);
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("console", (line) => {
      if (line.type() === "error") this.complaints.push(line.text());
    });
  }

  async open(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.base).href);
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** From the lobby into the call. */
  async join(): Promise<void> {
    await this.page.getByRole("textbox", { name: "Your name" }).fill(this.name);
    await this.button("Join call").click();
  }

  /** Opens a room's page and joins. */
  async enter(path: string): Promise<void> {
    await this.open(path);
    await this.join();
  }

  /** Waits until the room stands at one of `phases`. */
  async phase(...phases: Phase[]): Promise<void> {
    const selector = phases.map((phase) => `[data-phase="${phase}"]`).join(",");
    await this.page.locator(selector).first().waitFor({ state: "attached" });
  }

  /** The tile of somebody else. */
  tile(name: string): Locator {
    return this.page.locator("[data-peer]:not([data-self])").and(
      this.page.getByRole("group", { name, exact: true }),
    );
  }

  async seatOf(name: string): Promise<string> {
    return await this.tile(name).getAttribute("data-peer") ?? assert.fail(`no tile of ${name}`);
  }

  others(): Locator {
    return this.page.locator("[data-peer]:not([data-self])");
  }

  media(): Promise<MediaReading> {
    return this.page.evaluate(readMedia);
  }

  /** Waits until what is received satisfies `wanted`. */
  mediaUntil(what: string, wanted: (now: MediaReading) => boolean): Promise<MediaReading> {
    return this.#until(what, () => this.media(), wanted);
  }

  /** Waits until what is sent of the camera, to each of the others, satisfies `wanted`. */
  sendingUntil(what: string, wanted: (now: VideoSending[]) => boolean): Promise<VideoSending[]> {
    return this.#until(what, () => this.page.evaluate(readVideoSending), wanted);
  }

  /** The tile of `name` plays what that person sends: by the tracks of its own element. */
  async tileAdvances(name: string): Promise<void> {
    const video = this.tile(name).locator("video");
    const read = () => video.evaluate(readTile);
    const start = await this.#until(`a picture of ${name}`, read, (t) => t.framesDecoded > 0);
    await this.#until(
      `${name} moving and heard`,
      read,
      (t) =>
        t.framesDecoded > start.framesDecoded && t.currentTime > start.currentTime &&
        t.audioEnergy > 0,
    );
  }

  #until<T>(what: string, read: () => Promise<T>, wanted: (now: T) => boolean): Promise<T> {
    return until(`${this.name}: ${what}`, read, wanted, () => this.page.evaluate(nextFrame));
  }

  /** Sound and picture advance: decoded frames, the element's own clock, and audio energy. */
  async seesAndHears(name: string): Promise<void> {
    const video = this.tile(name).locator("video");
    await video.waitFor({ state: "attached" });
    const start = await this.mediaUntil(
      "a frame and a sound",
      (m) => m.framesDecoded > 0 && m.audioPackets > 0,
    );
    const time = await video.evaluate((v: HTMLVideoElement) => v.currentTime);
    await this.mediaUntil("more frames", (m) => m.framesDecoded > start.framesDecoded + 5);
    await this.mediaUntil("sound", (m) => m.audioEnergy > start.audioEnergy);
    await this.page.waitForFunction(
      ([v, t]) => (v as HTMLVideoElement).currentTime > (t as number),
      [await video.elementHandle(), time] as const,
    );
  }

  /** Nothing the page said was an error, but those `expected`. */
  checkComplaints(expected?: RegExp): void {
    const complaints = this.complaints.filter((line) => !expected?.test(line));
    assert.deepEqual(complaints, [], `${this.name}'s page complained`);
  }
}
