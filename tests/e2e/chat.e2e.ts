/** Three people write: a late comer, one who was offline, and what is written is only text. */
import { AxeBuilder } from "@axe-core/playwright";
import assert from "node:assert/strict";
import type { Person } from "./support/person.ts";
import { withWorld } from "./support/world.ts";

async function openChat(person: Person): Promise<void> {
  await person.button("Chat").click();
  await person.page.getByRole("log").waitFor();
}

async function write(person: Person, text: string): Promise<void> {
  const box = person.page.getByRole("textbox", { name: "Message" });
  await box.fill(text);
  await box.press("Enter");
}

/** Texts of the log, in its order. */
const lines = ({ page }: Person) => page.getByRole("log").locator(".said-text").allInnerTexts();

async function sees(person: Person, text: string): Promise<void> {
  await person.page.getByRole("log").getByText(text, { exact: true }).waitFor();
}

async function axe({ page }: Person, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), [], what);
}

Deno.test("[CH1][CH2][CH3][CH4][CH5][CH6] three people write, one late, one offline", () =>
  withWorld(async (world) => {
    const [ana, ben] = [await world.person("Ana"), await world.person("Ben")];
    const carla = await world.person("Carla", {
      viewport: { width: 390, height: 844 },
      locale: "es-ES",
    });
    await ana.enter("/r/writing");
    await ana.phase("waiting");
    await openChat(ana);
    await write(ana, "Alone so far");
    await sees(ana, "Alone so far");
    await ben.enter("/r/writing");
    await ben.phase("live");
    await write(ana, "<b>bold</b> https://tertulia.example/x JaVaScRiPt:alert(1) a\u202eb");
    // Ben's chat is closed: its button counts, and the line is told.
    await ben.page.locator('[aria-label="Chat"][aria-description="1 unread message"]').waitFor();
    await ben.page.getByRole("status").getByText("Ana: <b>bold</b>").waitFor({ state: "attached" });
    await openChat(ben);
    await sees(ben, "Alone so far");
    assert.equal(await ben.page.locator('[aria-label="Chat"][aria-description]').count(), 0);
    const links = ben.page.getByRole("log").getByRole("link");
    assert.deepEqual(
      await links.evaluateAll((all) =>
        all.map((a) => [a.getAttribute("href"), a.getAttribute("target"), a.getAttribute("rel")])
      ),
      [["https://tertulia.example/x", "_blank", "noopener noreferrer nofollow ugc"]],
    );
    assert.equal(await ben.page.getByRole("log").locator("b").count(), 0);
    await axe(ben, "chat on a desktop");

    // Ben's network goes; what he writes waits, and is said once.
    await ben.page.context().setOffline(true);
    await ben.page.evaluate(() => globalThis.dispatchEvent(new Event("offline")));
    await ben.phase("resuming");
    await write(ben, "from the tunnel");
    await write(ben, "still in it");
    await ben.page.getByText("Waiting for the server").first().waitFor();
    await write(ana, "meanwhile");
    await ben.page.context().setOffline(false);
    await sees(ana, "still in it");
    await ben.page.getByText("Waiting for the server").first().waitFor({ state: "detached" });
    await sees(ben, "meanwhile");
    const order = await lines(ana);
    assert.deepEqual(order.slice(-3).toSorted(), ["from the tunnel", "meanwhile", "still in it"]);
    assert.ok(order.indexOf("from the tunnel") < order.indexOf("still in it"));

    // Carla comes late, on a phone, and has it all in the same order.
    await carla.open("/r/writing");
    await carla.page.getByRole("textbox", { name: "Tu nombre" }).fill("Carla");
    await carla.button("Entrar en la llamada").click();
    await carla.phase("live");
    await openChat(carla);
    await sees(carla, "still in it");
    assert.deepEqual([await lines(carla), await lines(ben)], [order, order]);
    await axe(carla, "chat on a phone, in Spanish");

    // To one person alone.
    await carla.page.getByRole("combobox").selectOption({ label: "Ana" });
    const box = carla.page.getByRole("textbox", { name: "Mensaje" });
    await box.fill("psst");
    await box.press("Enter");
    await ana.page.getByText("only to you").waitFor();
    await sees(carla, "psst");
    await write(ana, "seen by all");
    await sees(ben, "seen by all");
    assert.ok(!(await lines(ben)).includes("psst"));

    // What was not said outlives a reload; so does what was.
    await ana.page.getByRole("textbox", { name: "Message" }).fill("not yet");
    await ana.page.reload();
    await ana.phase("live");
    await ana.page.keyboard.press("c");
    await sees(ana, "psst");
    assert.equal(
      await ana.page.getByRole("textbox", { name: "Message" }).inputValue(),
      "not yet",
    );
    assert.deepEqual(
      (await lines(ana)).filter((line) => line !== "psst"),
      await lines(ben),
    );
    for (const person of [ana, ben, carla]) {
      person.complaints.splice(
        0,
        Infinity,
        ...person.complaints.filter((line) => !line.includes("ERR_INTERNET_DISCONNECTED")),
      );
    }
  }, { framesPerSecond: 5 }));
