/** One server and the browsers of a test, from start to a clean end. */
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { Person } from "./person.ts";
import { installProbe } from "./probe.ts";
import { startServer, type TestServer, type Wrap } from "./server.ts";

export interface WorldOptions {
  /** Settings of the server, as environment variables. */
  readonly settings?: Record<string, string>;
  readonly wrap?: Wrap;
  /** Names of those whose browser refuses camera and microphone. */
  readonly deny?: readonly string[];
  /** Of the fake cameras; few where many people share this machine. Chromium's own: 20. */
  readonly framesPerSecond?: number;
}

const FAKE_DEVICE = "--use-fake-device-for-media-stream";

export class World {
  readonly #people: Person[] = [];
  readonly #options: WorldOptions;
  readonly #allowing: Browser;
  #denying: Browser | null = null;

  constructor(readonly server: TestServer, browser: Browser, options: WorldOptions) {
    this.#allowing = browser;
    this.#options = options;
  }

  /** Somebody with a browser profile of their own. */
  async person(name: string, options: BrowserContextOptions = {}): Promise<Person> {
    const browser = this.#options.deny?.includes(name)
      ? this.#denying ??= await launchChromium([], ["--use-fake-ui-for-media-stream"])
      : this.#allowing;
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: "en-US",
      ...options,
    });
    await context.addInitScript(installProbe);
    return await this.#add(context, name);
  }

  /** Two people in a call, seeing and hearing each other. */
  async pair(room = "/r/pair"): Promise<[Person, Person]> {
    const [ana, ben] = [await this.person("Ana"), await this.person("Ben")];
    await ana.enter(room);
    await ana.phase("waiting");
    await ben.enter(room);
    await Promise.all([ana.seesAndHears("Ben"), ben.seesAndHears("Ana")]);
    return [ana, ben];
  }

  /** A second tab with a copy of the first one's session storage, as "Duplicate tab" makes it. */
  async duplicate(person: Person): Promise<Person> {
    const opened = person.page.context().waitForEvent("page");
    await person.page.evaluate(() => void globalThis.open(location.href));
    const copy = new Person(await opened, person.name, this.server.base);
    this.#people.push(copy);
    return copy;
  }

  async close(): Promise<void> {
    await this.#allowing.close();
    await this.#denying?.close();
    await this.server.stop();
  }

  /** Fails if any page wrote an error. */
  checkComplaints(): void {
    for (const person of this.#people) person.checkComplaints();
  }

  async #add(context: BrowserContext, name: string): Promise<Person> {
    const person = new Person(await context.newPage(), name, this.server.base);
    this.#people.push(person);
    return person;
  }
}

/** Plays a scene in a world of its own. */
export async function withWorld(
  play: (world: World) => Promise<void>,
  options: WorldOptions = {},
): Promise<void> {
  const server = await startServer(options.settings, options.wrap);
  const { framesPerSecond } = options;
  const browser = framesPerSecond === undefined
    ? await launchChromium()
    : await launchChromium([`${FAKE_DEVICE}=fps=${framesPerSecond}`], [FAKE_DEVICE]);
  const world = new World(server, browser, options);
  try {
    await play(world);
    world.checkComplaints();
  } finally {
    await world.close();
  }
}
