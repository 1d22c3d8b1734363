/** Islands of the Fresh fixture, alive in a browser under the strictest policy. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Builder } from "fresh/dev";
import { chromium, type Page } from "playwright-core";
import { BROWSER_ARGUMENTS, findBrowser } from "../support/browser.ts";
import { inTemporaryFolder } from "../support/temporary.ts";

const root = fileURLToPath(new URL("../fresh/fixture", import.meta.url));

/** As DESIGN section 8 has it: nothing but scripts with the nonce and what those import. */
const policy = (nonce: string) =>
  `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'self' ` +
  `'nonce-${nonce}'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;

/** Builds the fixture, serves it with the policy, and opens its page of islands. */
async function onPage(task: (page: Page, requested: string[]) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const outDir = join(folder, "_fresh");
    await new Builder({ root, outDir, target: "safari17" }).build();
    const built = (await import(pathToFileURL(join(outDir, "server.js")).href)).default;
    const server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      async (req, info) => {
        const response: Response = await built.fetch(req, info);
        const given = response.headers.get("content-security-policy") ?? "";
        const nonce = /'nonce-([^']+)'/.exec(given)?.[1];
        if (nonce) response.headers.set("content-security-policy", policy(nonce));
        return response;
      },
    );
    const browser = await chromium.launch({
      executablePath: findBrowser() ?? undefined,
      args: [...BROWSER_ARGUMENTS],
    });
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      const requested: string[] = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (line) => complaints.push(line.text()));
      page.on("request", (request) => requested.push(new URL(request.url()).pathname));
      // Marks the server's elements, so that it shows whether hydration keeps them.
      await page.addInitScript(() =>
        addEventListener("readystatechange", () => {
          for (const element of document.querySelectorAll("body *")) {
            Reflect.set(element, "isFromServer", true);
          }
        }, { capture: true, once: true })
      );
      await page.goto(`http://127.0.0.1:${server.addr.port}/islands`, { waitUntil: "load" });
      await task(page, requested);
      assert.deepEqual(complaints, []);
    } finally {
      await browser.close();
      await server.shutdown();
    }
  });
}

Deno.test("[FR20] islands take over the server's elements, under strict CSP and Trusted Types", () =>
  onPage(async (page) => {
    await page.locator("[data-counter=outer] > button").click();
    await page.getByText("outer 4").waitFor();
    const isKept = await page.locator("main section, main em, main .mirror").evaluateAll(
      (elements) => elements.map((element) => Reflect.get(element, "isFromServer") === true),
    );
    assert.deepEqual(isKept, [true, true, true, true, true]);
    assert.equal(
      await page.locator("[data-counter=outer] > .given").innerText(),
      "1970-01-01T00:00:00.000Z x+</script> 12 true",
    );
  }));

Deno.test("[FR20] one signal given to several islands is one in the browser", () =>
  onPage(async (page) => {
    await page.locator("[data-counter=nested] button").click();
    for (const text of ["outer 4", "nested 4", "mirror 4"]) {
      await page.getByText(text, { exact: true }).waitFor();
    }
  }));

Deno.test("[FR20] JSX not shown at first comes from its template, alive, again and again", () =>
  onPage(async (page) => {
    const fold = page.locator(".fold");
    assert.equal(await fold.locator(".mirror").count(), 0);
    for (let turn = 0; turn < 2; turn++) {
      await fold.getByRole("button", { name: "open" }).click();
      await page.locator("[data-counter=outer] > button").click();
      await fold.getByText(`mirror ${4 + turn}`).waitFor();
      const box = fold.getByRole("checkbox");
      assert.deepEqual([await box.isChecked(), await box.isDisabled()], [true, true]);
      await fold.getByRole("button", { name: "close" }).click();
      await fold.locator(".mirror").waitFor({ state: "detached" });
    }
  }));

Deno.test("[FR20] what an island imports lazily is fetched when it is needed, once", () =>
  onPage(async (page, requested) => {
    const before = requested.length;
    const button = page.locator("[data-counter=outer] > button");
    await button.click();
    await page.getByText("clicked 1 times, said the lazy part").waitFor();
    await button.click();
    await page.getByText("clicked 2 times, said the lazy part").waitFor();
    assert.equal(requested.length, before + 1);
  }));
