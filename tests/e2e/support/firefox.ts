/** Firefox, which Playwright cannot drive as distributions ship it: through puppeteer and BiDi. */
import { type Browser, launch, type Page } from "puppeteer-core";
import { fileExists } from "../../support/browser.ts";
import { installProbe, type MediaReading, readMedia } from "./probe.ts";
import { nextFrame, PATIENCE_MS, until } from "./until.ts";

const PLACES = [
  "/usr/lib/firefox-esr/firefox-esr",
  "/usr/bin/firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
];

/** Firefox's program: where FIREFOX_PATH says, else in the usual places; null where it is not. */
export function findFirefox(): string | null {
  const told = Deno.env.get("FIREFOX_PATH");
  return [...told ? [told] : [], ...PLACES].find(fileExists) ?? null;
}

/** Somebody at a Firefox with a fake camera and microphone. */
export class FirefoxPerson {
  private constructor(readonly browser: Browser, readonly page: Page, readonly name: string) {}

  static async start(executablePath: string, name: string): Promise<FirefoxPerson> {
    const browser = await launch({
      browser: "firefox",
      executablePath,
      extraPrefsFirefox: {
        "media.navigator.streams.fake": true,
        "media.navigator.permission.disabled": true,
        "media.autoplay.default": 0,
        "media.peerconnection.ice.obfuscate_host_addresses": false,
        // A machine with nothing but a loopback interface would have no candidates.
        "media.peerconnection.ice.loopback": true,
        "intl.accept_languages": "en-US",
      },
    });
    const page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 800 });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.evaluateOnNewDocument(installProbe);
    return new FirefoxPerson(browser, page, name);
  }

  async enter(url: string): Promise<void> {
    await this.page.goto(url);
    await this.page.locator("main input[autocomplete]").fill(this.name);
    await this.page.locator("::-p-text(Join call)").click();
    await this.page.waitForSelector("[data-phase=waiting],[data-phase=live]");
  }

  /** Waits until pictures and sound arrive and go on arriving. */
  async seesAndHears(): Promise<void> {
    const start = await this.#mediaUntil("a frame", (m) => m.framesDecoded > 0);
    await this.#mediaUntil(
      "more frames and sound",
      (m) => m.framesDecoded > start.framesDecoded + 5 && m.audioEnergy > 0,
    );
  }

  #mediaUntil(what: string, wanted: (now: MediaReading) => boolean): Promise<MediaReading> {
    return until(
      `${this.name}: ${what}`,
      () => this.page.evaluate(readMedia),
      wanted,
      () => this.page.evaluate(nextFrame),
    );
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}
