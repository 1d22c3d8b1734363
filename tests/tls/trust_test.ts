/** Whom a client believes that trusts nobody but our authority: OpenSSL's rules and rustls's. */
import assert from "node:assert/strict";
import { issue, makeAuthority, type Pair } from "../../lib/tls/authority.ts";
import { lacks } from "../support/permissions.ts";
import { inTemporaryFolder } from "../support/temporary.ts";
import { trusts } from "../support/trusting.ts";

const GOOD = ["192.168.1.7", "10.20.30.40", "172.31.0.9", "169.254.3.4", "fd12::7", "attic.local"];
const BAD = ["calls.example.org", "203.0.113.7", "2001:db8::7", "172.32.0.1", "local.example.org"];
const isAddress = (host: string) => /^[\d.]+$|:/.test(host);

async function hasOpenssl(): Promise<boolean> {
  if (lacks("run")) return false;
  try {
    return (await new Deno.Command("openssl", { args: ["version"] }).output()).success;
  } catch {
    return false;
  }
}

Deno.test({
  name: "[LN2] OpenSSL accepts each address and name, and nothing public by the same authority",
  ignore: lacks("read", "write", "run") || !await hasOpenssl(),
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const authority = await makeAuthority("attic", Date.now());
      await Deno.writeTextFile(`${folder}/ca.crt`, authority.certificate);
      const verify = async (pair: Pair, host: string) => {
        await Deno.writeTextFile(`${folder}/server.crt`, pair.certificate);
        const { success, stdout, stderr } = await new Deno.Command("openssl", {
          args: ["verify", "-x509_strict", "-purpose", "sslserver", "-no-CApath", "-no-CAstore"]
            .concat("-CAfile", `${folder}/ca.crt`)
            .concat(isAddress(host) ? "-verify_ip" : "-verify_hostname", host)
            .concat(`${folder}/server.crt`),
        }).output();
        return {
          success,
          said: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr),
        };
      };
      const good = await issue(authority, GOOD, Date.now());
      for (const host of GOOD) {
        const { success, said } = await verify(good, host);
        assert.ok(success, `${host}: ${said}`);
      }
      assert.equal((await verify(good, "192.168.1.8")).success, false, "another address");
      for (const host of BAD) {
        const { success, said } = await verify(await issue(authority, [host], Date.now()), host);
        assert.equal(success, false, host);
        assert.match(said, /permitted subtree violation/, host);
      }
    }),
});

Deno.test({
  name: "[LN2] So does Deno, over a connection",
  ignore: lacks("net"),
  async fn() {
    const authority = await makeAuthority("attic", Date.now());
    const connect = async (hosts: readonly string[], hostname: string) => {
      const { certificate: cert, key } = await issue(authority, hosts, Date.now());
      using listener = Deno.listenTls({ hostname: "127.0.0.1", port: 0, cert, key });
      const served = listener.accept().then((connection) => connection.handshake()).catch(() => {});
      const { port } = listener.addr as Deno.NetAddr;
      const trusted = await trusts(authority.certificate, port, hostname);
      await served;
      return trusted;
    };
    for (const host of ["192.168.1.7", "attic.local"]) {
      assert.equal(await connect(GOOD, host), true, host);
    }
    for (const host of ["calls.example.org", "203.0.113.7"]) {
      assert.equal(await connect([host], host), false, host);
    }
  },
});

Deno.test("[LN2] An authority has a name of its own, to be found and removed by", async () => {
  const [one, other] = await Promise.all([makeAuthority("attic", 0), makeAuthority("attic", 0)]);
  const { X509Certificate } = await import("node:crypto");
  const nameOf = ({ certificate }: Pair) => new X509Certificate(certificate).subject;
  assert.match(nameOf(one), /CN=Tertulia on attic \([0-9a-f]{4}\)/);
  assert.notEqual(one.key, other.key);
});
