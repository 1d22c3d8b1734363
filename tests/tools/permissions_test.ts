import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { TlsSettings } from "../../lib/config.ts";
import { serverPermissions } from "../../tools/permissions.ts";
import { lacks } from "../support/permissions.ts";
import { inTemporaryFolder } from "../support/temporary.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What a process with the server's permissions is told about each of `descriptors`. */
async function ask(
  dataDir: string,
  descriptors: Deno.PermissionDescriptor[],
  tls: TlsSettings | null = null,
): Promise<string[]> {
  const code = `console.log(JSON.stringify(${JSON.stringify(descriptors)}
    .map((each) => Deno.permissions.querySync(each).state)))`;
  return await inTemporaryFolder(async (folder) => {
    const file = `${folder}/ask.js`;
    await Deno.writeTextFile(file, code);
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", ...serverPermissions(ROOT, dataDir, tls), "--no-config", file],
    }).output();
    return JSON.parse(new TextDecoder().decode(stdout));
  });
}

Deno.test({
  name: "[SE14] The server may do what it must, and nothing else",
  ignore: lacks("run", "read", "write"),
  async fn() {
    const data = `${ROOT}kept`;
    const granted: Deno.PermissionDescriptor[] = [
      { name: "net" },
      { name: "env", variable: "PORT" },
      { name: "read", path: `${ROOT}main.ts` },
      { name: "read", path: `${data}/signing-key` },
      { name: "write", path: `${data}/signing-key` },
    ];
    const refused: Deno.PermissionDescriptor[] = [
      { name: "run" },
      { name: "ffi" },
      { name: "sys" },
      { name: "import" },
      { name: "env", variable: "HOME" },
      { name: "env", variable: "PATH" },
      { name: "read", path: `${ROOT}../elsewhere` },
      { name: "write", path: `${ROOT}main.ts` },
      { name: "write", path: `${ROOT}.env` },
    ];
    const answers = await ask("kept", [...granted, ...refused]);
    assert.deepEqual(
      answers.map((answer) => answer === "granted"),
      [...granted.map(() => true), ...refused.map(() => false)],
      answers.join(),
    );
  },
});

Deno.test({
  name: "[SE14][LN3] It reads its certificate, wherever that is, and never the key that signs them",
  ignore: lacks("run", "read", "write"),
  async fn() {
    const tls = { cert: "/etc/mine.crt", key: "/etc/mine.key", authority: null, httpPort: null };
    const answers = await ask("kept", [
      { name: "read", path: "/etc/mine.crt" },
      { name: "read", path: "/etc/mine.key" },
      { name: "read", path: `${ROOT}kept/lan/server.key` },
      { name: "write", path: "/etc/mine.key" },
      { name: "read", path: `${ROOT}kept/lan/authority.key` },
      { name: "write", path: `${ROOT}kept/lan/authority.key` },
    ], tls);
    assert.deepEqual(
      answers.map((answer) => answer === "granted"),
      [true, true, true, false, false, false],
    );
  },
});
