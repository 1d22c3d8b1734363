/**
 * `deno task lan` on a network of its own, as two people in one room use it: nothing but that
 * network is there, and their browsers trust the machine's own authority.
 */
import { AxeBuilder } from "@axe-core/playwright";
import assert from "node:assert/strict";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { fileExists } from "../support/browser.ts";
import { inTemporaryFolder } from "../support/temporary.ts";
import { readTerminalCode } from "../support/terminal_code.ts";
import { launchChromium } from "./support/chromium.ts";
import { canMakeNetworks, type Host, withNetwork } from "./support/netns.ts";
import { Person } from "./support/person.ts";
import { installProbe } from "./support/probe.ts";
import { startServer } from "./support/server.ts";
import { whileStarted } from "./support/started.ts";
import { until } from "./support/until.ts";

const CERTUTIL = "/usr/bin/certutil";
const NETWORK = {
  server: ["192.168.77.1/24", "fd77::1/64"],
  desk: ["192.168.77.2/24"],
  phone: ["192.168.77.3/24"],
};
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};

/** A header that every answer of ours has means nothing on plain http, and Chromium says so. */
const COOP = /^The Cross-Origin-Opener-Policy header has been ignored[^\n]*$/;
/** The port is closed for some milliseconds while the certificate is exchanged. */
const AWAY = /^WebSocket connection to 'wss:[^']+' failed: .*ERR_CONNECTION_REFUSED$/;
const LOOKS: [BrowserContextOptions, RegExp[], string][] = [
  [PHONE, [/browsers give camera and microphone to https only/, /deno task lan/], "Join call"],
  [
    { locale: "es-ES" },
    [/los navegadores solo dan cámara y micrófono a https/, /deno task lan/],
    "Entrar en la llamada",
  ],
];

