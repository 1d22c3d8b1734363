/** One server and the browsers of a test, from start to a clean end. */
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { Person } from "./person.ts";
import { installProbe } from "./probe.ts";
import { startServer, type Wrap } from "./server.ts";

/** What serves the app to a test. */
export interface Served {
  /** As `http://localhost:1234`. */
  readonly base: string;
  stop(): Promise<void>;
}

export interface WorldOptions {
  /** Settings of the server, as environment variables. */
  readonly settings?: Record<string, string>;
  readonly wrap?: Wrap;
  /** Instead of a server in this process; stopped at the end as well. */
  readonly server?: Served;
  /** Errors that pages write because of what is done to them. */
  readonly expected?: RegExp;
  /** Names of those whose browser refuses camera and microphone. */
  readonly deny?: readonly string[];
  /** Of the fake cameras; few where many people share this machine. Chromium's own: 20. */
  readonly framesPerSecond?: number;
  /** How many cameras each has; one unless told. */
  readonly cameras?: number;
}

export interface PersonOptions extends BrowserContextOptions {
  /** Started and closed by its owner; else the one everybody shares. */
  readonly browser?: Browser;
  /** The address their page comes from; the server's own unless told. */
  readonly base?: string;
}

const FAKE_DEVICE = "--use-fake-device-for-media-stream";

/** Arguments to add and to leave out for fake cameras of so many pictures a second. */
export function cameraArguments(
  framesPerSecond: number,
  cameras = 1,
): [more: string[], less: string[]] {
  return [[`${FAKE_DEVICE}=device-count=${cameras},fps=${framesPerSecond}`], [FAKE_DEVICE]];
}

export class World {
  readonly #people: Person[] = [];
  readonly #options: WorldOptions;
  #allowing: Promise<Browser> | null = null;
  #denying: Promise<Browser> | null = null;

  constructor(readonly server: Served, options: WorldOptions) {
    this.#options = options;
  }

  /** Somebody with a browser profile of their own. */
  async person(
    name: string,
    { browser, base, ...options }: PersonOptions = {},
  ): Promise<Person> {
    const theirs = browser ?? await this.#browserOf(name);
    const context = await theirs.newContext({
      viewport: { width: 1280, height: 800 },
      locale: "en-US",
      ...options,
    });
    await context.addInitScript(installProbe);
    return await this.#add(context, name, base);
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
    await (await this.#allowing)?.close();
    await (await this.#denying)?.close();
    await this.server.stop();
  }

  /** Fails if any page wrote an error. */
  checkComplaints(): void {
    for (const person of this.#people) person.checkComplaints(this.#options.expected);
  }

  #browserOf(name: string): Promise<Browser> {
    const { deny, framesPerSecond, cameras } = this.#options;
    if (deny?.includes(name)) {
      return this.#denying ??= launchChromium([], ["--use-fake-ui-for-media-stream"]);
    }
    const [more, less] = framesPerSecond === undefined
      ? []
      : cameraArguments(framesPerSecond, cameras);
    return this.#allowing ??= launchChromium(more, less);
  }

  async #add(context: BrowserContext, name: string, base = this.server.base): Promise<Person> {
    const person = new Person(await context.newPage(), name, base);
    this.#people.push(person);
    return person;
  }
}

/** Plays a scene in a world of its own. */
export async function withWorld(
  play: (world: World) => Promise<void>,
  options: WorldOptions = {},
): Promise<void> {
  const server = options.server ?? await startServer(options.settings, options.wrap);
  const world = new World(server, options);
  try {
    await play(world);
    world.checkComplaints();
  } finally {
    await world.close();
  }
}
