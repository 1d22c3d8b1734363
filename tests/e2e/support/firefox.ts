/** Firefox, which Playwright cannot drive as distributions ship it: through puppeteer and BiDi. */
import { type Browser, launch, type Page } from "puppeteer-core";
import { fileExists } from "../../support/browser.ts";
import { PATIENCE_MS } from "./person.ts";
import { installProbe, type MediaReading, readMedia } from "./probe.ts";

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
    page.setDefaultTimeout(PATIENCE_MS);
    await page.evaluateOnNewDocument(installProbe);
    return new FirefoxPerson(browser, page, name);
  }

  async enter(url: string): Promise<void> {
    await this.page.goto(url);
    await this.page.locator("::-p-aria(Your name)").fill(this.name);
    await this.page.locator("::-p-aria(Join call)").click();
    await this.page.waitForSelector("[data-phase=waiting],[data-phase=live]");
  }

  media(): Promise<MediaReading> {
    return this.page.evaluate(readMedia);
  }

  /** Waits until pictures and sound arrive and go on arriving. */
  async seesAndHears(): Promise<void> {
    const start = await this.page.waitForFunction(
      async (read) => {
        const media = await (new Function(`return (${read})()`)() as Promise<MediaReading>);
        return media.framesDecoded > 0 && media.audioPackets > 0 ? media : false;
      },
      { polling: 200 },
      readMedia.toString(),
    );
    const { framesDecoded } = await start.jsonValue() as MediaReading;
    await this.page.waitForFunction(
      async (read, frames) => {
        const media = await (new Function(`return (${read})()`)() as Promise<MediaReading>);
        return media.framesDecoded > frames + 5 && media.audioPackets > 20;
      },
      { polling: 200 },
      readMedia.toString(),
      framesDecoded,
    );
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}
