/** A server with a certificate, over connections. */
import assert from "node:assert/strict";
import { ListenError, type RunningServer, serve, type Standing } from "../../lib/serve.ts";
import { issue, makeAuthority, type Pair } from "../../lib/tls/authority.ts";
import { FakeClock } from "../support/clock.ts";
import { noting } from "../support/noting.ts";
import { lacks } from "../support/permissions.ts";
import { inTemporaryFolder } from "../support/temporary.ts";
import { trusts } from "../support/trusting.ts";

const ignore = lacks("net", "read", "write");
const LOOK_EVERY_MS = 10_000;
const authority = await makeAuthority("attic", Date.now());
const one = await issue(authority, ["192.168.1.7"], Date.now());
const other = await issue(authority, ["192.168.1.8"], Date.now());

interface Scene {
  readonly server: RunningServer;
  readonly clock: FakeClock;
  readonly lines: readonly string[];
  readonly renewals: readonly Standing[];
  readonly settings: Record<string, string>;
  put(pair: Pair): Promise<void>;
}

/** Plays a scene beside a server with the first certificate. */
function whileServing(play: (scene: Scene) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const settings = {
      TLS_CERT: `${folder}/server.crt`,
      TLS_KEY: `${folder}/server.key`,
      TLS_CA: `${folder}/ca.crt`,
      HTTP_PORT: "0",
    };
    const put = async ({ certificate, key }: Pair) => {
      await Deno.writeTextFile(settings.TLS_KEY, key);
      await Deno.writeTextFile(settings.TLS_CERT, certificate);
    };
    await put(one);
    await Deno.writeTextFile(settings.TLS_CA, authority.certificate);
    const clock = new FakeClock(Date.now());
    const { services, lines } = noting(settings);
    const renewals: Standing[] = [];
    const server = serve({ fetch: () => new Response("hello") }, services, {
      clock,
      onRenewed: (standing) => renewals.push(standing),
    });
    try {
      await play({ server, clock, lines, renewals, settings, put });
    } finally {
      await server.stop();
    }
  });
}

const known = (server: RunningServer, host: string) =>
  trusts(authority.certificate, server.port, host);

Deno.test({
  name: "[LN5] Another certificate is taken into use on the same port, without an end",
  ignore,
  fn: () =>
    whileServing(async ({ server, clock, renewals, put }) => {
      assert.deepEqual([await known(server, "192.168.1.7"), await known(server, "192.168.1.8")], [
        true,
        false,
      ]);
      clock.advance(LOOK_EVERY_MS);
      assert.deepEqual(renewals, [], "the same files are no news");
      await put(other);
      clock.advance(LOOK_EVERY_MS);
      while (renewals.length === 0) { // the port is free once the event loop has turned
        await new Promise((turned) => setTimeout(turned));
        clock.advance(10);
      }
      assert.deepEqual([await known(server, "192.168.1.7"), await known(server, "192.168.1.8")], [
        false,
        true,
      ]);
      assert.deepEqual(renewals, [server.standing()]);
      assert.deepEqual(server.standing().hosts, ["192.168.1.8"]);
    }),
});

Deno.test({
  name: "[LN5] Files that do not fit together yet change nothing, and are told",
  ignore,
  fn: () =>
    whileServing(async ({ server, clock, lines, renewals, settings }) => {
      await Deno.writeTextFile(settings.TLS_KEY, other.key);
      clock.advance(LOOK_EVERY_MS);
      assert.match(lines.join("\n"), /warn .*certificate.*TLS_KEY/);
      assert.equal(await known(server, "192.168.1.7"), true);
      assert.deepEqual(renewals, []);
    }),
});

Deno.test({
  name: "[LN6] The plain port hands out the authority and leads to https",
  ignore,
  fn: () =>
    whileServing(async ({ server }) => {
      const { port, httpPort } = server.standing();
      const plain = `http://127.0.0.1:${httpPort}`;
      assert.equal(await (await fetch(`${plain}/ca.crt`)).text(), authority.certificate);
      const response = await fetch(`${plain}/r/x`, { redirect: "manual" });
      await response.body?.cancel();
      assert.equal(response.headers.get("location"), `https://192.168.1.7:${port}/r/x`);
    }),
});

Deno.test({
  name: "[LN9][SV7] A taken plain port is told by its setting, and nothing is left open",
  ignore,
  fn: () =>
    whileServing((scene) => {
      const { httpPort } = scene.server.standing();
      const again = () =>
        serve(
          { fetch: () => new Response() },
          noting({ ...scene.settings, HTTP_PORT: String(httpPort) }).services,
        );
      assert.throws(again, (error) => {
        assert.ok(error instanceof ListenError);
        assert.ok(error.message.startsWith(`Port ${httpPort} is taken: set HTTP_PORT`));
        return true;
      });
      return Promise.resolve();
    }),
});
