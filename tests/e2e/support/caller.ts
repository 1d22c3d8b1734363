/** People with names: home as somebody uses it who calls and is called. */
import assert from "node:assert/strict";
import type { Person } from "./person.ts";
import type { World } from "./world.ts";

/** Somebody at home who has taken their name. */
export async function named(
  world: World,
  name: string,
  options: Parameters<World["person"]>[1] = {},
): Promise<Person> {
  const person = await world.person(name, options);
  await watchSockets(person);
  await person.open("/");
  await takeName(person, name);
  return person;
}

/** Writes a name where home asks for one, and waits until it is had. */
export async function takeName(person: Person, name: string): Promise<void> {
  const field = person.page.getByRole("textbox", { name: "Your name" });
  await field.fill(name);
  await field.press("Enter");
  await isNamed(person, name);
}

/** Waits until home knows whose it is. */
export async function isNamed(person: Person, name: string): Promise<void> {
  await person.button(`${name}, your name`).waitFor();
  await person.page.getByText("Looking who is here").waitFor({ state: "detached" });
}

/** Calls, and waits until it rings at the other's. */
export async function call(from: Person, to: Person): Promise<void> {
  await from.button(`Call ${to.name}`).click();
  await from.page.getByRole("dialog", { name: `Calling ${to.name}` }).getByText("It rings")
    .waitFor();
  await to.page.getByRole("dialog", { name: `${from.name} is calling` }).waitFor();
}

/** Waits until what came of a call is said. */
export async function said(person: Person, title: string): Promise<void> {
  await person.page.getByRole("dialog", { name: title }).waitFor();
}

/** Both see and hear each other. */
export async function talk(ana: Person, ben: Person): Promise<void> {
  await Promise.all([ana.phase("live"), ben.phase("live")]);
  await Promise.all([ana.seesAndHears(ben.name), ben.seesAndHears(ana.name)]);
}

interface Marked {
  sockets: WebSocket[];
  document: Document & { mark?: number };
}

/** Notes every socket the page opens. */
async function watchSockets({ page }: Person): Promise<void> {
  await page.addInitScript(() => {
    const sockets: WebSocket[] = (globalThis as unknown as Marked).sockets = [];
    const Native = globalThis.WebSocket;
    globalThis.WebSocket = class extends Native {
      constructor(...args: ConstructorParameters<typeof WebSocket>) {
        super(...args);
        sockets.push(this);
      }
    };
  });
}

/** Marks the document; the check fails if it is another one, or speaks through another socket. */
export async function markPage({ page, name }: Person): Promise<() => Promise<void>> {
  const read = () =>
    page.evaluate(() => {
      const { sockets, document } = globalThis as unknown as Marked;
      return { mark: document.mark, sockets: sockets.length, state: sockets.at(-1)?.readyState };
    });
  await page.evaluate(() => (globalThis as unknown as Marked).document.mark = 1);
  return async () =>
    assert.deepEqual(await read(), { mark: 1, sockets: 1, state: WebSocket.OPEN }, name);
}