/** What somebody does who trusts the authority: Chromium on Linux keeps that in its home. */
async function trust(home: string, certificate: string): Promise<void> {
  await Deno.mkdir(`${home}/.pki/nssdb`, { recursive: true });
  const database = `sql:${home}/.pki/nssdb`;
  const file = `${home}/ca.crt`;
  await Deno.writeTextFile(file, certificate);
  for (
    const args of [
      ["-N", "--empty-password", "-d", database],
      ["-A", "-d", database, "-n", "Tertulia", "-t", "C,,", "-i", file],
    ]
  ) {
    const { success, stderr } = await new Deno.Command(CERTUTIL, { args }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
  }
}

/** What a plain request from a machine gets. */
async function fetchFrom(host: Host, url: string): Promise<string> {
  const { stdout } = await host.command(Deno.execPath(), {
    args: ["eval", "--no-config", `console.log(await (await fetch("${url}")).text())`],
    cwd: "/",
  }).output();
  return new TextDecoder().decode(stdout);
}

/** Somebody at one of the machines, with a browser that trusts the authority in `home`. */
async function person(browser: Browser, name: string, base: string, look = {}): Promise<Person> {
  const context = await browser.newContext({ locale: "en-US", ...look });
  await context.addInitScript(installProbe);
  return new Person(await context.newPage(), name, base);
}

Deno.test({
  name:
    "[LN12][LN7][LN5] Two meet by https on the LAN alone, one of them with a phone, by its code",
  ignore: !fileExists(CERTUTIL) || !await canMakeNetworks(),
  fn: () =>
    inTemporaryFolder((folder) =>
      withNetwork(
        NETWORK,
        ({ server, desk, phone }) =>
          whileStarted({ DATA_DIR: `${folder}/data` }, async (started) => {
            assert.equal(started.url, "https://192.168.77.1:8443");
            const code = readTerminalCode(started.said(), false);
            assert.equal(code, "https://192.168.77.1:8443/");
            const authority = await fetchFrom(desk, "http://192.168.77.1:8080/ca.crt");
            const home = `${folder}/home`;
            await trust(home, authority);
            const browsers = await Promise.all([
              desk.chromium({ HOME: home }),
              phone.chromium({ HOME: home }),
            ]);
            try {
              const [ana, ben] = [
                await person(browsers[0], "Ana", started.url),
                await person(browsers[1], "Ben", started.url, PHONE),
              ];
              await ana.enter("/r/kitchen");
              await ana.phase("waiting");
              await ben.open("http://192.168.77.1:8080/");
              assert.equal(ben.page.url(), code, "the plain port leads to https");
              assert.match(ben.complaints.splice(0).join("\n"), COOP);
              await ben.open(code);
              await ben.page.getByRole("textbox", { name: "Room name" }).fill("kitchen");
              await ben.button("Join").tap();
              await ben.page.getByRole("textbox", { name: "Your name" }).fill("Ben");
              await ben.button("Join call").tap();
              await Promise.all([ana.seesAndHears("Ben"), ben.seesAndHears("Ana")]);
              assert.equal(await ben.page.evaluate(() => isSecureContext), true);
              await ben.page.evaluate(() => navigator.serviceWorker.ready);

              await server.ip("address add 192.168.77.9/24 dev eth0");
              await until(
                "the new address in the banner",
                () => Promise.resolve(started.said()),
                (said) => said.includes("https://192.168.77.9:8443"),
                () => ana.page.waitForTimeout(200),
                45_000,
              );
              await Promise.all([ana.seesAndHears("Ben"), ben.seesAndHears("Ana")]);
              const carla = await person(browsers[0], "Carla", "https://192.168.77.9:8443");
              await carla.enter("/r/kitchen");
              await Promise.all([ana.tile("Carla").waitFor(), ben.tile("Carla").waitFor()]);
              for (const one of [ana, ben]) {
                const unforeseen = one.complaints.filter((line) => !AWAY.test(line));
                assert.deepEqual(unforeseen, [], one.name);
              }
              carla.checkComplaints();
            } finally {
              await Promise.all(browsers.map((browser) => browser.close()));
            }
            const { code: exit } = await started.end("SIGINT");
            assert.equal(exit, 0, started.said());
            assert.doesNotMatch(started.said(), /Z (warn|error) /);
          }, { name: "lan", command: server.command }),
      )
    ),
});

Deno.test({
  name: "[LN9] Without a network, what to do is said, and nothing is started",
  ignore: !await canMakeNetworks(),
  fn: () =>
    inTemporaryFolder((folder) =>
      withNetwork({ alone: [] }, async ({ alone }) => {
        const started = whileStarted(
          { DATA_DIR: folder },
          () => assert.fail("it serves"),
          { name: "lan", command: alone.command },
        );
        await assert.rejects(started, (error: Error) => {
          assert.match(error.message, /ended with 1:[^]*on no network: connect it to the Wi-Fi/);
          assert.doesNotMatch(error.message, /at .*\.ts:\d/, "for people, not a stack");
          return true;
        });
      })
    ),
});

Deno.test("[LN11] On plain http the lobby says why there is no camera, and lets people in", async () => {
  const server = await startServer({ HOST: "127.0.0.1" });
  const browser = await launchChromium(["--host-resolver-rules=MAP attic.lan 127.0.0.1"]);
  try {
    const base = server.base.replace("localhost", "attic.lan");
    for (const [look, words, join] of LOOKS) {
      const ana = await person(browser, "Ana", base, look);
      await ana.open("/r/kitchen");
      for (const text of words) await ana.page.getByText(text).first().waitFor();
      const { violations } = await new AxeBuilder({ page: ana.page }).analyze();
      assert.deepEqual(violations.map(({ id }) => id), []);
      await ana.button(join).click();
      await ana.phase("waiting", "live");
      const complaints = ana.complaints.splice(0).filter((line) => !COOP.test(line));
      assert.deepEqual(complaints, []);
    }
  } finally {
    await browser.close();
    await server.stop();
  }
});
