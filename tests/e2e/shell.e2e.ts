/** The service worker in a browser: without network, and with a newer build while people talk. */
import assert from "node:assert/strict";
import { launchChromium } from "./support/chromium.ts";
import { Person } from "./support/person.ts";
import { startServer, type Wrap } from "./support/server.ts";
import { withWorld } from "./support/world.ts";

/** Waits until the page's worker has installed all it keeps, and is in charge of the page. */
async function kept({ page }: Person): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((changed) =>
      navigator.serviceWorker.addEventListener("controllerchange", changed, { once: true })
    );
  });
}

/** Addresses of everything the browser keeps for this origin. */
function cachedAddresses({ page }: Person): Promise<string[]> {
  return page.evaluate(async () => {
    const found: string[] = [];
    for (const name of await caches.keys()) {
      const keys = await (await caches.open(name)).keys();
      found.push(...keys.map(({ url }) => url));
    }
    return found;
  });
}

/** A page that was not loaded anew still has the mark. */
const mark = ({ page }: Person) =>
  page.evaluate(() => void ((globalThis as { mark?: boolean }).mark = true));
const isMarked = ({ page }: Person) =>
  page.evaluate(() => (globalThis as { mark?: boolean }).mark === true);

Deno.test("[PW3] Without the server a plain page is shown, and what was wanted comes by itself", async () => {
  let server = await startServer();
  const port = new URL(server.base).port;
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ locale: "en-US" });
    const ana = new Person(await context.newPage(), "Ana", server.base);
    await ana.open("/");
    await kept(ana);
    await server.stop();
    const link = "/r/sunday-lunch#k=a-secret";
    await ana.open(link);
    await ana.page.getByRole("heading", { name: "We cannot reach the server." }).waitFor();
    assert.ok(await ana.page.getByText("Look at Wi-Fi or cable.").isVisible());
    assert.equal(await ana.page.getByText("Mira el Wi-Fi").isVisible(), false);
    await context.addCookies([{ name: "lang", value: "es", url: server.base }]);
    await ana.button("Try now").click();
    await ana.page.getByRole("heading", { name: "No llegamos al servidor." }).waitFor();
    assert.equal(await ana.page.locator("html").getAttribute("lang"), "es");
    server = await startServer({ PORT: port });
    await ana.phase("lobby");
    assert.equal(ana.page.url(), server.base + link, "the secret is still there");
  } finally {
    await browser.close();
    await server.stop();
  }
});

Deno.test("[PW2] After a call nothing of it is kept", () =>
  withWorld(async (world) => {
    const ana = await world.person("Ana");
    await ana.open("/");
    await kept(ana);
    await ana.button("New call").click();
    await ana.join();
    await ana.phase("waiting");
    const room = /\/r\/([^#]+)/.exec(ana.page.url())![1];
    await ana.page.reload();
    await ana.phase("waiting");
    await ana.button("Leave call").click();
    await ana.phase("ended");
    const addresses = await cachedAddresses(ana);
    assert.ok(addresses.length > 8, addresses.join());
    for (const address of addresses) {
      const { pathname, search, hash } = new URL(address);
      assert.match(
        pathname,
        /^\/(offline|_fresh\/js\/[\w-]+\.js|[\w-]+\.(css|js|svg)|locales\/\w+\.json)$/,
      );
      assert.equal(search + hash, "", address);
      assert.ok(!address.includes(room));
    }
  }));

Deno.test("[PW4] A newer build is told in a call and breaks none; it is taken when somebody says so", async () => {
  let newer = false;
  const wrap: Wrap = (fetch) => async (request, info) => {
    const response = await fetch(request, info);
    if (!newer || new URL(request.url).pathname !== "/sw.js") return response;
    const text = (await response.text()).replace(/"version":"\w+"/, '"version":"newer"');
    return new Response(text, response);
  };
  await withWorld(async (world) => {
    const [ana, ben] = await world.pair();
    await kept(ana);
    await mark(ana);
    const home = new Person(await ana.page.context().newPage(), "Ana", world.server.base);
    await home.open("/");
    await mark(home);
    newer = true;
    await home.page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await ana.page.getByText("A new version is ready for after this call.").waitFor();
    assert.equal(await ana.button("Load it").count(), 0);
    await home.button("Load it").click();
    await home.page.waitForFunction(() => !("mark" in globalThis));
    await home.button("New call").waitFor();
    assert.deepEqual(
      await home.page.evaluate(() => caches.keys().then((names) => names.at(-1))),
      "tertulia newer",
    );
    await Promise.all([ana.seesAndHears("Ben"), ben.seesAndHears("Ana")]);
    assert.equal(await isMarked(ana), true, "the call's page was not loaded anew");
    await ana.button("Chat").or(ana.button("Invite")).first().click();
    await ana.page.getByRole("dialog").waitFor();
    await ana.page.keyboard.press("Escape");
    await ana.button("Leave call").click();
    await ana.phase("ended");
    await ana.button("Load it").click();
    await ana.page.waitForFunction(() => !("mark" in globalThis));
    await ana.phase("lobby");
    home.checkComplaints();
  }, { wrap });
});
